/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs all black-box suites, BLACKBOX_JOBS of them side by side. CK_RUN_SUITE and CK_RUN_CASE
 * choose a part; PLUGIN, SIMULATOR and srcdir say what is tested, PLUGIN_WRAPPER by way of which
 * command, PLUGIN_WRAPPER_EVERY how manieth run takes that way. With BLACKBOX_COMPLETE set a test
 * whose tools are missing fails.
 */
#include "suites.h"

#include <check.h>
#include <stdlib.h>

#include "harness.h"
#include "side_by_side.h"

enum { JOBS_USUAL = 8, JOBS_MAX = 64 };

/* Those that take long come first. */
static suite_maker *const suites[] = {
    endings_suite,    unreachable_suite,  failure_suite,  retries_suite,  wall_clock_suite,
    partial_suite,    faults_suite,       http2_suite,    key_suite,      hostile_suite,
    tls_suite,        xml_suite,          outcomes_suite, batch_suite,    options_suite,
    thresholds_suite, batch_errors_suite, report_suite,   latency_suite,  extra_opts_suite,
    proxy_suite,      slices_suite,       harness_suite,  terminal_suite,
};

/* One process when a part is chosen: Check names the suites it leaves out. */
static size_t jobs_wanted(void)
{
    const char *given = getenv("BLACKBOX_JOBS");
    long jobs = given != NULL ? strtol(given, NULL, 10) : JOBS_USUAL;

    return getenv("CK_RUN_SUITE") != NULL || jobs < 1 ? 1
           : jobs > JOBS_MAX                          ? JOBS_MAX
                                                      : (size_t)jobs;
}

static size_t run_one_by_one(void)
{
    SRunner *runner = srunner_create(suites[0]());
    int failed;

    for (size_t i = 1; i < sizeof suites / sizeof suites[0]; i++) {
        srunner_add_suite(runner, suites[i]());
    }
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return (size_t)failed;
}

int main(void)
{
    size_t jobs = jobs_wanted();
    size_t failed;

    harness_open();
    failed = jobs == 1 ? run_one_by_one()
                       : run_side_by_side(suites, sizeof suites / sizeof suites[0], jobs);
    store_close();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
