/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of -vv and -vvv: one line each, without the key, numbers masked, within their ceiling.
 */
#include "suites.h"
#include "support.h"
#include "trace.h"

#include <string.h>

static const struct text_rules RULES = {.secret = "0123456789abcdef", .mask_numbers = true};

START_TEST(each_line_ends_with_lf)
{
    struct trace trace;
    trace_init(&trace, 2, &RULES);
    ck_assert_int_eq(trace.verbosity, 2);
    ck_assert_uint_eq(trace.lines.length, 0);
    trace_line(&trace, "request 1: answered");
    trace_foreign(&trace, "< ", "HTTP/1.1 200 OK\r\n", 17);
    ck_assert_str_eq(trace.lines.data, "request 1: answered\n< HTTP/1.1 200 OK??\n");
    trace_release(&trace);
}
END_TEST

START_TEST(key_and_numbers_stay_hidden)
{
    static const char body[] = "{\"apiKey\":\"0123456789abcdef\",\"phoneNumber\":\"+33612345678\"}";
    struct trace trace;
    trace_init(&trace, 3, &RULES);
    trace_foreign(&trace, "> ", body, strlen(body));
    ck_assert_msg(!contains(trace.lines.data, "abcdef"), "the key shows: %s", trace.lines.data);
    ck_assert_msg(contains(trace.lines.data, "+336*****678"), "expected a masked number: %s",
                  trace.lines.data);
    trace_release(&trace);
}
END_TEST

START_TEST(foreign_text_is_cut)
{
    char text[5000];
    struct trace trace;
    memset(text, 'x', sizeof text);
    trace_init(&trace, 3, &RULES);
    trace_foreign(&trace, "> ", text, sizeof text);
    ck_assert_uint_eq(trace.lines.length, strlen("> ") + TEXT_MAX_CHARACTERS + 1);
    trace_release(&trace);
}
END_TEST

START_TEST(a_flood_of_lines_ends_in_a_failure)
{
    char line[1001];
    struct trace trace;
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    trace_init(&trace, 3, &RULES);
    for (int i = 0; i < 20000 && !buf_failed(&trace.lines); i++)
        trace_line(&trace, line);
    ck_assert(buf_failed(&trace.lines));
    ck_assert_msg(trace.lines.data[trace.lines.length - 1] == '\n', "the last line is not whole");
    trace_release(&trace);
}
END_TEST

Suite *trace_suite(void)
{
    Suite *suite = suite_create("trace");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, each_line_ends_with_lf);
    tcase_add_test(core, key_and_numbers_stay_hidden);
    tcase_add_test(limits, foreign_text_is_cut);
    tcase_add_test(limits, a_flood_of_lines_ends_in_a_failure);
    return suite;
}
