/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The suites of the black-box runner, one per file test_<area>.c.
 */
#ifndef BLACKBOX_SUITES_H
#define BLACKBOX_SUITES_H

#include <check.h>

Suite *harness_suite(void);
Suite *outcomes_suite(void);
Suite *latency_suite(void);
Suite *slices_suite(void);
Suite *batch_suite(void);
Suite *batch_errors_suite(void);
Suite *thresholds_suite(void);
Suite *report_suite(void);
Suite *hostile_suite(void);
Suite *failure_suite(void);
Suite *unreachable_suite(void);
Suite *endings_suite(void);
Suite *key_suite(void);
Suite *options_suite(void);
Suite *faults_suite(void);
Suite *retries_suite(void);
Suite *partial_suite(void);
Suite *wall_clock_suite(void);
Suite *xml_suite(void);
Suite *tls_suite(void);
Suite *http2_suite(void);
Suite *extra_opts_suite(void);
Suite *proxy_suite(void);
Suite *terminal_suite(void);

#endif
