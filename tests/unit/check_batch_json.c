/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches as JSON: arrays, one object per line, the API's own request,
 * on one line or over many; what is wrong in them, and in which line.
 */
#include "fixture_batch.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RECORD "{\"phoneNumber\":\"+33612345678\",\"messageId\":1000}"
#define OTHER  "{\"phoneNumber\":\"+33687654321\",\"messageId\":2000}"
#define BAD    "{\"phoneNumber\":\"+33612345678\",\"messageId\":\"x\"}"

/* Files that hold one message to NUMBER_A with id 1000. */
static const struct {
    const char *name, *text;
    bool sent;
} FILES[] = {
    {"array", "[" RECORD "]", false},
    {"object on a line", RECORD "\n", false},
    {"object without line end", RECORD, false},
    {"request", "{\"apiKey\":\"k\",\"SMSStatut_List\":[" RECORD "]}", false},
    {"request, other members around",
     "{\"a\":[1,{\"id\":5}],\"SMSStatut_List\":[" RECORD "],\"phone\":\"+331\",\"z\":{}}", false},
    {"request over lines",
     "{\n  \"apiKey\": \"k\",\n  \"SMSStatut_List\": [\n    {\n      \"phoneNumber\": "
     "\"+33612345678\",\n"
     "      \"messageId\": 1000\n    }\n  ]\n}\n",
     false},
    {"array over lines",
     "[\n  {\n    \"phoneNumber\": \"+33612345678\",\n    \"messageId\": 1000\n  }\n]\n", false},
    {"object over lines", "{\n  \"phoneNumber\": \"+33612345678\",\n  \"messageId\": 1000\n}\n",
     false},
    {"leading blanks and lines", "\n \t\r\n  [" RECORD "]", false},
    {"trailing blanks and lines", "[" RECORD "] \r\n\n", false},
    {"byte order mark", "\xEF\xBB\xBF[" RECORD "]", false},
    {"mark, one object per line", "\xEF\xBB\xBF" RECORD "\n", false},
    {"CRLF", RECORD "\r\n", false},
    {"empty lines between", "\n" RECORD "\n\n\n", false},
    {"id as text", "[{\"phoneNumber\":\"+33612345678\",\"messageId\":\"1000\"}]", false},
    {"number as number", "[{\"phone\":33612345678,\"id\":1000}]", false},
    {"message_id beats id", "[{\"id\":7,\"to\":\"+33612345678\",\"message_id\":1000}]", false},
    {"message_id beats id, other order",
     "[{\"message_id\":1000,\"id\":7,\"number\":\"+33612345678\"}]", false},
    {"letter case", "[{\"PHONENUMBER\":\"+33612345678\",\"Message_ID\":1000}]", false},
    {"sent time as number", "[{\"phone\":\"+33612345678\",\"id\":1000,\"sentAt\":1795421880}]",
     true},
    {"sent time as text",
     "[{\"phone\":\"+33612345678\",\"id\":1000,\"sent_at\":\"2026-11-23T08:18:00Z\"}]", true},
    {"sent time in milliseconds",
     "[{\"phone\":\"+33612345678\",\"id\":1000,\"date\":1795421880000}]", true},
    {"sent time null", "[{\"phone\":\"+33612345678\",\"id\":1000,\"date\":null}]", false},
    {"sent time empty", "[{\"phone\":\"+33612345678\",\"id\":1000,\"date\":\"\"}]", false},
    {"unknown members",
     "[{\"x\":{\"id\":5},\"phone\":\"+33612345678\",\"y\":[1,[2]],\"id\":1000,\"z\":null}]", false},
    {"escapes", "[{\"phone\":\"\\u002b33612345678\",\"\\u0069d\":\"1\\u003000\"}]", false},
    {"Latin-1 in another member", "[{\"name\":\"Ren\xE9\",\"phone\":\"+33612345678\",\"id\":1000}]",
     false},
};

START_TEST(one_message_in_every_form)
{
    struct batch batch;
    read_batch(&batch, FILES[_i].name, FILES[_i].text);
    expect_counts(FILES[_i].name, &batch, 1, 0);
    expect_message(FILES[_i].name, &batch, 0, NUMBER_A, 1000,
                   FILES[_i].sent ? SENT_MS : MESSAGE_SENT_UNKNOWN);
    batch_release(&batch);
}
END_TEST

static const struct {
    const char *name, *text;
} TWO[] = {
    {"array", "[" RECORD "," OTHER "]"},
    {"array over lines", "[\n" RECORD ",\n" OTHER "\n]\n"},
    {"object per line", RECORD "\n" OTHER "\n"},
    {"object per line, CRLF", RECORD "\r\n" OTHER},
    {"request", "{\"SMSStatut_List\":[" RECORD "," OTHER "],\"apiKey\":\"k\"}"},
    {"request over lines",
     "{\"apiKey\":\"k\",\n\"SMSStatut_List\":[\n" RECORD ",\n" OTHER "\n]\n}"},
};

