/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs all black-box suites. CK_RUN_SUITE and CK_RUN_CASE choose a part; PLUGIN, SIMULATOR, srcdir
 * and PLUGIN_WRAPPER say what is tested (see harness.h).
 */
#include "suites.h"

#include <check.h>
#include <stdlib.h>

#include "harness.h"

int main(void)
{
    SRunner *runner = srunner_create(harness_suite());
    int failed;

    harness_open();
    srunner_add_suite(runner, outcomes_suite());
    srunner_add_suite(runner, latency_suite());
    srunner_add_suite(runner, slices_suite());
    srunner_add_suite(runner, batch_suite());
    srunner_add_suite(runner, batch_errors_suite());
    srunner_add_suite(runner, thresholds_suite());
    srunner_add_suite(runner, report_suite());
    srunner_add_suite(runner, hostile_suite());
    srunner_add_suite(runner, failure_suite());
    srunner_add_suite(runner, unreachable_suite());
    srunner_add_suite(runner, endings_suite());
    srunner_add_suite(runner, key_suite());
    srunner_add_suite(runner, options_suite());
    srunner_add_suite(runner, faults_suite());
    srunner_add_suite(runner, retries_suite());
    srunner_add_suite(runner, wall_clock_suite());
    srunner_add_suite(runner, xml_suite());
    srunner_add_suite(runner, tls_suite());
    srunner_add_suite(runner, extra_opts_suite());
    srunner_add_suite(runner, proxy_suite());
    srunner_add_suite(runner, terminal_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    store_close();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
