/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of failures row by row, each provoked by a fault of the simulator: state, reason
 * and number of tries, as text without retries and as JSON with the usual two.
 */
#include "harness.h"
#include "suites.h"

#include <string.h>

#define TWO_MESSAGES "-m +33639980001:1 -m +33639980002:2"

static const char scenario[] = "+33639980001,1,Delivered,1517934416,0,0\n"
                               "+33639980002,2,Delivered,1517934416,0,0\n";

enum { ONCE = 1, ALL_TRIES = 3 };

struct fault_row {
    const char *simulator;
    int exit_code;
    int requests; /* with the usual retries */
    const char *words;
};

#define CLOSED   CRITICAL, ALL_TRIES, "closed the connection"
#define CUT      UNKNOWN, ALL_TRIES
#define UNUSABLE UNKNOWN, ONCE
#define SOUND    OK, ONCE, "100.00% delivered (2 of 2)"

static const struct fault_row faults[] = {
    {"--fault drop", CLOSED},
    {"--fault reset", CLOSED},
    {"--fault partial-status", CLOSED},
    {"--fault html", UNUSABLE, "HTML"},
    {"--fault status=200", UNUSABLE, "HTML"},
    {"--fault status=404,html", UNUSABLE, "HTTP 404"},
    {"--fault status=204", CUT, "empty"},
    {"--fault status=400", UNUSABLE, "HTTP 400"},
    {"--fault status=401", UNUSABLE, "HTTP 401"},
    {"--fault status=403", UNUSABLE, "HTTP 403"},
    {"--fault status=404", UNUSABLE, "HTTP 404"},
    {"--fault status=413", UNUSABLE, "HTTP 413"},
    {"--fault status=408", CRITICAL, ALL_TRIES, "HTTP 408"},
    {"--fault status=429", CRITICAL, ALL_TRIES, "HTTP 429"},
    {"--fault status=500,html", CRITICAL, ALL_TRIES, "HTTP 500"},
    {"--fault status=501", CRITICAL, ONCE, "HTTP 501"},
    {"--fault status=502", CRITICAL, ALL_TRIES, "HTTP 502"},
    {"--fault status=503", CRITICAL, ALL_TRIES, "HTTP 503"},
    {"--fault status=504", CRITICAL, ALL_TRIES, "HTTP 504"},
    {"--fault status=505", CRITICAL, ONCE, "HTTP 505"},
    {"--fault 429=60", CRITICAL, ONCE, "HTTP 429"},
    {"--fault 429-date=60", CRITICAL, ONCE, "HTTP 429"},
    {"--fault 503=60", CRITICAL, ONCE, "HTTP 503"},
    {"--fault status-json=400", SOUND},
    {"--fault status-json=401", SOUND},
    {"--fault status-json=403", SOUND},
    {"--fault status-json=404", SOUND},
    {"--fault status-json=500", SOUND},
    {"--fault status-json=502", SOUND},
    {"--fault status-json=503", SOUND},
    {"--fault status-json=504", SOUND},
    {"--fault status-json=408", CRITICAL, ALL_TRIES, "HTTP 408"},
    {"--fault status-json=429", CRITICAL, ALL_TRIES, "HTTP 429"},
    {"--fault status=404,empty", UNUSABLE, "HTTP 404"},
    {"--fault empty", CUT, "empty"},
    {"--fault cut=250", CUT, "in the middle"},
    {"--fault gzip,cut=60", CUT, "in the middle"},
    {"--fault long-length", CUT, "in the middle"},
    {"--fault cut-json=250", CUT, "cut off"},
    {"--fault trailing", UNUSABLE, "not JSON"},
    {"--fault nested=60000", UNUSABLE, "no usable answer"},
    {"--fault bad-utf8", SOUND},
    {"--fault garbage", UNUSABLE, "no usable answer"},
    {"--fault not-http", UNUSABLE, "HTTP/0.9"},
    {"--fault huge=8388608", SOUND},
    {"--fault huge=8388609", UNUSABLE, "8 MiB"},
    {"--fault gzip", SOUND},
    {"--fault gzip-bomb=4000000000", UNUSABLE, "8 MiB"},
    {"--fault endless", UNUSABLE, "8 MiB"},
    {"--fault drip=20/1", SOUND},
    {"--fault gzip,drip=7/1", SOUND},
    {"--fault latency=150", SOUND},
};

static void expect_outcome(const struct result *result, const struct fault_row *row)
{
    expect_exit(result, row->exit_code);
    expect_metrics(result, row->exit_code == OK ? "messages=2 delivered=2 unknown=0 requests=1"
                                                : "messages=2 delivered=0 unknown=2 invalid=0 "
                                                  "duplicates=0 delivered_ratio=U");
}

START_TEST(as_text_without_retries)
{
    const struct fault_row *row = &faults[_i];
    const struct result *result;

    simulator_start(scenario, row->simulator);
    result = ask(TWO_MESSAGES " -t 8:ok --retries 0 --no-data ok");
    expect_outcome(result, row);
    expect_first(result, row->words);
    expect_metrics(result, "requests=1");
    expect_no_markup(result);
}
END_TEST