START_TEST(several_messages_keep_their_order)
{
    struct batch batch;
    read_batch(&batch, TWO[_i].name, TWO[_i].text);
    expect_counts(TWO[_i].name, &batch, 2, 0);
    expect_message(TWO[_i].name, &batch, 0, NUMBER_A, 1000, MESSAGE_SENT_UNKNOWN);
    expect_message(TWO[_i].name, &batch, 1, NUMBER_B, 2000, MESSAGE_SENT_UNKNOWN);
    batch_release(&batch);
}
END_TEST

static const char *const EMPTY[] = {"[]", " [ ] \n", "{\"SMSStatut_List\":[]}",
                                    "{\"apiKey\":\"k\",\n\"SMSStatut_List\":[\n]}\n"};

START_TEST(an_empty_batch_is_no_error)
{
    struct batch batch;
    read_batch(&batch, EMPTY[_i], EMPTY[_i]);
    expect_counts(EMPTY[_i], &batch, 0, 0);
    batch_release(&batch);
}
END_TEST

static const struct {
    const char *name, *text;
    size_t valid;
    uint64_t invalid;
    const char *place;
} INVALID[] = {
    {"bad id in an array", "[" RECORD "," BAD "," OTHER "]", 2, 1, "batch:1: "},
    {"bad id in the third line", "[\n" RECORD ",\n" BAD ",\n" OTHER "\n]\n", 2, 1, "batch:3: "},
    {"an object over lines begins at its brace",
     "[\n  {\n    \"phone\": \"+33612345678\",\n    \"id\": null\n  }\n]", 0, 1, "batch:2: "},
    {"bad id in a request", "{\n\"SMSStatut_List\": [\n" RECORD ",\n" BAD "]}", 1, 1, "batch:4: "},
    {"bad id on a line", RECORD "\n\n" BAD "\n" OTHER "\n", 2, 1, "batch:3: "},
    {"members that are no objects", "[1,\n\"x\",\nnull,true,[" RECORD "]," OTHER "]", 1, 5,
     "batch:1: "},
    {"a line that is no object", RECORD "\n5\n" OTHER "\n", 2, 1, "batch:2: "},
    {"no id", "[{\"phone\":\"+33612345678\"}]", 0, 1, "batch:1: "},
    {"no number", "[{\"id\":1000}]", 0, 1, "batch:1: "},
    {"empty object", "[{}]", 0, 1, "batch:1: "},
    {"id true", "[{\"phone\":\"+33612345678\",\"id\":true}]", 0, 1, "batch:1: "},
    {"id as a list", "[{\"phone\":\"+33612345678\",\"id\":[1000]}]", 0, 1, "batch:1: "},
    {"id as an object", "[{\"phone\":\"+33612345678\",\"id\":{\"id\":1000}}]", 0, 1, "batch:1: "},
    {"id with exponent", "[{\"phone\":\"+33612345678\",\"id\":1e3}]", 0, 1, "batch:1: "},
    {"id NULL", "[{\"phone\":\"+33612345678\",\"id\":\"NULL\"}]", 0, 1, "batch:1: "},
    {"id beyond 64 bits", "[{\"phone\":\"+33612345678\",\"id\":99999999999999999999999}]", 0, 1,
     "batch:1: "},
    {"number with a NUL", "[{\"phone\":\"+33612345678\\u0000\",\"id\":1000}]", 0, 1, "batch:1: "},
    {"broken line", RECORD "\n{\"phone\":\"+33612345678\",\"id\"1}\n" OTHER "\n", 2, 1,
     "batch:2: "},
    {"broken first line", "{\"phone\" \"+33612345678\",\"id\":1}\n" OTHER "\n", 1, 1, "batch:1: "},
    {"line cut off", RECORD "\n{\"phone\":\"+33612345678\",\"id\":\n" OTHER "\n", 2, 1,
     "batch:2: "},
    {"last line cut off", RECORD "\n{\"phone\":\"+33612345678\",\"id\":1", 1, 1, "batch:2: "},
    {"text behind the object", RECORD "\n" OTHER " x\n" RECORD "\n", 2, 1, "batch:2: "},
    {"words between the lines", RECORD "\nhello\n" OTHER "\n", 2, 1, "batch:2: "},
};

START_TEST(bad_records_are_counted_and_the_first_is_named)
{
    struct batch batch;
    read_batch(&batch, INVALID[_i].name, INVALID[_i].text);
    expect_counts(INVALID[_i].name, &batch, INVALID[_i].valid, INVALID[_i].invalid);
    expect_first_invalid(INVALID[_i].name, &batch, INVALID[_i].place, "");
    batch_release(&batch);
}
END_TEST

static const struct {
    const char *name, *text, *place;
} BROKEN[] = {
    {"array cut off", "[" RECORD ",\n" OTHER, "batch:2: "},
    {"array with a wrong sign", "[\n" RECORD "\n" OTHER "\n]", "batch:3: "},
    {"array with a trailing comma", "[" RECORD ",]", "batch:1: "},
    {"text behind the array", "[" RECORD "]\nx", "batch:2: "},
    {"request cut off", "{\"apiKey\":\"k\",\"SMSStatut_List\":[" RECORD, "batch:1: "},
    {"request with a wrong sign", "{\"SMSStatut_List\":[\n" RECORD ";" OTHER "]}", "batch:2: "},
    {"bracket alone", "[", "batch:1: "},
    {"brace over lines, broken", "{\n\"phone\":\"+33612345678\"\n\"id\":1}\n", "batch:3: "},
};

