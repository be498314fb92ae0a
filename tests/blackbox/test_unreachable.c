/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A service that gives no answer, or not to all requests, and plain
 * http, which must not leave this machine.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

#define ONE_MESSAGE "-m +33639980001:1"
#define SOUND       "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered") "]}"

/* Nothing that could be called an answer, so the state is the user's choice. */
START_TEST(no_answer)
{
    static const struct canned_rule rules[] = {
        {.kind = CANNED_CLOSE},
        {.bytes = "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"},
        {.bytes = "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"},
    };
    static const char *const states[] = {"",  "ok", "warning", "critical", "unknown",
                                         "0", "1",  "2",       "3"};
    static const int exits[] = {CRITICAL, OK, WARNING, CRITICAL, UNKNOWN, 0, 1, 2, 3};
    const char *state = states[_i % ROWS(states)];
    const struct result *result;

    canned_start(&rules[_i / ROWS(states)], 1);
    result = ask(format(ONE_MESSAGE " %s %s", state[0] == '\0' ? "" : "--unreachable", state));
    expect_exit(result, exits[_i % ROWS(states)]);
    expect_metrics(result, "messages=1 unknown=1 delivered_ratio=U");
}
END_TEST

struct closed_row {
    const char *options;
    int exit_code;
};

static const struct closed_row closed[] = {
    {"", CRITICAL},
    {"--unreachable ok", OK},
    {"--unreachable=unknown", UNKNOWN},
    {"--unreachable warning", WARNING},
    {"--unreachable 0 --no-data critical", OK},
    {"--unreachable critical --unreachable ok", OK},
    {"-o json", CRITICAL},
};

/* Nobody listens on port 1. */
START_TEST(closed_port)
{
    const struct closed_row *row = &closed[_i];
    const struct result *result;

    result = run(
        format("-k {key} -u http://127.0.0.1:1/v1/multi-status " ONE_MESSAGE " %s", row->options));
    expect_exit(result, row->exit_code);
    expect_text(result, "127.0.0.1");
    expect_metrics(result, "messages=1 unknown=1 requests=1..9");
}
END_TEST

START_TEST(unknown_host)
{
    const struct result *result;

    result = run("-k {key} -t 9 -u https://nowhere.invalid/v1/multi-status " ONE_MESSAGE);
    expect_exit(result, CRITICAL);
    expect_text(result, "nowhere.invalid");
}
END_TEST

START_TEST(no_tls_at_the_other_end)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_GREETING, .bytes = "220 not TLS here\r\n"},
                 1);
    result = run(format("-k {key} --unreachable warning -u https%s " ONE_MESSAGE,
                        server_url() + strlen("http")));
    expect_exit(result, WARNING);
    expect_metrics(result, "unknown=1");
}
END_TEST

START_TEST(ip_versions)
{
    canned_json(SOUND);
    expect_exit(ask(ONE_MESSAGE " -4"), OK);
    expect_exit(ask(ONE_MESSAGE " -6"), CRITICAL);
}
END_TEST

/* 1203 messages; the request with message 501 fails in one way or another. */
struct part_row {
    const char *name;
    struct canned_rule rule;
    const char *options;
    int exit_code;
};

#define RAW(text)                                                                                  \
    {                                                                                              \
        .when = "639980501", .bytes = text                                                         \
    }

static const struct part_row parts[] = {
    {"unreachable", RAW("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"), "", CRITICAL},
    {"unreachable is a warning", RAW("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"),
     "--unreachable warning", WARNING},
    {"unreachable is fine", RAW("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"),
     "--unreachable ok", OK},
    {"no JSON", RAW("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<p/>"), "--unreachable ok",
     UNKNOWN},
    {"an error of the service",
     RAW("HTTP/1.1 200 OK\r\nContent-Length: 45\r\n\r\n"
         "{\"success\":false,\"code\":10,\"message\":\"cle 1\"}"),
     "", UNKNOWN},
    {"a blocked account",
     RAW("HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n"
         "{\"success\":false,\"code\":30,\"message\":\"bloque\"}"),
     "", CRITICAL},
    {"too late", {.kind = CANNED_SILENCE, .when = "639980501"}, "-t 1:warning", WARNING},
    {"too late is fine", {.kind = CANNED_SILENCE, .when = "639980501"}, "-t 2:ok", OK},
};

