/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The suites, one per file of lib/, and the further cases of those that fill more than one file.
 * What needs a server (client.c, most of transport.c) is tested from outside, in tests/blackbox.
 */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

Suite *answer_suite(void);
Suite *api_error_suite(void);
Suite *batch_suite(void);
Suite *buf_suite(void);
Suite *ca_directory_suite(void);
Suite *clock_suite(void);
Suite *datetime_suite(void);
Suite *detail_suite(void);
Suite *error_suite(void);
Suite *extra_opts_suite(void); /* only with inih */
Suite *failure_suite(void);
Suite *judge_suite(void);
Suite *key_suite(void);
Suite *message_suite(void);
Suite *metric_suite(void);
Suite *number_suite(void);
Suite *outcome_suite(void);
Suite *perfdata_suite(void);
Suite *phone_suite(void);
Suite *range_suite(void);
Suite *rate_suite(void);
Suite *reader_suite(void);
Suite *record_suite(void);
Suite *reply_suite(void);
Suite *report_json_suite(void);
Suite *report_text_suite(void);
Suite *request_suite(void);
Suite *state_suite(void);
Suite *tally_suite(void);
Suite *text_suite(void);
Suite *threshold_suite(void);
Suite *trace_suite(void);
Suite *transport_suite(void);
Suite *wipe_suite(void);

void batch_add_delimited_cases(Suite *suite);
void batch_add_delimited_limits(Suite *suite);
void batch_add_json_cases(Suite *suite);
void judge_add_failure_cases(Suite *suite);
void reader_add_limits(Suite *suite);
void reply_add_entry_cases(Suite *suite);
void reply_add_failure_cases(Suite *suite);
void reply_add_xml_cases(Suite *suite);
void report_text_add_failure_cases(Suite *suite);
void text_add_secret_cases(Suite *suite);

#endif
