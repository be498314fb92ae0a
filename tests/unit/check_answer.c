/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an exchange came to: which failure it is, whether another
 * try may help, and what the person on call reads.
 */
#include "answer.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { NO_CODE = -2, FINE = -1 };

/* Bodies: a code comes with "success", but in a PAGE of a web framework. */
enum body { SOUND, REFUSED, PAGE, EMPTY, CUT_OFF, NOT_READABLE, WRONG_SHAPE, TOO_LARGE, NO_MEMORY };

/* transport: a connection that failed for a passing reason, or not. */
static const struct {
    const char *name;
    enum transport_state transport;
    int status;
    enum body body;
    int code, expected; /* of enum failure_class, or FINE */
    bool passing;
} ROWS[] = {
    {"answered", TRANSPORT_ANSWERED, 200, SOUND, 200, FINE, false},
    {"answered, no code", TRANSPORT_ANSWERED, 200, SOUND, NO_CODE, FINE, false},
    {"answered with 201", TRANSPORT_ANSWERED, 201, SOUND, 200, FINE, false},
    {"the body counts with 400", TRANSPORT_ANSWERED, 400, SOUND, 200, FINE, false},
    {"the body counts with 500", TRANSPORT_ANSWERED, 500, SOUND, 200, FINE, false},
    {"301", TRANSPORT_ANSWERED, 301, NOT_READABLE, NO_CODE, FAILURE_REQUEST, false},
    {"302 with a sound body", TRANSPORT_ANSWERED, 302, SOUND, 200, FAILURE_REQUEST, false},
    {"307 with a code", TRANSPORT_ANSWERED, 307, REFUSED, 20, FAILURE_REQUEST, false},
    {"308 without a body", TRANSPORT_ANSWERED, 308, EMPTY, NO_CODE, FAILURE_REQUEST, false},
    {"429", TRANSPORT_ANSWERED, 429, EMPTY, NO_CODE, FAILURE_UNREACHABLE, true},
    {"429 with a sound body", TRANSPORT_ANSWERED, 429, SOUND, 200, FAILURE_UNREACHABLE, true},
    {"429 with a code", TRANSPORT_ANSWERED, 429, REFUSED, 10, FAILURE_UNREACHABLE, true},
    {"408", TRANSPORT_ANSWERED, 408, NOT_READABLE, NO_CODE, FAILURE_UNREACHABLE, true},
    {"408 with a code", TRANSPORT_ANSWERED, 408, REFUSED, 20, FAILURE_UNREACHABLE, true},
    {"500", TRANSPORT_ANSWERED, 500, NOT_READABLE, NO_CODE, FAILURE_UNREACHABLE, true},
    {"500 without a body", TRANSPORT_ANSWERED, 500, EMPTY, NO_CODE, FAILURE_UNREACHABLE, true},
    {"500 with a page", TRANSPORT_ANSWERED, 500, PAGE, 500, FAILURE_UNREACHABLE, true},
    {"500 with a code", TRANSPORT_ANSWERED, 500, REFUSED, 10, FAILURE_REQUEST, true},
    {"500 with the code 500", TRANSPORT_ANSWERED, 500, REFUSED, 500, FAILURE_REQUEST, true},
    {"501", TRANSPORT_ANSWERED, 501, NOT_READABLE, NO_CODE, FAILURE_UNREACHABLE, false},
    {"502", TRANSPORT_ANSWERED, 502, NOT_READABLE, NO_CODE, FAILURE_UNREACHABLE, true},
    {"503", TRANSPORT_ANSWERED, 503, WRONG_SHAPE, NO_CODE, FAILURE_UNREACHABLE, true},
    {"503 with an account code", TRANSPORT_ANSWERED, 503, REFUSED, 30, FAILURE_ACCOUNT, true},
    {"504", TRANSPORT_ANSWERED, 504, EMPTY, NO_CODE, FAILURE_UNREACHABLE, true},
    {"600", TRANSPORT_ANSWERED, 600, NOT_READABLE, NO_CODE, FAILURE_REQUEST, false},
    {"505", TRANSPORT_ANSWERED, 505, EMPTY, NO_CODE, FAILURE_UNREACHABLE, false},
    {"400", TRANSPORT_ANSWERED, 400, NOT_READABLE, NO_CODE, FAILURE_REQUEST, false},
    {"400 with a code", TRANSPORT_ANSWERED, 400, REFUSED, 9, FAILURE_REQUEST, false},
    {"401 with a code", TRANSPORT_ANSWERED, 401, REFUSED, 10, FAILURE_REQUEST, false},
    {"403 with an account code", TRANSPORT_ANSWERED, 403, REFUSED, 20, FAILURE_ACCOUNT, false},
    {"404", TRANSPORT_ANSWERED, 404, NOT_READABLE, NO_CODE, FAILURE_REQUEST, false},
    {"404 with a page", TRANSPORT_ANSWERED, 404, PAGE, 404, FAILURE_REQUEST, false},
    {"404 cut off", TRANSPORT_ANSWERED, 404, CUT_OFF, NO_CODE, FAILURE_REQUEST, false},
    {"code 1", TRANSPORT_ANSWERED, 200, REFUSED, 1, FAILURE_REQUEST, false},
    {"code 10", TRANSPORT_ANSWERED, 200, REFUSED, 10, FAILURE_REQUEST, false},
    {"code 11", TRANSPORT_ANSWERED, 200, REFUSED, 11, FAILURE_ACCOUNT, false},
    {"code 20", TRANSPORT_ANSWERED, 200, REFUSED, 20, FAILURE_ACCOUNT, false},
    {"code 30", TRANSPORT_ANSWERED, 200, REFUSED, 30, FAILURE_ACCOUNT, false},
    {"code 96", TRANSPORT_ANSWERED, 200, REFUSED, 96, FAILURE_REQUEST, false},
    {"code 429", TRANSPORT_ANSWERED, 200, REFUSED, 429, FAILURE_UNREACHABLE, true},
    {"an unknown code", TRANSPORT_ANSWERED, 200, REFUSED, 992, FAILURE_REQUEST, false},
    {"refused without a code", TRANSPORT_ANSWERED, 200, REFUSED, NO_CODE, FAILURE_REQUEST, false},
    {"empty", TRANSPORT_ANSWERED, 200, EMPTY, NO_CODE, FAILURE_REQUEST, true},
    {"cut off", TRANSPORT_ANSWERED, 200, CUT_OFF, NO_CODE, FAILURE_REQUEST, true},
    {"not readable", TRANSPORT_ANSWERED, 200, NOT_READABLE, NO_CODE, FAILURE_REQUEST, false},
    {"wrong shape", TRANSPORT_ANSWERED, 200, WRONG_SHAPE, NO_CODE, FAILURE_REQUEST, false},
    {"too large", TRANSPORT_ANSWERED, 200, TOO_LARGE, NO_CODE, FAILURE_REQUEST, false},
    {"no memory for the body", TRANSPORT_ANSWERED, 200, NO_MEMORY, NO_CODE, FAILURE_INTERNAL,
     false},
    {"out of reach", TRANSPORT_UNREACHABLE, 0, EMPTY, NO_CODE, FAILURE_UNREACHABLE, true},
    {"broken off", TRANSPORT_CUT_OFF, 200, CUT_OFF, NO_CODE, FAILURE_REQUEST, true},
    {"broken off, but sound so far", TRANSPORT_CUT_OFF, 200, SOUND, 200, FAILURE_REQUEST, true},
    {"404 broken off", TRANSPORT_CUT_OFF, 404, CUT_OFF, NO_CODE, FAILURE_REQUEST, false},
    {"502 broken off", TRANSPORT_CUT_OFF, 502, CUT_OFF, NO_CODE, FAILURE_UNREACHABLE, true},
    {"no HTTP", TRANSPORT_UNUSABLE, 0, EMPTY, NO_CODE, FAILURE_REQUEST, true},
    {"no memory", TRANSPORT_NO_MEMORY, 0, EMPTY, NO_CODE, FAILURE_INTERNAL, false},
};