START_TEST(as_json_with_retries)
{
    const struct fault_row *row = &faults[_i];
    const struct result *result;

    simulator_start(scenario, row->simulator);
    result = ask("-o json -t 8:ok --no-data ok " TWO_MESSAGES);
    expect_outcome(result, row);
    expect_metrics(result, format("requests=%d", row->requests));
    expect(result, contains(json_text(result->object, "summary"), row->words));
    ck_assert_uint_eq(json_length(result->object, "errors"), row->exit_code == OK ? 0 : 1);
}
END_TEST

/* All that is --unreachable takes its state, and nothing else does. */
START_TEST(with_another_state_for_unreachable)
{
    const struct fault_row *row = &faults[_i];
    int exit_code = row->exit_code == CRITICAL ? OK : row->exit_code;

    simulator_start(scenario, row->simulator);
    expect_exit(ask(TWO_MESSAGES " -t 8 --retries 0 --unreachable ok"), exit_code);
}
END_TEST

START_TEST(refused)
{
    static const char *const options[] = {"--retries 0", "", "-o json --retries 0", "-o json"};
    const struct result *result;

    result = ask(format(TWO_MESSAGES " %s", options[_i]));
    expect_exit(result, CRITICAL);
    expect_text(result, "cannot connect to 127.0.0.1");
    expect_text(result, "refused");
    expect_metrics(result, _i % 2 == 0 ? "unknown=2 requests=1" : "unknown=2 requests=3");
}
END_TEST

/* A second simulator is the place pointed to; both write one log. */
START_TEST(redirects_reach_nobody)
{
    json requests[8];
    const struct result *result;
    const char *elsewhere;

    simulator_start(scenario, NULL);
    elsewhere = server_url();
    simulator_start(scenario, format("--fault redirect=%s", elsewhere));
    result = ask(format(TWO_MESSAGES " -vvv %s", _i == 0 ? "" : "-o json"));
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "unknown=2 requests=1");
    expect_text(result, "HTTP 302");
    expect_text(result, "not followed");
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)), 1);
    ck_assert_int_eq((int)json_number(requests[0], "http"), 302);
}
END_TEST

START_TEST(redirects_say_where_they_point)
{
    const struct result *result;

    simulator_start(scenario, "--fault redirect=https://elsewhere.example/x");
    result = ask(format(TWO_MESSAGES " %s", _i == 0 ? "" : "-o json"));
    expect_exit(result, UNKNOWN);
    expect_text(result, "https://elsewhere.example/x");
}
END_TEST

START_TEST(hangs_end_at_the_deadline)
{
    static const int exits[] = {WARNING, UNKNOWN};
    static const char *const options[] = {"-t 1:warning --retries 0", "-t 1:unknown -o json"};
    const struct result *result;

    simulator_start(scenario, "--fault hang");
    result = ask(format(TWO_MESSAGES " %s", options[_i]));
    expect_exit(result, exits[_i]);
    expect_text(result, "0 of 2");
    expect_metrics(result, "unknown=2 requests=1 time=0.9..2");
}
END_TEST

struct error_row {
    const char *error;
    int exit_code;
    const char *words;
};

static const struct error_row errors[] = {
    {"--error 10", UNKNOWN, "API code 10"},
    {"--error 20", CRITICAL, "API code 20"},
    {"--error 55:Inconnu", UNKNOWN, "Inconnu"},
};

static const char *const shapes[] = {"message", "errors", "error", "nested"};
static const int statuses[] = {200, 400, 403};

/* An answer of the API is an answer under every status: never tried again. */
START_TEST(error_shapes)
{
    const struct error_row *row = &errors[_i % ROWS(errors)];
    const char *shape = shapes[_i / ROWS(errors) % ROWS(shapes)];
    int status = statuses[_i / ROWS(errors) / ROWS(shapes)];
    const struct result *result;

    simulator_start(scenario,
                    format("%s --error-shape %s --error-status %d", row->error, shape, status));
    result = ask(TWO_MESSAGES " --unreachable ok --no-data ok");
    expect_exit(result, row->exit_code);
    expect_first(result, row->words);
    expect_metrics(result, "unknown=2 requests=1");
    result = ask(TWO_MESSAGES " -o json");
    expect_exit(result, row->exit_code);
    expect_text(result, row->words);
    expect_metrics(result, "unknown=2 requests=1");
}
END_TEST

Suite *faults_suite(void)
{
    Suite *suite = suite_create("faults");
    TCase *tcase = harness_case(suite, "faults");

    tcase_add_loop_test(tcase, as_text_without_retries, 0, ROWS(faults));
    tcase_add_loop_test(tcase, as_json_with_retries, 0, ROWS(faults));
    tcase_add_loop_test(tcase, with_another_state_for_unreachable, 0, ROWS(faults));
    tcase_add_loop_test(tcase, refused, 0, 4);
    tcase_add_loop_test(tcase, redirects_reach_nobody, 0, 2);
    tcase_add_loop_test(tcase, redirects_say_where_they_point, 0, 2);
    tcase_add_loop_test(tcase, hangs_end_at_the_deadline, 0, 2);
    tcase_add_loop_test(tcase, error_shapes, 0, ROWS(errors) * ROWS(shapes) * ROWS(statuses));
    return suite;
}
