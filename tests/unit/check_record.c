/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records: which names the fields have, which texts make a message, and that the reason why not
 * shows what is wrong but no whole phone number.
 */
#include "record.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *name;
    enum record_field field;
} NAMES[] = {
    {"phoneNumber", RECORD_PHONE},
    {"phone", RECORD_PHONE},
    {"number", RECORD_PHONE},
    {"to", RECORD_PHONE},
    {"PHONENUMBER", RECORD_PHONE},
    {"To", RECORD_PHONE},
    {"messageId", RECORD_ID},
    {"message_id", RECORD_ID},
    {"id", RECORD_ID},
    {"ID", RECORD_ID},
    {"sentAt", RECORD_SENT},
    {"sent_at", RECORD_SENT},
    {"date", RECORD_SENT},
    {"Sent_At", RECORD_SENT},
    {"", RECORD_FIELDS},
    {"phones", RECORD_FIELDS},
    {"i", RECORD_FIELDS},
    {"phone number", RECORD_FIELDS},
    {"status", RECORD_FIELDS},
};

START_TEST(fields_are_known_by_name)
{
    int rank = 0;
    enum record_field got = record_field_named(NAMES[_i].name, strlen(NAMES[_i].name), &rank);
    ck_assert_msg(got == NAMES[_i].field, "'%s': expected field %d, got %d", NAMES[_i].name,
                  (int)NAMES[_i].field, (int)got);
}
END_TEST

/* Exports hold the table's own id beside the message's. */
START_TEST(the_longer_name_ranks_first)
{
    int full = 0, snake = 0, bare = 0;
    record_field_named("messageId", 9, &full);
    record_field_named("message_id", 10, &snake);
    record_field_named("id", 2, &bare);
    ck_assert_int_lt(full, bare);
    ck_assert_int_lt(snake, bare);
}
END_TEST

static bool read_record(const char *phone, const char *id, const char *sent,
                        const struct record_rules *rules, struct message *message,
                        char reason[RECORD_REASON_SIZE])
{
    struct record record = {
        .field = {{phone, strlen(phone)}, {id, strlen(id)}, {sent, strlen(sent)}}};
    return record_read(&record, rules, message, reason);
}

static const struct record_rules RULES = {.country_code = "33", .text = {.mask_numbers = true}};

START_TEST(texts_become_a_message)
{
    struct message message;
    char reason[RECORD_REASON_SIZE] = "";
    ck_assert_msg(
        read_record(" 06 12 34 56 78 ", "\t0042 ", " 1795421880 ", &RULES, &message, reason), "%s",
        reason);
    ck_assert_uint_eq(message.number, 33612345678);
    ck_assert_uint_eq(message.id, 42);
    ck_assert_int_eq(message.sent_ms, 1795421880000);
    ck_assert_msg(read_record("+33612345678", "0", "", &RULES, &message, reason), "%s", reason);
    ck_assert_uint_eq(message.id, 0);
    ck_assert_int_eq(message.sent_ms, MESSAGE_SENT_UNKNOWN);
}
END_TEST

START_TEST(absent_fields_are_no_message)
{
    struct record record = {0};
    struct message message;
    char reason[RECORD_REASON_SIZE] = "";
    ck_assert(!record_read(&record, &RULES, &message, reason));
    ck_assert_msg(reason[0] != '\0', "expected a reason");
}
END_TEST

static const struct {
    const char *name, *phone, *id, *sent, *part;
} BAD[] = {
    {"no number", "", "1", "", "phone number"},
    {"number null", "null", "1", "", "phone number"},
    {"no id", "+33612345678", "", "", "message id"},
    {"id NULL", "+33612345678", "NULL", "", "message id"},
    {"id blank", "+33612345678", "  ", "", "message id"},
    {"id of 20 digits", "+33612345678", "12345678901234567890", "", "19 digits"},
    {"id in words", "+33612345678", "abc", "", "'abc'"},
    {"time in words", "+33612345678", "1", "soon", "'soon'"},
    {"unsafe id", "+33612345678", "a|<b>\n", "", "'a?\?b?\?'"},
    {"number in words", "Ann", "1", "", "'Ann'"},
};

