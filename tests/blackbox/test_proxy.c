/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proxies: those of the environment are for https only, and a plain request, which carries the key
 * for all on its way to read, goes through a proxy only where it stays on this machine.
 */
#include "canned.h"
#include "harness.h"
#include "suites.h"

#include <string.h>

#define ONE_MESSAGE "-m +33639980001:1 --retries 0"
#define NOWHERE     "http://127.0.0.1:1/v1/multi-status"

/* The current server as a proxy: its URL without a path. */
static const char *proxy(void)
{
    return format("http://%.*s", (int)strcspn(server_url() + strlen("http://"), "/"),
                  server_url() + strlen("http://"));
}

static const char *const variables[] = {"http_proxy",  "HTTP_PROXY", "https_proxy",
                                        "HTTPS_PROXY", "all_proxy",  "ALL_PROXY"};

START_TEST(the_environment_is_ignored_for_http)
{
    struct how how = {.help = false};
    const struct result *result;

    canned_deliver();
    how.environment[0] = format("%s=%s", variables[_i], proxy());
    how.environment[1] = "no_proxy=elsewhere.example";
    result = run_how("-k {key} -u " NOWHERE " " ONE_MESSAGE, &how);
    expect_exit(result, CRITICAL);
    expect_text(result, "cannot connect to 127.0.0.1");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* A proxy in the environment that isn't there does no harm either. */
START_TEST(a_dead_proxy_is_ignored_for_http)
{
    struct how how = {.help = false};

    how.environment[0] = format("%s=http://127.0.0.1:1", variables[_i]);
    canned_deliver();
    expect_exit(ask_how(ONE_MESSAGE, &how), OK);
}
END_TEST

/* Only a tunnel is asked for; the key isn't shown before there is TLS inside. */
START_TEST(the_environment_holds_for_https)
{
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    struct how how = {.help = false};
    const struct result *result;
    struct canned_request request;

    canned_reply(403, "text/plain", "no");
    how.environment[0] = format("%s=%s", names[_i], proxy());
    result = run_how("-k {key} -u https://api.example.invalid/x -t 3 " ONE_MESSAGE, &how);
    expect_exit(result, CRITICAL);
    expect_text(result, "proxy");
    ck_assert_uint_eq(canned_count(), 1);
    request = canned_request(1);
    ck_assert_str_eq(request.method, "CONNECT");
    ck_assert_str_eq(request.target, "api.example.invalid:443");
    ck_assert(!contains(request.headers, simulator_key) && request.body_size == 0);
}
END_TEST

START_TEST(no_proxy_holds_for_https)
{
    struct how how = {.help = false};

    canned_reply(403, "text/plain", "no");
    how.environment[0] = format("https_proxy=%s", proxy());
    how.environment[1] = "no_proxy=example.invalid";
    expect_exit(run_how("-k {key} -u https://api.example.invalid/x -t 3 " ONE_MESSAGE, &how),
                CRITICAL);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(a_proxy_on_this_machine)
{
    static const char *const urls[] = {NOWHERE,
                                       "http://sms.example.invalid/v1/multi-status --allow-http"};
    const struct how how = {.environment = {"no_proxy=*", "NO_PROXY=*"}};
    const struct result *result;

    canned_deliver();
    result = run_how(format("-k {key} --proxy %s " ONE_MESSAGE " -u %s", proxy(), urls[_i]), &how);
    expect_exit(result, OK);
    expect_metrics(result, "delivered=1 requests=1");
    ck_assert_uint_eq(canned_count(), 1);
    ck_assert_str_eq(canned_request(1).method, "POST");
    ck_assert(contains(canned_request(1).target, "http://"));
    ck_assert(contains(canned_request(1).target, "/v1/multi-status?_format=json"));
}
END_TEST

START_TEST(a_proxy_without_a_scheme)
{
    canned_deliver();
    expect_exit(
        run(format("-k {key} --proxy %s " ONE_MESSAGE " -u " NOWHERE, proxy() + strlen("http://"))),
        OK);
    ck_assert_uint_eq(canned_count(), 1);
}
END_TEST

/* An answer of the proxy itself is the proxy's, not the API's. */
START_TEST(a_proxy_that_fails)
{
    static const int statuses[] = {502, 503, 504, 407, 403};
    static const int exits[] = {CRITICAL, CRITICAL, CRITICAL, UNKNOWN, UNKNOWN};
    const struct result *result;

    canned_reply(statuses[_i], "text/html", "<html>proxy</html>");
    result = run(format("-k {key} --proxy %s " ONE_MESSAGE " -u " NOWHERE, proxy()));
    expect_exit(result, exits[_i]);
    expect_text(result, format("HTTP %d", statuses[_i]));
    expect_metrics(result, "unknown=1 requests=1");
}
END_TEST

/* What a proxy forbids it will forbid again. */
START_TEST(a_proxy_that_refuses_the_tunnel)
{
    static const int statuses[] = {403, 407, 302, 429, 502, 503};
    static const size_t tries[] = {1, 1, 1, 3, 3, 3};
    const struct result *result;

    canned_reply(statuses[_i], "text/html", "<html>proxy</html>");
    result = run(
        format("-k {key} --proxy %s -u https://api.example.invalid/x -m +33639980001:1", proxy()));
    expect_exit(result, CRITICAL);
    expect_text(result, format("the proxy to api.example.invalid answered HTTP %d", statuses[_i]));
    expect_metrics(result, format("unknown=1 requests=%zu", tries[_i]));
    ck_assert_uint_eq(canned_count(), tries[_i]);
}
END_TEST

START_TEST(a_proxy_that_is_not_there)
{
    const struct how how = {.environment = {"https_proxy=http://127.0.0.1:1"}};
    const struct result *result;

    result = run("-k {key} --proxy http://127.0.0.1:1 -u http://127.0.0.1:2/x " ONE_MESSAGE);
    expect_exit(result, CRITICAL);
    expect_first(result, "cannot connect to the proxy to 127.0.0.1 port 2: ");
    expect_metrics(result, "unknown=1 requests=1");
    result = run_how("-k {key} -u https://127.0.0.2:1/x " ONE_MESSAGE, &how);
    expect_exit(result, CRITICAL);
    expect_first(result, "cannot connect to 127.0.0.2 port 1 (or to its proxy): ");
}
END_TEST

struct address_row {
    const char *options;
    const char *words; /* NULL: not refused, but nobody is there */
};

#define REMOTE "192.0.2.1:3128"

static const struct address_row addresses[] = {
    {"--proxy http://" REMOTE " -u " NOWHERE, "--allow-http"},
    {"--proxy " REMOTE " -u " NOWHERE, "--allow-http"},
    {"--proxy https://" REMOTE " -u " NOWHERE, "--allow-http"},
    {"--proxy socks5://" REMOTE " -u " NOWHERE, "--allow-http"},
    {"--proxy http://127.0.0.1@" REMOTE " -u " NOWHERE, "--allow-http"},
    {"--proxy http://127.0.0.1.example.invalid:1 -u " NOWHERE, "--allow-http"},
    {"-u " NOWHERE " --proxy http://" REMOTE, "--allow-http"},
    {"--proxy http://" REMOTE " -u HTTP://127.0.0.1:1/x", "--allow-http"},
    {"--proxy http://127.0.0.1:1 -u http://sms.example.invalid/x", "--allow-http"},
    {"--proxy ftp://127.0.0.1:1 -u " NOWHERE, "--proxy"},
    {"--proxy '' -u " NOWHERE, ""},
    {"--proxy 'http://a b' -u " NOWHERE, "--proxy"},
    {"--proxy http://" REMOTE " --allow-http -t 1 -u " NOWHERE, NULL},
    {"--proxy http://127.0.0.1:1 -u https://sms.example.invalid/x", NULL},
    {"--proxy http://localhost:1 -u " NOWHERE, NULL},
    {"--proxy http://[::1]:1 -u " NOWHERE, NULL},
};

START_TEST(proxies_elsewhere_are_for_https)
{
    const struct address_row *row = &addresses[_i];
    const struct result *result = run(format("-k {key} " ONE_MESSAGE " %s", row->options));

    expect_within(result, 2.5);
    if (row->words != NULL) {
        expect(result, result->exit_code == UNKNOWN || row->words[0] == '\0');
        expect_text(result, row->words);
    } else {
        expect_exit(result, CRITICAL);
        expect_no_text(result, "--allow-http");
        expect_metrics(result, "unknown=1 requests=1");
    }
}
END_TEST

/* A password in a proxy's address is nobody's business. */
START_TEST(credentials_stay_secret)
{
    static const char *const options[] = {"-vvv", "-o json", ""};
    const char *address;
    const struct result *result;

    canned_deliver();
    address = format("http://us3r:pa55word@%s", proxy() + strlen("http://"));
    result =
        run(format("-k {key} --proxy %s %s -u " NOWHERE " " ONE_MESSAGE, address, options[_i]));
    expect_exit(result, OK);
    expect_no_text(result, "pa55word");
    expect_no_text(result, "dXMzcjpwYTU1d29yZA");
    ck_assert(contains(canned_request(1).headers, "proxy-authorization: basic "));
}
END_TEST

/* libcurl's own trace tells the whole address of a proxy from the environment. */
START_TEST(credentials_of_the_environment_stay_secret)
{
    static const char *const schemes[] = {"http://", "socks5://", "bogus://", ""};
    struct how how = {.help = false};
    const struct result *result;

    canned_reply(407, "text/plain", "no");
    how.environment[0] = format("https_proxy=%sus3r:pa55w%s@rd@%s", schemes[_i], _i < 3 ? "/" : "",
                                proxy() + strlen("http://"));
    result = run_how("-k {key} -u https://api.example.invalid/x -t 1 -vvv " ONE_MESSAGE, &how);
    expect_exit(result, CRITICAL);
    expect_no_text(result, "pa55w");
    expect_text(result, "(credentials)@127.0.0.1");
}
END_TEST

START_TEST(credentials_stay_secret_in_errors)
{
    static const char *const options[] = {
        "--proxy http://us3r:pa55word@" REMOTE " -u " NOWHERE,
        "--proxy http://us3r:pa55word@127.0.0.1:1 -vvv -u " NOWHERE,
        "--proxy ftp://us3r:pa55word@127.0.0.1:1 -u " NOWHERE,
        "--proxy http://us3r:pa55word@a_b.invalid:1 -t 2 -vvv --allow-http -u " NOWHERE,
        "-u http://us3r:pa55word@192.0.2.1/",
        "-u ftp://us3r:pa55word@192.0.2.1/",
        "-u https://us3r:pa55word@127.0.0.1:1/ -vvv",
    };

    expect_no_text(run(format("-k {key} " ONE_MESSAGE " %s", options[_i])), "pa55word");
}
END_TEST

Suite *proxy_suite(void)
{
    Suite *suite = suite_create("proxy");
    TCase *tcase = harness_case(suite, "proxy");

    tcase_add_loop_test(tcase, the_environment_is_ignored_for_http, 0, ROWS(variables));
    tcase_add_loop_test(tcase, a_dead_proxy_is_ignored_for_http, 0, ROWS(variables));
    tcase_add_loop_test(tcase, the_environment_holds_for_https, 0, 4);
    tcase_add_test(tcase, no_proxy_holds_for_https);
    tcase_add_loop_test(tcase, a_proxy_on_this_machine, 0, 2);
    tcase_add_test(tcase, a_proxy_without_a_scheme);
    tcase_add_loop_test(tcase, a_proxy_that_fails, 0, 5);
    tcase_add_loop_test(tcase, a_proxy_that_refuses_the_tunnel, 0, 6);
    tcase_add_test(tcase, a_proxy_that_is_not_there);
    tcase_add_loop_test(tcase, proxies_elsewhere_are_for_https, 0, ROWS(addresses));
    tcase_add_loop_test(tcase, credentials_stay_secret, 0, 3);
    tcase_add_loop_test(tcase, credentials_of_the_environment_stay_secret, 0, 4);
    tcase_add_loop_test(tcase, credentials_stay_secret_in_errors, 0, 7);
    return suite;
}
