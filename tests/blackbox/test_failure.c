/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 7 of the contract: errors told by the service, replies that are none, an unreachable
 * service, the deadline, signals, and a report that can't be written. Whether a request is tried
 * again makes no difference here: the canned server answers every try alike.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define ONE_MESSAGE "-m +33639980001:1"
#define SOUND       "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered") "]}"

struct code_row {
    int code;
    int exit_code;
};

static const struct code_row codes[] = {
    {1, UNKNOWN},   {10, UNKNOWN},  {40, UNKNOWN},  {96, UNKNOWN},    {2, UNKNOWN},
    {3, UNKNOWN},   {5, UNKNOWN},   {6, UNKNOWN},   {9, UNKNOWN},     {50, UNKNOWN},
    {90, UNKNOWN},  {20, CRITICAL}, {30, CRITICAL}, {11, CRITICAL},   {55, UNKNOWN},
    {500, UNKNOWN}, {4, UNKNOWN},   {992, UNKNOWN}, {12345, UNKNOWN},
};

static const char *const shapes[] = {
    "{'success':false,'code':%d,'message':'le texte'}",
    "{'success':false,'code':%d,'errors':[{'elementId':'children[x].data','message':'le texte'}]}",
    "{'success':false,'code':%d,'error':[{'elementId':'children[x].data','message':'le texte'}]}",
    "{'success':false,'code':%d,'message':'le texte','errors':[{'code':'9','message':'autre'}]}",
    "{'message':'le texte','code':'%d','success':false}",
};

static const int error_statuses[] = {200, 400, 401, 403, 500};

static char *error_body(size_t shape, int code)
{
    const char *hole = strstr(shapes[shape], "%d");

    return json_quotes(
        format("%.*s%d%s", (int)(hole - shapes[shape]), shapes[shape], code, hole + 2));
}

/* All shapes for each code, the HTTP status going round. */
START_TEST(codes_of_the_service)
{
    const struct code_row *row = &codes[_i / ROWS(shapes)];
    size_t shape = (size_t)_i % ROWS(shapes);
    int status = error_statuses[(_i + _i / ROWS(shapes)) % ROWS(error_statuses)];
    const struct result *result;

    canned_reply(status, "application/json", error_body(shape, row->code));
    result = ask("-m +33639980001:1 -m +33639980002:2");
    expect_exit(result, row->exit_code);
    expect_text(result, "le texte");
    expect_text(result, format("%d", row->code));
    expect_metrics(result, "messages=2 unknown=2 delivered_ratio=U");
}
END_TEST

START_TEST(codes_under_every_http_status)
{
    static const int known[] = {10, 20, 55};
    int code = known[_i / ROWS(error_statuses)];
    const struct result *result;

    canned_reply(error_statuses[_i % ROWS(error_statuses)], "application/json",
                 error_body(0, code));
    result = ask("-o json " ONE_MESSAGE);
    expect_exit(result, code == 20 ? CRITICAL : UNKNOWN);
    ck_assert_uint_ge(json_length(result->object, "errors"), 1);
    expect_text(result, "le texte");
}
END_TEST

START_TEST(errors_of_the_simulator)
{
    static const char *const options[] = {
        "--error 10",
        "--error 20:Compte",
        "--error 10 --error-shape errors",
        "--error 10 --error-shape error --error-status 400",
        "--error 90 --error-shape nested",
        "--key another-key-1",
    };
    const struct result *result;

    simulator_start(NULL, options[_i]);
    result = ask(ONE_MESSAGE);
    expect_exit(result, contains(options[_i], "20") ? CRITICAL : UNKNOWN);
    expect_metrics(result, "messages=1 unknown=1");
}
END_TEST

/* What comes back, and what it is worth. */
struct reply_row {
    const char *name;
    int status;
    const char *type;
    const char *body;
    int exit_code;
};

#define HTML    "<!DOCTYPE html><html><body><h1>Erreur</h1></body></html>"
#define AS_JSON "application/json"