START_TEST(a_broken_document_is_an_error)
{
    struct batch batch;
    struct error err;
    ck_assert_msg(
        !read_batch_bytes(&batch, "batch", BROKEN[_i].text, strlen(BROKEN[_i].text), &err),
        "%s: expected an error", BROKEN[_i].name);
    ck_assert_msg(err.kind == ERROR_INPUT, "%s: kind %d", BROKEN[_i].name, (int)err.kind);
    ck_assert_msg(strncmp(err.text, BROKEN[_i].place, strlen(BROKEN[_i].place)) == 0,
                  "%s: expected '%s', got '%s'", BROKEN[_i].name, BROKEN[_i].place, err.text);
    batch_release(&batch);
}
END_TEST

enum { MANY = 30000, BAD_LINE = 25000 };

/* A document of many buffers, each record on its own line, one of them bad. */
static void read_many(struct batch *batch, const char *row, const char *open, const char *between,
                      const char *close)
{
    size_t length = 0;
    char *text = malloc(MANY * 64);
    struct error err;
    length += (size_t)sprintf(text, "%s", open);
    for (int i = 1; i <= MANY; i++)
        length += (size_t)sprintf(text + length, "{\"to\":\"+33612345678\",\"id\":%s%d}%s\n",
                                  i == BAD_LINE ? "-" : "", i, i < MANY ? between : "");
    length += (size_t)sprintf(text + length, "%s", close);
    bool fine = read_batch_bytes(batch, "batch", text, length, &err);
    free(text);
    ck_assert_msg(fine, "%s: expected a batch, got '%s'", row, err.text);
}

START_TEST(lines_are_counted_across_buffers)
{
    static const char *const forms[][4] = {
        {"one object per line", "", "", ""},
        {"array", "[", ",", "]"},
        {"request", "{\"SMSStatut_List\":[", ",", "]}"},
    };
    char place[32];
    struct batch batch;
    read_many(&batch, forms[_i][0], forms[_i][1], forms[_i][2], forms[_i][3]);
    snprintf(place, sizeof place, "batch:%d: ", BAD_LINE);
    expect_counts(forms[_i][0], &batch, MANY - 1, 1);
    expect_first_invalid(forms[_i][0], &batch, place, "");
    expect_message(forms[_i][0], &batch, MANY - 2, NUMBER_A, MANY, MESSAGE_SENT_UNKNOWN);
    batch_release(&batch);
}
END_TEST

/* yajl itself knows no limit. */
START_TEST(deep_nesting_is_refused)
{
    enum { DEPTH = 1000000 };
    char *text = malloc(DEPTH);
    struct batch batch;
    struct error err;
    memset(text, '[', DEPTH);
    bool fine = read_batch_bytes(&batch, "batch", text, DEPTH, &err);
    free(text);
    ck_assert(!fine);
    ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "nested"), "got '%s'", err.text);
    batch_release(&batch);
}
END_TEST

START_TEST(a_long_line_among_objects_is_one_invalid_record)
{
    enum { LONG = 200000 };
    static const char first[] = RECORD "\n", last[] = "\"}\n" OTHER "\n";
    char *text = calloc(1, LONG + 200);
    struct batch batch;
    struct error err;
    strcat(strcpy(text, first), "{\"x\":\"");
    memset(text + strlen(text), 'x', LONG);
    strcat(text, last);
    bool fine = read_batch_bytes(&batch, "batch", text, strlen(text), &err);
    free(text);
    ck_assert_msg(fine, "expected a batch, got '%s'", err.text);
    expect_counts("long line", &batch, 2, 1);
    expect_first_invalid("long line", &batch, "batch:2: ", "");
    batch_release(&batch);
}
END_TEST

void batch_add_json_cases(Suite *suite)
{
    TCase *core = add_case(suite, "json"), *limits = add_case(suite, "json limits");
    TCase *large = add_slow_case(suite, "json large");
    add_folder(core);
    add_folder(limits);
    add_folder(large);
    tcase_add_loop_test(core, one_message_in_every_form, 0, COUNT_OF(FILES));
    tcase_add_loop_test(core, several_messages_keep_their_order, 0, COUNT_OF(TWO));
    tcase_add_loop_test(core, an_empty_batch_is_no_error, 0, COUNT_OF(EMPTY));
    tcase_add_loop_test(limits, bad_records_are_counted_and_the_first_is_named, 0,
                        COUNT_OF(INVALID));
    tcase_add_loop_test(limits, a_broken_document_is_an_error, 0, COUNT_OF(BROKEN));
    tcase_add_loop_test(large, lines_are_counted_across_buffers, 0, 3);
    tcase_add_test(large, deep_nesting_is_refused);
    tcase_add_test(large, a_long_line_among_objects_is_one_invalid_record);
}
