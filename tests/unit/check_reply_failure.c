/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that are none: refusals in all shapes that the provider's code has shown, bodies cut off,
 * empty, too large or of another kind. None may leave a trace in the outcomes.
 */
#include "fixture_reply.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *body;
    int code; /* -1: none */
    const char *message;
} REFUSALS[] = {
    {"shape 1", "{\"success\":false,\"code\":10,\"message\":\"Cl\xC3\xA9 API incorrecte\"}", 10,
     "Cl\xC3\xA9 API incorrecte"},
    {"escaped message", "{\"success\":false,\"code\":10,\"message\":\"Cl\\u00e9 API incorrecte\"}",
     10, "Cl\xC3\xA9 API incorrecte"},
    {"shape 2",
     "{\"success\":false,\"code\":9,\"errors\":[{\"elementId\":\"children[x].data\",\"message\":"
     "\"too short\"}]}",
     9, "too short"},
    {"shape 3",
     "{\"success\":false,\"code\":9,\"error\":[{\"elementId\":\"children[x].data\",\"message\":"
     "\"too short\"}]}",
     9, "too short"},
    {"shape 4",
     "{\"success\":false,\"code\":55,\"message\":\"outer\",\"errors\":[{\"success\":false,\"code\":"
     "\"9\","
     "\"message\":\"inner\"}]}",
     55, "outer"},
    {"errors before the message",
     "{\"errors\":[{\"code\":\"9\"}],\"success\":false,\"code\":55,\"message\":\"outer\"}", 55,
     "outer"},
    {"code only inside", "{\"success\":false,\"errors\":[{\"code\":\"9\",\"message\":\"inner\"}]}",
     9, "inner"},
    {"error as text", "{\"success\":false,\"code\":96,\"error\":\"IP not allowed\"}", 96,
     "IP not allowed"},
    {"errors as texts", "{\"success\":false,\"code\":90,\"errors\":[\"malformed\",\"x\"]}", 90,
     "malformed"},
    {"errors as an object",
     "{\"success\":false,\"code\":90,\"errors\":{\"message\":\"malformed\"}}", 90, "malformed"},
    {"code as text", "{\"success\":false,\"code\":\"10\",\"message\":\"x\"}", 10, "x"},
    {"success as text", "{\"success\":\"false\",\"code\":\"10\",\"message\":\"x\"}", 10, "x"},
    {"success as number", "{\"success\":0,\"code\":10,\"message\":\"x\"}", 10, "x"},
    {"code without success", "{\"code\":20,\"message\":\"x\"}", 20, "x"},
    {"code in spite of success", "{\"success\":true,\"code\":30,\"message\":\"x\"}", 30, "x"},
    {"success without code", "{\"success\":false,\"message\":\"x\"}", -1, "x"},
    {"success alone", "{\"success\":false}", -1, ""},
    {"code alone", "{\"code\":429}", 429, ""},
    {"message null", "{\"success\":false,\"code\":10,\"message\":null}", 10, ""},
    {"members in another order", "{\"message\":\"x\",\"code\":10,\"success\":false}", 10, "x"},
    {"an empty list beside it",
     "{\"success\":false,\"code\":50,\"message\":\"x\",\"StatutResponse_List\":[]}", 50, "x"},
    {"no list beside it",
     "{\"success\":false,\"code\":20,\"message\":\"x\",\"StatutResponse_List\":null}", 20, "x"},
    {"entries beside it",
     "{\"StatutResponse_List\":[" ENTRY(
         "\"status\":\"Delivered\"") "],\"success\":false,\"code\":11,"
                                     "\"message\":\"x\"}",
     11, "x"},
    {"unknown members",
     "{\"success\":false,\"x\":{\"code\":1,\"message\":\"y\"},\"code\":10,\"message\":\"x\"}", 10,
     "x"},
    {"byte order mark", "\xEF\xBB\xBF{\"success\":false,\"code\":10,\"message\":\"x\"}", 10, "x"},
    {"Latin-1", "{\"success\":false,\"code\":10,\"message\":\"Cl\xE9\"}", 10, "Cl\xE9"},
};

START_TEST(refusals_in_every_shape)
{
    const char *name = REFUSALS[_i].name;
    for (size_t piece = 0; piece < 2; piece++) {
        struct probe probe;
        probe_init(&probe);
        probe_feed(&probe, REFUSALS[_i].body, strlen(REFUSALS[_i].body), piece);
        expect_state(name, &probe, REPLY_API_ERROR);
        const struct reply_result *result = &probe.result;
        int code = result->has_code ? result->code : -1;
        ck_assert_msg(code == REFUSALS[_i].code, "%s: expected code %d, got %d", name,
                      REFUSALS[_i].code, code);
        ck_assert_msg(strcmp(result->message, REFUSALS[_i].message) == 0,
                      "%s: expected '%s', got '%s'", name, REFUSALS[_i].message, result->message);
        probe_release(&probe);
    }
}
END_TEST