static struct reply_result make_reply(enum body body, int code, const char *message)
{
    static const enum reply_state states[] = {
        [SOUND] = REPLY_ANSWERED,      [REFUSED] = REPLY_API_ERROR,
        [PAGE] = REPLY_API_ERROR,      [EMPTY] = REPLY_EMPTY,
        [CUT_OFF] = REPLY_CUT_OFF,     [NOT_READABLE] = REPLY_NOT_READABLE,
        [NO_MEMORY] = REPLY_NO_MEMORY, [WRONG_SHAPE] = REPLY_WRONG_SHAPE,
        [TOO_LARGE] = REPLY_TOO_LARGE,
    };
    struct reply_result reply = {
        .state = states[body],
        .has_code = code != NO_CODE,
        .has_success = code != NO_CODE && body != PAGE,
        .code = code != NO_CODE ? code : 0,
    };
    snprintf(reply.message, sizeof reply.message, "%s", message);
    snprintf(reply.reason, sizeof reply.reason, "what is wrong");
    return reply;
}

START_TEST(every_exchange_has_its_meaning)
{
    static const struct text_rules rules = {.mask_numbers = true};
    struct reply_result reply = make_reply(ROWS[_i].body, ROWS[_i].code, "said");
    struct transport_answer transport = {.state = ROWS[_i].transport,
                                         .http_status = ROWS[_i].status,
                                         .passing = ROWS[_i].passing,
                                         .reason = "connection refused"};
    struct answer answer;
    if (ROWS[_i].transport == TRANSPORT_CUT_OFF)
        transport.passing = true;
    answer_judge(&answer, &transport, &reply, "api.example", &rules);
    int got = answer.fine ? FINE : (int)answer.class;
    ck_assert_msg(got == ROWS[_i].expected, "%s: expected class %d, got %d (%s)", ROWS[_i].name,
                  ROWS[_i].expected, got, answer.text);
    ck_assert_msg(answer.passing == ROWS[_i].passing, "%s: expected it to be %s", ROWS[_i].name,
                  ROWS[_i].passing ? "tried again" : "final");
    ck_assert_msg(answer.fine == (answer.text[0] == '\0'), "%s: text '%s'", ROWS[_i].name,
                  answer.text);
}
END_TEST

