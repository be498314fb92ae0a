/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTPS with certificates made on the spot: only one that is signed by whom we trust, names the
 * host and is still good gets the key. Needs the openssl command; says so where it is missing.
 */
#include "harness.h"
#include "suites.h"
#include "tools.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE_MESSAGE "-m +33639980001:1"

static const char scenario[] = "+33639980001,1,Delivered,1517934416,0,0\n";

struct tls_row {
    const char *names;
    int days;
    const char *options;
    int exit_code;
    const char *words;
};

static const struct tls_row rows[] = {
    {HERE, 3, "--ca-file good.pem", OK, "100.00% delivered (1 of 1)"},
    {HERE, 3, "--ca-file good.pem -f xml --connections 1 -4", OK, "100.00% delivered"},
    {HERE, 3, "", CRITICAL, "certificate"},
    {HERE, 3, "--ca-file other.pem", CRITICAL, "certificate"},
    {HERE, 3, "--ca-file other.pem --unreachable ok", OK, "certificate"},
    {"DNS:elsewhere.example", 3, "--ca-file good.pem", CRITICAL, "subject name"},
    {"DNS:elsewhere.example", 3, "--ca-file good.pem --unreachable warning", WARNING,
     "subject name"},
    {HERE, -1, "--ca-file good.pem", CRITICAL, "expired"},
    {HERE, -1, "--ca-file good.pem --unreachable=unknown", UNKNOWN, "expired"},
    {HERE, 3, "--ca-file extensions", UNKNOWN, "extensions"},
    {HERE, 3, "--ca-file missing.pem", UNKNOWN, "missing.pem"},
    {HERE, 3, "--ca-file good.pem --allow-http", OK, "100.00%"},
    {HERE, 3, "--allow-http", CRITICAL, "certificate"},
};

START_TEST(certificates)
{
    const struct tls_row *row = &rows[_i];
    const struct result *result;
    json requests[4];

    if (!have_tool("openssl version")) {
        return;
    }
    make_certificate(row->names, row->days);
    make_authority("other");
    simulator_start(scenario, "--tls-cert server.pem --tls-key server.key");
    result = ask(format(ONE_MESSAGE " %s", row->options));
    expect_exit(result, row->exit_code);
    expect_text(result, row->words);
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)),
                      contains(row->words, "100.00%") ? 1 : 0);
}
END_TEST

/* What the peer's certificate is won't change by asking again. */
START_TEST(bad_certificates_are_not_tried_again)
{
    const struct result *result;

    if (!have_tool("openssl version")) {
        return;
    }
    make_certificate(HERE, 3);
    simulator_start(scenario, "--tls-cert server.pem --tls-key server.key");
    result = ask(ONE_MESSAGE " -o json");
    expect_exit(result, CRITICAL);
    expect_metrics(result, "unknown=1 requests=1");
    expect(result, contains(json_text(result->object, "errors.0"), "certificate"));
}
END_TEST

/* Where Debian's libcurl looks for certificates: a directory, and a bundle in it. */
#define SYSTEM_CERTIFICATES "/etc/ssl/certs"
#define SYSTEM_BUNDLE       "ca-certificates.crt"

/* The rest of the command goes behind it, and sees the test's folder "certs" in that place. */
#define WITH_CERTIFICATES                                                                          \
    "unshare -m%s sh -c 'mount --bind \"$0\" " SYSTEM_CERTIFICATES " && exec \"$@\"' {dir}/certs"

static const char *with_certificates(void)
{
    return format(WITH_CERTIFICATES, geteuid() == 0 ? "" : "r");
}

static bool can_replace_certificates(void)
{
    return have_tool("test -r " SYSTEM_CERTIFICATES "/" SYSTEM_BUNDLE) &&
           have_tool(format("%s true", with_certificates()));
}

static void make_system_certificates(const char *in_directory, bool hashed, const char *in_bundle)
{
    ck_assert_int_eq(mkdir(test_path("certs"), 0755), 0);
    write_file("certs/authority.pem", read_file(format("%s.pem", in_directory), NULL));
    ck_assert(!hashed || tool("openssl rehash certs"));
    write_file("certs/" SYSTEM_BUNDLE, read_file(format("%s.pem", in_bundle), NULL));
}

struct trust_row {
    const char *in_directory;
    bool hashed;
    const char *in_bundle;
    int exit_code;
    const char *words;
};

static const struct trust_row trust[] = {
    {"good", true, "other", OK, "100.00% delivered (2 of 2)"},
    {"other", true, "good", OK, "100.00% delivered (2 of 2)"},
    {"good", false, "good", OK, "100.00% delivered (2 of 2)"},
    {"good", false, "other", CRITICAL, "certificate"},
    {"other", false, "good", OK, "100.00% delivered (2 of 2)"},
    {"other", true, "other", CRITICAL, "certificate"},
};

/* The system's hashed directory is asked first, then its bundle; nobody is trusted without. */
START_TEST(directory_and_bundle)
{
    const struct trust_row *row = &trust[_i];
    const struct result *result;
    json requests[4];
    bool good = row->exit_code == OK;

    if (!have_tool("openssl version")) {
        return;
    }
    make_certificate(HERE, 3);
    make_authority("other");
    make_system_certificates(row->in_directory, row->hashed, row->in_bundle);
    if (!can_replace_certificates()) {
        return;
    }
    simulator_start("+33639980001,1,Delivered,1517934416,0,0\n"
                    "+33639980002,1,Delivered,1517934416,0,0\n",
                    "--tls-cert server.pem --tls-key server.key");
    result =
        ask_how(ONE_MESSAGE " -m +33639980002:1", &(struct how){.around = with_certificates()});
    expect_exit(result, row->exit_code);
    expect_first(result, row->words);
    expect_metrics(result, good ? "delivered=2 requests=1" : "unknown=2 requests=1");
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)), good ? 1 : 0);
}
END_TEST

/* The environment may say whom to trust, but nothing may say not to look. */
START_TEST(no_settings_from_elsewhere)
{
    const struct how how = {.environment = {"CURL_HOME=.", "HOME=.", "CURL_SSL_BACKEND=none"}};
    const struct result *result;

    if (!have_tool("openssl version")) {
        return;
    }
    make_certificate(HERE, 3);
    write_file(".curlrc", "insecure\n");
    simulator_start(scenario, "--tls-cert server.pem --tls-key server.key");
    result = ask_how(ONE_MESSAGE, &how);
    expect_exit(result, CRITICAL);
    expect_text(result, "certificate");
}
END_TEST

START_TEST(plain_http_to_a_tls_port)
{
    const struct result *result;

    if (!have_tool("openssl version")) {
        return;
    }
    make_certificate(HERE, 3);
    simulator_start(scenario, "--tls-cert server.pem --tls-key server.key");
    result = run(format("-k {key} " ONE_MESSAGE " -u http%s --unreachable warning",
                        server_url() + strlen("https")));
    expect_exit(result, WARNING);
    expect_metrics(result, "unknown=1 requests=3");
    expect_text(result, "127.0.0.1");
}
END_TEST

Suite *tls_suite(void)
{
    Suite *suite = suite_create("tls");
    TCase *tcase = harness_case(suite, "tls");

    tcase_add_loop_test(tcase, certificates, 0, ROWS(rows));
    tcase_add_loop_test(tcase, directory_and_bundle, 0, ROWS(trust));
    tcase_add_test(tcase, bad_certificates_are_not_tried_again);
    tcase_add_test(tcase, no_settings_from_elsewhere);
    tcase_add_test(tcase, plain_http_to_a_tls_port);
    return suite;
}