static const struct reply_row replies[] = {
    {"HTML, 200", 200, "text/html", HTML, UNKNOWN},
    {"HTML, 404", 404, "text/html", HTML, UNKNOWN},
    {"HTML, 405", 405, "text/html", HTML, UNKNOWN},
    {"HTML, 500", 500, "text/html", HTML, CRITICAL},
    {"HTML, 502", 502, "text/html", HTML, CRITICAL},
    {"HTML, 503", 503, "text/html", HTML, CRITICAL},
    {"HTML, 504", 504, "text/html", HTML, CRITICAL},
    {"HTML, 429", 429, "text/html", HTML, CRITICAL},
    {"empty, 408", 408, "text/html", "", CRITICAL},
    {"an answer under 429", 429, AS_JSON, SOUND, CRITICAL},
    {"an answer under 408", 408, AS_JSON, SOUND, CRITICAL},
    {"code 10 under 429", 429, AS_JSON, "{'success':false,'code':10}", CRITICAL},
    {"code 429", 200, AS_JSON, "{'success':false,'code':429,'message':'slow down'}", CRITICAL},
    {"code 429, 400", 400, AS_JSON, "{'success':false,'code':'429'}", CRITICAL},
    {"code 500 under 500", 500, AS_JSON, "{'success':false,'code':500,'message':'x'}", UNKNOWN},
    {"empty, 200", 200, AS_JSON, "", UNKNOWN},
    {"empty, 500", 500, AS_JSON, "", CRITICAL},
    {"blanks", 200, AS_JSON, "   \n", UNKNOWN},
    {"text", 200, "text/plain", "OK", UNKNOWN},
    {"a number", 200, AS_JSON, "200", UNKNOWN},
    {"null", 200, AS_JSON, "null", UNKNOWN},
    {"true", 200, AS_JSON, "true", UNKNOWN},
    {"a text value", 200, AS_JSON, "'Delivered'", UNKNOWN},
    {"an array", 200, AS_JSON, "[]", UNKNOWN},
    {"the list alone", 200, AS_JSON, "[" ITEM("1", "Delivered") "]", UNKNOWN},
    {"an empty object", 200, AS_JSON, "{}", UNKNOWN},
    {"no list", 200, AS_JSON, "{'success':true,'code':200}", UNKNOWN},
    {"the list is null", 200, AS_JSON, "{'success':true,'code':200,'StatutResponse_List':null}",
     UNKNOWN},
    {"the list is text", 200, AS_JSON, "{'success':true,'code':200,'StatutResponse_List':'x'}",
     UNKNOWN},
    {"the list is an object", 200, AS_JSON,
     "{'success':true,'code':200,'StatutResponse_List':{'a':" ITEM("1", "Delivered") "}}", UNKNOWN},
    {"items are texts", 200, AS_JSON, "{'success':true,'code':200,'StatutResponse_List':['x',1]}",
     UNKNOWN},
    {"items are arrays", 200, AS_JSON, "{'success':true,'code':200,'StatutResponse_List':[[]]}",
     UNKNOWN},
    {"another shape", 200, AS_JSON, "{'status':'Delivered','messageId':1}", UNKNOWN},
    {"ends early", 200, AS_JSON,
     "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered"), UNKNOWN},
    {"ends before the last brace", 200, AS_JSON,
     "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered") "]", UNKNOWN},
    {"text after it", 200, AS_JSON, SOUND " and more", UNKNOWN},
    {"two answers", 200, AS_JSON, SOUND SOUND, UNKNOWN},
    {"a warning before it", 200, AS_JSON, "Warning: x in y.php on line 3\n" SOUND, UNKNOWN},
    {"a comment", 200, AS_JSON, "/* x */" SOUND, UNKNOWN},
    {"a comma too many", 200, AS_JSON,
     "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered") ",]}", UNKNOWN},
    {"a framework's error, 500", 500, AS_JSON, "{'error':{'code':0,'message':'x'}}", CRITICAL},
    {"a framework's error, 404", 404, AS_JSON, "{'detail':'Not Found','status':404}", UNKNOWN},
    {"sound", 200, AS_JSON, SOUND, OK},
    {"sound under 400", 400, AS_JSON, SOUND, OK},
    {"sound under 500", 500, AS_JSON, SOUND, OK},
    {"sound as text/html", 200, "text/html", SOUND, OK},
    {"sound after blanks", 200, AS_JSON, "\r\n  " SOUND "\n\n", OK},
};

START_TEST(kinds_of_reply)
{
    const struct reply_row *row = &replies[_i];
    const struct result *result;

    canned_reply(row->status, row->type, json_quotes(row->body));
    result = ask(ONE_MESSAGE);
    ck_assert_msg(result->exit_code == row->exit_code, "%s: exit %d expected\n%s", row->name,
                  row->exit_code, shown(result));
    expect_metrics(result, row->exit_code == OK ? "delivered=1 unknown=0"
                                                : "messages=1 unknown=1 delivered=0 requests=1..9");
}
END_TEST

/* 429, 408 and 5xx without a code are --unreachable; the rest is not. */
START_TEST(kinds_of_reply_with_unreachable_warning)
{
    const struct reply_row *row = &replies[_i];
    const struct result *result;

    canned_reply(row->status, row->type, json_quotes(row->body));
    result = ask("--unreachable warning --no-data ok " ONE_MESSAGE);
    ck_assert_msg(result->exit_code == (row->exit_code == CRITICAL ? WARNING : row->exit_code),
                  "%s\n%s", row->name, shown(result));
}
END_TEST

struct wire_row {
    const char *name;
    const char *bytes;
    int exit_code;
};

static const struct wire_row wires[] = {
    {"a body that is cut off",
     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
     "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered"),
     UNKNOWN},
    {"a whole answer, but more was promised",
     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n" SOUND,
     UNKNOWN},
    {"a chunk that is cut off",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" SOUND, UNKNOWN},
    {"no content at all", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", UNKNOWN},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n", UNKNOWN},
    {"an answer without a length", "HTTP/1.1 200 OK\r\n\r\n" SOUND, OK},
    {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n" SOUND, OK},
    {"100 first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" SOUND, OK},
};

START_TEST(on_the_wire)
{
    const struct wire_row *row = &wires[_i];
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = json_quotes(row->bytes), .close_after = true}, 1);
    result = ask(ONE_MESSAGE);
    ck_assert_msg(result->exit_code == row->exit_code, "%s\n%s", row->name, shown(result));
    expect_metrics(result, row->exit_code == OK ? "delivered=1" : "unknown=1 delivered=0");
}
END_TEST

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