START_TEST(some_requests_fail_the_others_count)
{
    const struct part_row *row = &parts[_i];
    const struct canned_rule rules[] = {row->rule, {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, 1203, ""));
    result = ask(format("-b batch %s", row->options));
    ck_assert_msg(result->exit_code == row->exit_code, "%s\n%s", row->name, shown(result));
    expect_metrics(result, "messages=1203 delivered=703 unknown=500 delivered_ratio=100");
    expect_first(result, "100.00% delivered (703 of 703)");
    expect_first(result, "500 unknown");
}
END_TEST

START_TEST(failed_requests_are_reasoned_in_json)
{
    const struct canned_rule rules[] = {parts[3].rule, {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, 1203, ""));
    result = ask("-b batch -o json -l 3");
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "delivered=703 unknown=500");
    ck_assert_uint_ge(json_length(result->object, "errors"), 1);
    ck_assert_uint_eq(json_length(result->object, "problems"), 3);
}
END_TEST

struct address_row {
    const char *url;
    bool refused;
};

static const struct address_row addresses[] = {
    {"http://192.0.2.1/v1/multi-status", true},
    {"http://127.0.0.1.example.invalid:1/x", true},
    {"http://localhost.example.invalid:1/x", true},
    {"http://127.0.0.1@192.0.2.1/x", true},
    {"http://localhost:1@192.0.2.1:1/x", true},
    {"http://192.0.2.1:1/127.0.0.1", true},
    {"http://192.0.2.1:1#@127.0.0.1/", true},
    {"http://[2001:db8::1]:1/x", true},
    {"HTTP://192.0.2.1:1/x", true},
    {"http://128.0.0.1:1/x", true},
    {"http://0x7f.example.invalid/x", true},
    {"http://127.0.0.1:1/x", false},
    {"http://127.1.2.3:1/x", false},
    {"http://localhost:1/x", false},
    {"http://LOCALHOST:1/x", false},
    {"http://[::1]:1/x", false},
};

START_TEST(plain_http_stays_on_this_machine)
{
    const struct address_row *row = &addresses[_i];
    const struct result *result;

    result = run(format("-k {key} -t 5 -u '%s' " ONE_MESSAGE, row->url));
    expect_exit(result, row->refused ? UNKNOWN : CRITICAL);
    if (row->refused) {
        expect(result, contains(row->url, "@") || contains(result->out, "--allow-http"));
        expect_within(result, 4);
    } else {
        expect_no_text(result, "--allow-http");
        expect_metrics(result, "unknown=1 requests=1..9");
    }
}
END_TEST

START_TEST(plain_http_may_be_allowed)
{
    const struct result *result;

    result = run("-k {key} -t 1 --allow-http -u http://192.0.2.1:9/x " ONE_MESSAGE);
    expect_exit(result, CRITICAL);
    expect_no_text(result, "--allow-http");
    canned_json(SOUND);
    expect_exit(ask("--allow-http " ONE_MESSAGE), OK);
}
END_TEST

Suite *unreachable_suite(void)
{
    Suite *suite = suite_create("unreachable");
    TCase *tcase = harness_case(suite, "unreachable");

    tcase_add_loop_test(tcase, no_answer, 0, 3 * 9);
    tcase_add_loop_test(tcase, closed_port, 0, ROWS(closed));
    tcase_add_test(tcase, unknown_host);
    tcase_add_test(tcase, no_tls_at_the_other_end);
    tcase_add_test(tcase, ip_versions);
    tcase_add_loop_test(tcase, some_requests_fail_the_others_count, 0, ROWS(parts));
    tcase_add_test(tcase, failed_requests_are_reasoned_in_json);
    tcase_add_loop_test(tcase, plain_http_stays_on_this_machine, 0, ROWS(addresses));
    tcase_add_test(tcase, plain_http_may_be_allowed);
    return suite;
}
