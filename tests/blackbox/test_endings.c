/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a run ends otherwise: the deadline, signals, and a report that
 * can't be written.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <signal.h>

#define ONE_MESSAGE "-m +33639980001:1"
#define SOUND       "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered") "]}"

struct deadline_row {
    const char *options;
    int exit_code;
};

static const struct deadline_row deadlines[] = {
    {"-t 1", CRITICAL},
    {"-t 1:critical", CRITICAL},
    {"-t 1:ok", OK},
    {"-t 1:warning", WARNING},
    {"-t 1:unknown", UNKNOWN},
    {"-t 1:0", OK},
    {"--timeout=1:3", UNKNOWN},
    {"--timeout 1:1 --unreachable ok", WARNING},
    {"-t 1:ok --no-data critical", OK},
    {"-t 600 -t 1:ok", OK},
};

static const struct canned_rule slow_rules[] = {
    {.kind = CANNED_SILENCE},
    {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"},
    {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{                                "
              "                                                                              ",
     .drip_ms = 100},
};

START_TEST(deadline)
{
    const struct deadline_row *row = &deadlines[_i % ROWS(deadlines)];
    const struct result *result;

    canned_start(&slow_rules[_i / ROWS(deadlines)], 1);
    result = ask(format("-m +33639980001:1 -m +33639980002:2 %s", row->options));
    expect_exit(result, row->exit_code);
    expect_within(result, 8);
    expect_text(result, "0 of 2");
    expect_metrics(result, "messages=2 unknown=2 delivered_ratio=U");
}
END_TEST

START_TEST(deadline_in_json)
{
    const struct result *result;

    canned_start(slow_rules, 1);
    result = ask(ONE_MESSAGE " -t 1 -o json");
    expect_exit(result, CRITICAL);
    expect_text(result, "0 of 1");
}
END_TEST

START_TEST(deadline_with_the_slow_simulator)
{
    const struct result *result;

    simulator_start(NULL, "--delay-ms 6000");
    result = ask(ONE_MESSAGE " -t 1:warning");
    expect_exit(result, WARNING);
    expect_within(result, 5.5);
}
END_TEST

START_TEST(deadline_while_reading)
{
    static const char *const beginnings[] = {"", "+33639980001,1\n", "[{\"phone\":", "{\"ph"};
    const struct how how = {.input = INPUT_ENDLESS, .text = beginnings[_i / 2]};
    const struct result *result;

    canned_deliver();
    result = ask_how(_i % 2 == 0 ? "-b - -t 1" : "-b - -t 1:ok", &how);
    expect_exit(result, _i % 2 == 0 ? CRITICAL : OK);
    expect_within(result, 8);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
static int chosen_signal;

static bool signal_when_asked(pid_t pid)
{
    if (!canned_was_asked()) {
        return false;
    }
    kill(pid, chosen_signal);
    return true;
}

START_TEST(a_signal_ends_the_run_with_a_report)
{
    const struct how how = {.watch = signal_when_asked};
    const struct result *result;

    chosen_signal = signals[_i / 2];
    canned_start(slow_rules, 1);
    result = ask_how(format("-m +33639980001:1 -m +33639980002:2 -t 15:ok --unreachable ok %s",
                            _i % 2 == 0 ? "" : "-o json"),
                     &how);
    expect(result, result->exit_code == UNKNOWN || result->exit_code == CRITICAL);
    expect_within(result, 8);
    expect_text(result, "0 of 2");
}
END_TEST

START_TEST(a_report_that_cant_be_written)
{
    static const char *const options[] = {"", "-vvv", "-o json", "--help", "--version", "--bogus"};
    const struct how how = {.output = _i % 2 == 0 ? OUTPUT_FULL : OUTPUT_CLOSED};
    const struct result *result;

    canned_json(SOUND);
    result = ask_how(format(ONE_MESSAGE " %s", options[_i / 2]), &how);
    expect_exit(result, UNKNOWN);
}
END_TEST

Suite *endings_suite(void)
{
    Suite *suite = suite_create("endings");
    TCase *tcase = harness_case(suite, "endings");

    tcase_add_loop_test(tcase, deadline, 0, ROWS(slow_rules) * ROWS(deadlines));
    tcase_add_test(tcase, deadline_in_json);
    tcase_add_test(tcase, deadline_with_the_slow_simulator);
    tcase_add_loop_test(tcase, deadline_while_reading, 0, 8);
    tcase_add_loop_test(tcase, a_signal_ends_the_run_with_a_report, 0, 2 * ROWS(signals));
    tcase_add_loop_test(tcase, a_report_that_cant_be_written, 0, 12);
    return suite;
}