static const int redirects[] = {300, 301, 302, 303, 307, 308};

START_TEST(redirects_are_not_followed)
{
    const struct result *result;
    const char *target = format("%s-elsewhere", server_url());

    canned_start(
        &(struct canned_rule){.bytes = format("HTTP/1.1 %d Moved\r\nLocation: %s\r\n"
                                              "Content-Length: %zu\r\n\r\n%s",
                                              redirects[_i], target, strlen(json_quotes(SOUND)),
                                              json_quotes(SOUND))},
        1);
    result = ask("--no-data ok " ONE_MESSAGE);
    expect_exit(result, UNKNOWN);
    expect_text(result, target);
    expect_metrics(result, "unknown=1");
    for (size_t i = 1; i <= canned_count(); i++) {
        ck_assert(contains(canned_request(i).target, "/v1/multi-status?"));
    }
}
END_TEST

START_TEST(deep_nesting)
{
    enum { DEPTH = 200000 };
    char *deep = store_alloc(DEPTH + 1);

    memset(deep, _i == 0 ? '[' : '{', DEPTH);
    canned_json(format("{'success':true,'code':200,'x':%s", deep));
    expect_exit(ask(ONE_MESSAGE), UNKNOWN);
}
END_TEST

START_TEST(over_eight_mebibytes)
{
    enum { SIZE = 9 << 20 };
    char *filling = store_alloc(SIZE + 1);
    const struct result *result;

    memset(filling, _i == 0 ? ' ' : 'x', SIZE);
    canned_json(format("{'filling':'%s','success':true,'code':200,'StatutResponse_List':[" ITEM(
                           "1", "Delivered") "]}",
                       filling));
    result = ask(ONE_MESSAGE);
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "unknown=1");
}
END_TEST

START_TEST(under_eight_mebibytes)
{
    enum { SIZE = 7 << 20 };
    char *filling = store_alloc(SIZE + 1);

    memset(filling, 'x', SIZE);
    canned_json(format("{'filling':'%s','success':true,'code':200,'StatutResponse_List':[" ITEM(
                           "1", "Delivered") "]}",
                       filling));
    expect_exit(ask(ONE_MESSAGE), OK);
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
    expect(result, result->seconds < 8);
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
    expect(result, result->seconds < 5.5);
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
    expect(result, result->seconds < 8);
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
    expect(result, result->seconds < 8);
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
        expect(result, result->seconds < 4);
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

Suite *failure_suite(void)
{
    Suite *suite = suite_create("failure");
    TCase *tcase = harness_case(suite, "replies");

    tcase_add_loop_test(tcase, codes_of_the_service, 0, ROWS(codes) * ROWS(shapes));
    tcase_add_loop_test(tcase, codes_under_every_http_status, 0, 3 * ROWS(error_statuses));
    tcase_add_loop_test(tcase, errors_of_the_simulator, 0, 6);
    tcase_add_loop_test(tcase, kinds_of_reply, 0, ROWS(replies));
    tcase_add_loop_test(tcase, kinds_of_reply_with_unreachable_warning, 0, ROWS(replies));
    tcase_add_loop_test(tcase, on_the_wire, 0, ROWS(wires));
    tcase_add_loop_test(tcase, redirects_are_not_followed, 0, ROWS(redirects));
    tcase_add_loop_test(tcase, deep_nesting, 0, 2);
    tcase_add_loop_test(tcase, over_eight_mebibytes, 0, 2);
    tcase_add_test(tcase, under_eight_mebibytes);
    tcase = harness_case(suite, "unreachable");
    tcase_add_loop_test(tcase, no_answer, 0, 3 * 9);
    tcase_add_loop_test(tcase, closed_port, 0, ROWS(closed));
    tcase_add_test(tcase, unknown_host);
    tcase_add_test(tcase, no_tls_at_the_other_end);
    tcase_add_test(tcase, ip_versions);
    tcase_add_loop_test(tcase, some_requests_fail_the_others_count, 0, ROWS(parts));
    tcase_add_test(tcase, failed_requests_are_reasoned_in_json);
    tcase_add_loop_test(tcase, plain_http_stays_on_this_machine, 0, ROWS(addresses));
    tcase_add_test(tcase, plain_http_may_be_allowed);
    tcase = harness_case(suite, "end");
    tcase_add_loop_test(tcase, deadline, 0, ROWS(slow_rules) * ROWS(deadlines));
    tcase_add_test(tcase, deadline_in_json);
    tcase_add_test(tcase, deadline_with_the_slow_simulator);
    tcase_add_loop_test(tcase, deadline_while_reading, 0, 8);
    tcase_add_loop_test(tcase, a_signal_ends_the_run_with_a_report, 0, 2 * ROWS(signals));
    tcase_add_loop_test(tcase, a_report_that_cant_be_written, 0, 12);
    return suite;
}
