/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the service says: its error codes in all their shapes, and
 * replies that are none. Whether a request is tried again makes no difference here: the canned
 * server answers every try alike.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

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
    {"HTML, 600", 600, "text/html", HTML, UNKNOWN},
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
    {"more than was promised",
     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n" SOUND,
     UNKNOWN},
    {"a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" SOUND, UNKNOWN},
    {"packed twice", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n" SOUND, UNKNOWN},
    {"packed twice, in two lines",
     "HTTP/1.1 200 OK\r\ncontent-encoding: zstd\r\nContent-Encoding:gzip\r\n\r\n" SOUND, UNKNOWN},
    {"packed twice, once for the way",
     "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
     UNKNOWN},
    {"packed not at all",
     "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: identity, \r\n\r\n" SOUND,
     OK},
    {"gzip that is none", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" SOUND, UNKNOWN},
    {"404, cut off", "HTTP/1.1 404 Not Found\r\nContent-Length: 5000\r\n\r\n<html>", UNKNOWN},
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
    expect(result, contains(result->out, "packed its answer") == contains(row->name, "twice"));
}
END_TEST

/* libcurl says "out of memory" of it. */
START_TEST(a_header_of_megabytes)
{
    enum { SIZE = 1000000 };
    char *header = store_alloc(SIZE + 1);
    const struct result *result;

    memset(header, 'a', SIZE);
    canned_start(
        &(struct canned_rule){.bytes = format("HTTP/1.1 200 OK\r\nX-Long: %s\r\n\r\n", header)}, 1);
    result = ask(ONE_MESSAGE);
    expect_exit(result, UNKNOWN);
    expect_text(result, "header");
    expect_metrics(result, "unknown=1 requests=1");
}
END_TEST

START_TEST(a_refusal_is_final_even_when_cut_off)
{
    static const char *const options[] = {"", "--unreachable ok"};
    const struct result *result;

    simulator_start(NULL, "--fault status-json=404,cut=20");
    result = ask(format(ONE_MESSAGE " %s", options[_i]));
    expect_exit(result, UNKNOWN);
    expect_text(result, "HTTP 404");
    expect_metrics(result, "unknown=1 requests=1");
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
    result = ask_how(ONE_MESSAGE " -t 18:ok", &(struct how){.bare = true});
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
    expect_exit(ask_how(ONE_MESSAGE, &(struct how){.bare = true}), OK);
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
    tcase_add_test(tcase, a_header_of_megabytes);
    tcase_add_loop_test(tcase, a_refusal_is_final_even_when_cut_off, 0, 2);
    tcase_add_loop_test(tcase, redirects_are_not_followed, 0, ROWS(redirects));
    tcase_add_loop_test(tcase, deep_nesting, 0, 2);
    tcase_add_loop_test(tcase, over_eight_mebibytes, 0, 2);
    tcase_add_test(tcase, under_eight_mebibytes);
    return suite;
}
