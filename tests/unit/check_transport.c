/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the key may go: URLs that are no http or https are refused, http only to loopback unless
 * --allow-http is given. All that needs a server is tested from outside the program.
 */
#include "suites.h"
#include "support.h"
#include "transport.h"

enum verdict_of { NEVER, WITH_ALLOW_HTTP, ALWAYS };

static const struct {
    const char *url;
    enum verdict_of fine;
} URLS[] = {
    {"https://api.smspartner.fr/v1/multi-status", ALWAYS},
    {"HTTPS://API.smspartner.fr/", ALWAYS},
    {"https://api.smspartner.fr:8443/x?y=z", ALWAYS},
    {"https://192.0.2.1/", ALWAYS},
    {"https://[2001:db8::1]/", ALWAYS},
    {"http://127.0.0.1/", ALWAYS},
    {"http://127.0.0.1:8080/v1/multi-status", ALWAYS},
    {"http://127.1.2.3/", ALWAYS},
    {"http://127.255.255.254/", ALWAYS},
    {"http://[::1]/", ALWAYS},
    {"http://[::1]:8080/", ALWAYS},
    {"http://localhost/", ALWAYS},
    {"http://LOCALHOST:8080/", ALWAYS},
    {"HTTP://LocalHost/", ALWAYS},
    {"http://2130706433/", ALWAYS},
    {"http://0x7f000001/", ALWAYS},
    {"http://example.com@127.0.0.1/", ALWAYS},
    {"http://api.smspartner.fr/v1/multi-status", WITH_ALLOW_HTTP},
    {"http://192.0.2.1/", WITH_ALLOW_HTTP},
    {"http://0.0.0.0/", WITH_ALLOW_HTTP},
    {"http://128.0.0.1/", WITH_ALLOW_HTTP},
    {"http://[2001:db8::1]/", WITH_ALLOW_HTTP},
    {"http://127.0.0.1.example.com/", WITH_ALLOW_HTTP},
    {"http://127.example.com/", WITH_ALLOW_HTTP},
    {"http://localhost.example.com/", WITH_ALLOW_HTTP},
    {"http://localhost1/", WITH_ALLOW_HTTP},
    {"http://127.0.0.1@example.com/", WITH_ALLOW_HTTP},
    {"http://localhost:80@example.com/", WITH_ALLOW_HTTP},
    {"http://example.com/127.0.0.1", WITH_ALLOW_HTTP},
    {"http://example.com/#@127.0.0.1", WITH_ALLOW_HTTP},
    {"http://example.com?@localhost/", WITH_ALLOW_HTTP},
    {"http://2130706689.example.com/", WITH_ALLOW_HTTP},
    {"http://2147483649/", WITH_ALLOW_HTTP},
    {"http://127.0.0.1.5/", WITH_ALLOW_HTTP},
    {"http://127.999.0.1/", WITH_ALLOW_HTTP},
    {"", NEVER},
    {"api.smspartner.fr", NEVER},
    {"localhost", NEVER},
    {"127.0.0.1:8080", NEVER},
    {"/v1/multi-status", NEVER},
    {"ftp://127.0.0.1/", NEVER},
    {"file:///etc/passwd", NEVER},
    {"gopher://localhost/", NEVER},
    {"ws://localhost/", NEVER},
    {"https://", NEVER},
    {"http://", NEVER},
    {"http://[::1/", NEVER},
    {"http://local host/", NEVER},
    {"https://example.com:99999/", NEVER},
    {"javascript:alert(1)", NEVER},
    {"https//example.com/", NEVER},
};

START_TEST(the_key_goes_only_where_it_may)
{
    const char *url = URLS[_i].url;
    for (int allow = 0; allow < 2; allow++) {
        struct error err = {0};
        bool expected = URLS[_i].fine == ALWAYS || (URLS[_i].fine == WITH_ALLOW_HTTP && allow);
        bool got = transport_check_url(url, allow == 1, &err);
        ck_assert_msg(got == expected, "'%s'%s: expected %s, got %s%s", url,
                      allow ? " with --allow-http" : "", expected ? "yes" : "no",
                      got ? "yes" : "no ", err.text);
        ck_assert_msg(got || (err.kind == ERROR_USAGE && err.text[0] != '\0'), "'%s': kind %d", url,
                      (int)err.kind);
    }
}
END_TEST