/* What the text of a failure has to hold. */
static const struct {
    enum transport_state transport;
    int status;
    enum body body;
    int code;
    const char *parts[3];
} TEXTS[] = {
    {TRANSPORT_ANSWERED, 200, REFUSED, 10, {"code 10", "API incorrecte", "key"}},
    {TRANSPORT_ANSWERED, 200, REFUSED, 992, {"code 992", "API incorrecte", ""}},
    {TRANSPORT_ANSWERED, 200, REFUSED, NO_CODE, {"API incorrecte", "", ""}},
    {TRANSPORT_ANSWERED, 301, EMPTY, NO_CODE, {"api.example", "301", "https://elsewhere.example/"}},
    {TRANSPORT_ANSWERED, 503, EMPTY, NO_CODE, {"api.example", "503", ""}},
    {TRANSPORT_ANSWERED, 429, EMPTY, NO_CODE, {"api.example", "429", "too many"}},
    {TRANSPORT_ANSWERED, 200, WRONG_SHAPE, NO_CODE, {"api.example", "what is wrong", ""}},
    {TRANSPORT_UNREACHABLE, 0, EMPTY, NO_CODE, {"connection refused", "", ""}},
};

START_TEST(the_text_says_what_failed)
{
    static const struct text_rules rules = {.mask_numbers = true};
    struct reply_result reply =
        make_reply(TEXTS[_i].body, TEXTS[_i].code, "Cl\xC3\xA9 API incorrecte");
    struct transport_answer transport = {.state = TEXTS[_i].transport,
                                         .http_status = TEXTS[_i].status,
                                         .reason = "api.example: connection refused",
                                         .location = "https://elsewhere.example/"};
    struct answer answer;
    answer_judge(&answer, &transport, &reply, "api.example", &rules);
    for (int i = 0; i < COUNT_OF(TEXTS[_i].parts); i++)
        ck_assert_msg(contains(answer.text, TEXTS[_i].parts[i]), "expected '%s' in '%s'",
                      TEXTS[_i].parts[i], answer.text);
}
END_TEST

START_TEST(hostile_messages_come_out_clean)
{
    static const struct text_rules rules = {.secret = "9f3ac1d25b7e4860", .mask_numbers = true};
    struct reply_result reply =
        make_reply(REFUSED, 10, "<b>|\n9f3ac1d25b7e4860 of +33612345678\x1B\xE9");
    struct transport_answer transport = {.state = TRANSPORT_ANSWERED, .http_status = 200};
    struct answer answer;
    answer_judge(&answer, &transport, &reply, "api.example", &rules);
    ck_assert_msg(is_utf8(answer.text) && strpbrk(answer.text, "<>|\n\x1B") == NULL, "got '%s'",
                  answer.text);
    ck_assert_msg(!contains(answer.text, "9f3ac1d2") && !contains(answer.text, "12345678"),
                  "got '%s'", answer.text);
}
END_TEST

Suite *answer_suite(void)
{
    Suite *suite = suite_create("answer");
    TCase *core = add_case(suite, "core"), *texts = add_case(suite, "texts");
    tcase_add_loop_test(core, every_exchange_has_its_meaning, 0, COUNT_OF(ROWS));
    tcase_add_loop_test(texts, the_text_says_what_failed, 0, COUNT_OF(TEXTS));
    tcase_add_test(texts, hostile_messages_come_out_clean);
    return suite;
}
