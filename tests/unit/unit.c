/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs the unit tests. CK_RUN_SUITE and CK_RUN_CASE choose some, CK_INCLUDE_TAGS and
 * CK_EXCLUDE_TAGS know the tag "slow", CK_FORK=no is for sanitizers and valgrind.
 */
#include "suites.h"

#include <stdlib.h>

static Suite *(*const SUITES[])(void) = {
    state_suite,        number_suite,      range_suite,     phone_suite,  datetime_suite,
    ca_directory_suite, text_suite,        buf_suite,       error_suite,  clock_suite,
    wipe_suite,         trace_suite,       reader_suite,    key_suite,    message_suite,
    record_suite,       batch_suite,       request_suite,   detail_suite, outcome_suite,
    api_error_suite,    failure_suite,     answer_suite,    rate_suite,   reply_suite,
    metric_suite,       tally_suite,       threshold_suite, judge_suite,  perfdata_suite,
    report_text_suite,  report_json_suite, transport_suite,
#ifdef HAVE_INIH
    extra_opts_suite,
#endif
};

int main(void)
{
    SRunner *runner = srunner_create(SUITES[0]());
    for (size_t i = 1; i < sizeof SUITES / sizeof SUITES[0]; i++)
        srunner_add_suite(runner, SUITES[i]());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