static const char *const HTTPS = "https://api.smspartner.fr/v1/multi-status";
static const char *const HTTP = "http://localhost/v1/multi-status";

/* With https a proxy sees nothing of the key; with http only one on this machine may. */
static const struct {
    const char *proxy;
    enum verdict_of https, http;
} PROXIES[] = {
    {"http://proxy.example.com:3128", ALWAYS, WITH_ALLOW_HTTP},
    {"proxy.example.com:3128", ALWAYS, WITH_ALLOW_HTTP},
    {"http://user:password@proxy.example.com:3128", ALWAYS, WITH_ALLOW_HTTP},
    {"http://127.0.0.1@proxy.example.com:3128", ALWAYS, WITH_ALLOW_HTTP},
    {"http://localhost.example.com:3128", ALWAYS, WITH_ALLOW_HTTP},
    {"socks5://proxy.example.com", ALWAYS, WITH_ALLOW_HTTP},
    {"http://127.0.0.1:3128", ALWAYS, ALWAYS},
    {"localhost:3128", ALWAYS, ALWAYS},
    {"http://[::1]:3128", ALWAYS, ALWAYS},
    {"ftp://proxy.example.com", NEVER, NEVER},
    {"file:///etc/passwd", NEVER, NEVER},
    {"http://", NEVER, NEVER},
};

static void expect_proxy(const char *proxy, const char *url, enum verdict_of fine)
{
    for (int allow = 0; allow < 2; allow++) {
        struct error err = {0};
        bool expected = fine == ALWAYS || (fine == WITH_ALLOW_HTTP && allow);
        bool got = transport_check_proxy(proxy, url, allow == 1, &err);
        ck_assert_msg(got == expected, "'%s' to %s%s: expected %s, got %s%s", proxy, url,
                      allow ? " with --allow-http" : "", expected ? "yes" : "no",
                      got ? "yes" : "no ", err.text);
        ck_assert_msg(got || err.kind == ERROR_USAGE, "'%s': kind %d", proxy, (int)err.kind);
        ck_assert_msg(!contains(err.text, "password"), "'%s': the password shows", proxy);
    }
}

START_TEST(a_proxy_may_not_see_the_key)
{
    expect_proxy(PROXIES[_i].proxy, HTTPS, PROXIES[_i].https);
    expect_proxy(PROXIES[_i].proxy, HTTP, PROXIES[_i].http);
}
END_TEST

START_TEST(https_in_capitals_is_https)
{
    expect_proxy("http://proxy.example.com:3128", "HTTPS://api.smspartner.fr/", ALWAYS);
}
END_TEST

START_TEST(a_hostile_url_is_shown_clean)
{
    struct error err = {0};
    ck_assert(!transport_check_url("ftp://a|b<c>\n\x1B[2J", false, &err));
    ck_assert_msg(err.text[0] != '\0' && !contains(err.text, "|") && !contains(err.text, "<") &&
                      !contains(err.text, "\x1B"),
                  "got '%s'", err.text);
}
END_TEST

START_TEST(the_remedy_is_named)
{
    struct error err = {0};
    ck_assert(!transport_check_url("http://api.smspartner.fr/v1/multi-status", false, &err));
    ck_assert_msg(contains(err.text, "--allow-http") && contains(err.text, "api.smspartner.fr"),
                  "got '%s'", err.text);
}
END_TEST

Suite *transport_suite(void)
{
    Suite *suite = suite_create("transport");
    TCase *url = add_case(suite, "url");
    tcase_add_loop_test(url, the_key_goes_only_where_it_may, 0, COUNT_OF(URLS));
    tcase_add_loop_test(url, a_proxy_may_not_see_the_key, 0, COUNT_OF(PROXIES));
    tcase_add_test(url, https_in_capitals_is_https);
    tcase_add_test(url, a_hostile_url_is_shown_clean);
    tcase_add_test(url, the_remedy_is_named);
    return suite;
}