static const struct {
    const char *name, *body;
    enum reply_state state;
} UNUSABLE[] = {
    {"no byte", "", REPLY_EMPTY},
    {"trailing text", LIST(ENTRY("\"status\":\"Delivered\"")) "x", REPLY_NOT_READABLE},
    {"two answers", LIST(ENTRY("\"status\":\"Delivered\"")) LIST(""), REPLY_NOT_READABLE},
    {"HTML", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", REPLY_NOT_READABLE},
    {"HTML behind blanks", "\r\n  <!doctype html><html></html>", REPLY_NOT_READABLE},
    {"HTML behind a mark", "\xEF\xBB\xBF<!DOCTYPE html><html></html>", REPLY_NOT_READABLE},
    {"words", "Service Unavailable", REPLY_NOT_READABLE},
    {"PHP warning in front", "Warning: x in y.php\n" LIST(""), REPLY_NOT_READABLE},
    {"single quotes", "{'success':true}", REPLY_NOT_READABLE},
    {"comment", "/* x */" LIST(""), REPLY_NOT_READABLE},
    {"NaN", "{\"success\":true,\"code\":NaN}", REPLY_NOT_READABLE},
    {"trailing comma", "{\"success\":true,}", REPLY_NOT_READABLE},
    {"wrong sign in an entry", LIST(ENTRY("\"status\":\"Delivered\"") ",{;}"), REPLY_NOT_READABLE},
    {"bytes", "\x01\x02\x03", REPLY_NOT_READABLE},
    {"gzip", "\x1F\x8B\x08", REPLY_NOT_READABLE},
    {"array", "[" ENTRY("\"status\":\"Delivered\"") "]", REPLY_WRONG_SHAPE},
    {"text", "\"ok\"", REPLY_WRONG_SHAPE},
    {"number", "5 ", REPLY_WRONG_SHAPE},
    {"null", "null", REPLY_WRONG_SHAPE},
    {"true", "true", REPLY_WRONG_SHAPE},
    {"empty object", "{}", REPLY_WRONG_SHAPE},
    {"no list", "{\"success\":true,\"code\":200}", REPLY_WRONG_SHAPE},
    {"list in another place",
     "{\"success\":true,\"code\":200,\"x\":{\"StatutResponse_List\":[" ENTRY(
         "\"status\":\"Delivered\"") "]}}",
     REPLY_WRONG_SHAPE},
    {"list is text", "{\"success\":true,\"code\":200,\"StatutResponse_List\":\"x\"}",
     REPLY_WRONG_SHAPE},
    {"list is an object",
     "{\"success\":true,\"code\":200,\"StatutResponse_List\":{\"0\":" ENTRY(
         "\"status\":\"Delivered\"") "}}",
     REPLY_WRONG_SHAPE},
};

START_TEST(unusable_answers_are_told_apart)
{
    for (size_t piece = 0; piece < 2; piece++) {
        struct probe probe;
        probe_init(&probe);
        probe_feed(&probe, UNUSABLE[_i].body, strlen(UNUSABLE[_i].body), piece);
        expect_state(UNUSABLE[_i].name, &probe, UNUSABLE[_i].state);
        ck_assert_msg(probe.result.reason[0] != '\0', "%s: expected a reason", UNUSABLE[_i].name);
        probe_release(&probe);
    }
}
END_TEST

/* Error pages of a web framework are JSON with a code too, but without "success". */
static const struct {
    const char *body;
    bool has_success;
} PAGES[] = {
    {"{\"success\":false,\"code\":500,\"message\":\"x\"}", true},
    {"{\"code\":10,\"success\":\"0\"}", true},
    {"{\"success\":true,\"code\":20}", true},
    {"{\"code\":500,\"message\":\"Internal Server Error\"}", false},
    {"{\"code\":404,\"message\":\"x\",\"errors\":[{\"success\":false}]}", false},
    {"{\"error\":{\"code\":500,\"success\":false},\"code\":500}", false},
};

START_TEST(error_pages_lack_success)
{
    struct probe probe;
    probe_init(&probe);
    probe_answer(&probe, PAGES[_i].body);
    expect_state(PAGES[_i].body, &probe, REPLY_API_ERROR);
    ck_assert_msg(probe.result.has_success == PAGES[_i].has_success, "%s: expected %s",
                  PAGES[_i].body, PAGES[_i].has_success ? "success to be there" : "no success");
    probe_release(&probe);
}
END_TEST

/* Both are asked for again, so either name will do. */
START_TEST(blanks_alone_are_empty_or_cut_off)
{
    static const char *const bodies[] = {" ", "\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF \n"};
    for (int i = 0; i < COUNT_OF(bodies); i++) {
        struct probe probe;
        probe_init(&probe);
        probe_answer(&probe, bodies[i]);
        ck_assert_msg(probe.result.state == REPLY_EMPTY || probe.result.state == REPLY_CUT_OFF,
                      "row %d: got state %d", i, (int)probe.result.state);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(an_answer_cut_off_anywhere_is_no_answer)
{
    static const char body[] = LIST(ENTRY("\"status\":\"Delivered\",\"date\":\"1795418286\","
                                          "\"isSpam\":\"1\"") ","
                                                              "{\"success\":false,\"code\":4,"
                                                              "\"phoneNumber\":\"+33687654321\","
                                                              "\"messageId\":1000,"
                                                              "\"status\":\"Num\xC3\xA9ro "
                                                              "introuvable\",\"x\":[1,-2.5e3,true,"
                                                              "null,\"\\u00e9\"]}");
    for (size_t length = 1; length < strlen(body); length++) {
        char row[40];
        struct probe probe;
        snprintf(row, sizeof row, "cut off after %zu bytes", length);
        probe_init(&probe);
        probe_feed(&probe, body, length, length % 3 * 10);
        expect_state(row, &probe, REPLY_CUT_OFF);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(after_a_failure_no_more_is_wanted)
{
    struct probe probe;
    probe_init(&probe);
    struct reply *reply = reply_new(&probe.rules, probe.messages, probe.outcomes, probe.count);
    ck_assert(reply_feed(reply, "{\"success\"", 10));
    ck_assert(!reply_feed(reply, ";", 1));
    ck_assert(!reply_feed(reply, ":true}", 6));
    reply_finish(reply, &probe.result);
    reply_free(reply);
    reply_free(NULL);
    expect_state("broken", &probe, REPLY_NOT_READABLE);
    probe_release(&probe);
}
END_TEST

/* What was there before the request is gone as soon as it is made. */
START_TEST(a_new_reply_resets_the_outcomes)
{
    struct probe probe;
    probe_init(&probe);
    memset(probe.outcomes, 0, sizeof probe.outcomes);
    struct reply *reply = reply_new(&probe.rules, probe.messages, probe.outcomes, probe.count);
    for (size_t i = 0; i < probe.count; i++)
        expect_outcome("new", &probe, i, OUTCOME_UNKNOWN);
    reply_free(reply);
    probe_release(&probe);
}
END_TEST

/* Open brackets or objects in a member that nobody asked for, and at the top. */
START_TEST(deep_nesting_is_refused)
{
    static const char *const forms[][2] = {
        {"", "["}, {"{\"x\":", "["}, {"", "{\"x\":"}, {"{\"StatutResponse_List\":", "["}};
    enum { DEPTH = 200000 };
    size_t length = strlen(forms[_i][0]), unit = strlen(forms[_i][1]);
    char *body = malloc(length + DEPTH * unit + 1);
    struct probe probe;
    strcpy(body, forms[_i][0]);
    for (size_t k = 0; k < DEPTH; k++, length += unit)
        memcpy(body + length, forms[_i][1], unit);
    probe_init(&probe);
    probe_feed(&probe, body, length, 16384);
    expect_state(forms[_i][1], &probe, REPLY_WRONG_SHAPE);
    probe_release(&probe);
    free(body);
}
END_TEST

/* A sound answer behind so many blanks that it has that size. */
static void answer_of_size(struct probe *probe, size_t size, size_t piece)
{
    static const char answer[] = LIST(ENTRY("\"status\":\"Delivered\""));
    char *body = malloc(size);
    memset(body, ' ', size);
    memcpy(body, answer, strlen(answer));
    probe_init(probe);
    probe_feed(probe, body, size, piece);
    free(body);
}

START_TEST(eight_mebibytes_are_the_limit)
{
    static const size_t pieces[] = {0, 16384, 1000003};
    for (int i = 0; i < COUNT_OF(pieces); i++) {
        struct probe probe;
        answer_of_size(&probe, 8388608, pieces[i]);
        expect_state("8 MiB", &probe, REPLY_ANSWERED);
        expect_outcome("8 MiB", &probe, 0, OUTCOME_DELIVERED);
        probe_release(&probe);
        answer_of_size(&probe, 8388609, pieces[i]);
        expect_state("8 MiB and a byte", &probe, REPLY_TOO_LARGE);
        probe_release(&probe);
    }
}
END_TEST

void reply_add_failure_cases(Suite *suite)
{
    TCase *refused = add_case(suite, "refused"), *unusable = add_case(suite, "unusable");
    TCase *large = add_slow_case(suite, "large");
    tcase_add_loop_test(refused, refusals_in_every_shape, 0, COUNT_OF(REFUSALS));
    tcase_add_loop_test(refused, error_pages_lack_success, 0, COUNT_OF(PAGES));
    tcase_add_loop_test(unusable, unusable_answers_are_told_apart, 0, COUNT_OF(UNUSABLE));
    tcase_add_test(unusable, blanks_alone_are_empty_or_cut_off);
    tcase_add_test(unusable, an_answer_cut_off_anywhere_is_no_answer);
    tcase_add_test(unusable, after_a_failure_no_more_is_wanted);
    tcase_add_test(unusable, a_new_reply_resets_the_outcomes);
    tcase_add_loop_test(large, deep_nesting_is_refused, 0, 4);
    tcase_add_test(large, eight_mebibytes_are_the_limit);
}