START_TEST(the_reason_says_what_is_wrong)
{
    struct message message;
    char reason[RECORD_REASON_SIZE] = "";
    ck_assert_msg(!read_record(BAD[_i].phone, BAD[_i].id, BAD[_i].sent, &RULES, &message, reason),
                  "%s: expected no message", BAD[_i].name);
    ck_assert_msg(contains(reason, BAD[_i].part), "%s: expected '%s' in '%s'", BAD[_i].name,
                  BAD[_i].part, reason);
}
END_TEST

START_TEST(since_asks_for_a_sent_time)
{
    struct record_rules rules = RULES;
    struct message message;
    char reason[RECORD_REASON_SIZE] = "";
    rules.needs_sent_time = true;
    ck_assert(read_record("+33612345678", "1", "1795421880", &rules, &message, reason));
    ck_assert(!read_record("+33612345678", "1", "", &rules, &message, reason));
    ck_assert_msg(contains(reason, "sent time"), "got '%s'", reason);
    ck_assert(!read_record("+33612345678", "1", "NULL", &rules, &message, reason));
}
END_TEST

/* Fields that come very long, or full of what is replaced, fit the reason. */
START_TEST(a_long_field_is_cut_in_the_reason)
{
    char text[1000], reason[RECORD_REASON_SIZE];
    struct message message;
    for (int i = 0; i + 4 < COUNT_OF(text); i += 4)
        strcpy(text + i, "\xF0\x9F\x98\x80");
    ck_assert(!read_record(text, "1", "", &RULES, &message, reason));
    ck_assert_msg(is_utf8(reason) && contains(reason, "phone number"), "number: got '%s'", reason);
    ck_assert(!read_record("+33612345678", text, "", &RULES, &message, reason));
    ck_assert_msg(is_utf8(reason) && contains(reason, "19 digits"), "id: got '%s'", reason);
    ck_assert(!read_record("+33612345678", "1", text, &RULES, &message, reason));
    ck_assert_msg(is_utf8(reason) && contains(reason, "08:18:00Z"), "sent time: got '%s'", reason);
}
END_TEST

/* Mistyped numbers are still somebody's; what they hold of the middle is given. */
static const struct {
    const char *name, *phone, *middle;
} PRIVATE[] = {
    {"letter behind it", "+33612345678x", "12345"},
    {"16 digits", "+3361234567891234", "12345"},
    {"blanks and a letter", "06 12 34 56 78 x", "12 34"},
    {"slashes", "06/12/34/56/78", "12/34"},
    {"no-break spaces",
     "06\xC2\xA0"
     "12\xC2\xA0"
     "34\xC2\xA0"
     "56\xC2\xA0"
     "78",
     "12\xC2\xA0"
     "34"},
    {"like an address", "33.612.345.678x", "12.34"},
    {"four digits and pairs", "0612-34-56-78x", "12-34"},
    {"without plus", "33 6 12 34 56 78 x", "12 34"},
    {"underscores", "+33_6_12_34_56_78", "12_34"},
};

START_TEST(a_bad_number_is_masked)
{
    struct message message;
    char reason[RECORD_REASON_SIZE];
    ck_assert_msg(!read_record(PRIVATE[_i].phone, "1", "", &RULES, &message, reason),
                  "%s: expected no message", PRIVATE[_i].name);
    ck_assert_msg(!contains(reason, PRIVATE[_i].middle), "%s: the number shows in \"%s\"",
                  PRIVATE[_i].name, reason);
}
END_TEST

Suite *record_suite(void)
{
    Suite *suite = suite_create("record");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, fields_are_known_by_name, 0, COUNT_OF(NAMES));
    tcase_add_test(core, the_longer_name_ranks_first);
    tcase_add_test(core, texts_become_a_message);
    tcase_add_test(core, absent_fields_are_no_message);
    tcase_add_loop_test(core, the_reason_says_what_is_wrong, 0, COUNT_OF(BAD));
    tcase_add_test(core, since_asks_for_a_sent_time);
    tcase_add_test(limits, a_long_field_is_cut_in_the_reason);
    tcase_add_loop_test(limits, a_bad_number_is_masked, 0, COUNT_OF(PRIVATE));
    return suite;
}
