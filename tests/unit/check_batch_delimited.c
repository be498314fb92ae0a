/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches as delimited text: separators, headers, comments, quotes.
 * What is wrong or unusual in a file is in check_batch_delimited_limits.c.
 */
#include "fixture_batch.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>

/* Files that hold one message to NUMBER_A with id 1000, sent at SENT_MS or at a time nobody knows.
 */
static const struct {
    const char *name, *text;
    bool sent;
} FILES[] = {
    {"comma", "+33612345678,1000,2026-11-23T08:18:00Z\n", true},
    {"semicolon", "+33612345678;1000;2026-11-23T08:18:00Z\n", true},
    {"tab", "+33612345678\t1000\t2026-11-23T08:18:00Z\n", true},
    {"blank", "+33612345678 1000 2026-11-23T08:18:00Z\n", true},
    {"many blanks", "   +33612345678    1000   2026-11-23T08:18:00Z   \n", true},
    {"no sent time", "+33612345678,1000\n", false},
    {"empty sent time", "+33612345678,1000,\n", false},
    {"sent time NULL", "+33612345678,1000,NULL\n", false},
    {"no line end", "+33612345678,1000,1795421880", true},
    {"CRLF", "+33612345678,1000,1795421880\r\n", true},
    {"CRLF without a sent time", "+33612345678,1000\r\n", false},
    {"milliseconds", "+33612345678,1000,1795421880000\n", true},
    {"national number", "0612345678,1000\n", false},
    {"number with blanks, comma", "06 12 34 56 78,1000,1795421880\n", true},
    {"number with blanks, semicolon", "06 12 34 56 78;1000;1795421880\n", true},
    {"number with blanks, tab", "06 12 34 56 78\t1000\t1795421880\n", true},
    {"date and time with a blank, comma", "+33612345678,1000,2026-11-23 08:18:00Z\n", true},
    {"date and time with a blank, semicolon", "+33612345678;1000;2026-11-23 08:18:00\n", true},
    {"date and time as two fields", "+33612345678 1000 2026-11-23 08:18:00\n", true},
    {"date and time as two fields, no seconds", "+33612345678 1000 2026-11-23 08:18\n", true},
    {"date and time as two fields, Z", "+33612345678 1000 2026-11-23 08:18:00Z\n", true},
    {"date and time as two fields, offset", "+33612345678 1000 2026-11-23 09:18:00+01:00\n", true},
    {"date, time and offset as three fields", "+33612345678 1000 2026-11-23 09:18:00 +0100\n",
     true},
    {"blanks around fields", " +33612345678 , 1000 , 1795421880 \n", true},
    {"further columns", "+33612345678,1000,1795421880,Paris,x\n", true},
    {"further columns, blanks", "+33612345678 1000 1795421880 Paris x\n", true},
    {"comment", "# exported\n+33612345678,1000\n", false},
    {"comment behind blanks", "  \t# exported, 1;2\n+33612345678,1000\n", false},
    {"comment behind", "+33612345678,1000\n# end", false},
    {"empty lines", "\n\n   \n\r\n+33612345678,1000\n\n", false},
    {"quoted", "\"+33612345678\",\"1000\",\"1795421880\"\n", true},
    {"quoted, semicolon", "\"06 12 34 56 78\";\"1000\"\n", false},
    {"quoted, blanks", "\"+33612345678\" \"1000\" \"2026-11-23 08:18:00\"\n", true},
    {"quoted in part", "+33612345678,\"1000\"\n", false},
    {"empty quotes", "+33612345678,1000,\"\"\n", false},
    {"quoted separator", "+33612345678,1000,,\"a,b\",c\n", false},
    {"doubled quotes", "+33612345678,1000,,\"he said \"\"hi\"\", ok\"\n", false},
    {"line break in quotes", "+33612345678,1000,,\"two\nlines\"\n", false},
    {"CRLF in quotes", "+33612345678,1000,,\"two\r\nlines\r\n\"\r\n", false},
    {"quote inside a field", "+33612345678,1000,,15\" screen\n", false},
    {"byte order mark", "\xEF\xBB\xBF+33612345678,1000\n", false},
    {"mark and comment", "\xEF\xBB\xBF# x\n+33612345678,1000\n", false},
    {"mark and quotes", "\xEF\xBB\xBF\"+33612345678\",1000\n", false},
    {"header", "phoneNumber,messageId,sentAt\n+33612345678,1000,1795421880\n", true},
    {"header in another order", "sentAt;messageId;phoneNumber\n1795421880;1000;+33612345678\n",
     true},
    {"header with further columns", "name,messageId,x,phoneNumber\nAnn,1000,y,+33612345678\n",
     false},
    {"header without sent time", "id\tphone\n1000\t+33612345678\n", false},
    {"header with blanks", "id phone date\n1000 +33612345678 1795421880\n", true},
    {"blanks, date and time before others",
     "date id phone\n2026-11-23 08:18:00 1000 +33612345678\n", true},
    {"header in capitals", "PHONENUMBER,MESSAGEID,SENTAT\n+33612345678,1000,1795421880\n", true},
    {"quoted header", "\"phone\",\"id\"\n+33612345678,1000\n", false},
    {"header behind comment and mark", "\xEF\xBB\xBF# x\n\nid,phone\n1000,+33612345678\n", false},
    {"header, CRLF", "id,phone,date\r\n1000,+33612345678,1795421880\r\n", true},
    {"message_id beats id", "id,message_id,phone\n7,1000,+33612345678\n", false},
    {"message_id beats id, other order", "phone,message_id,id\n+33612345678,1000,7\n", false},
    {"short row behind a header", "phone,id,date\n+33612345678,1000\n", false},
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

static const char *const PHONE_NAMES[] = {"phoneNumber", "phone",       "number",
                                          "to",          "PhoneNumber", "TO"};
static const char *const ID_NAMES[] = {"messageId", "message_id", "id",
                                       "MessageID", "MESSAGE_ID", "Id"};
static const char *const SENT_NAMES[] = {"sentAt", "sent_at", "date", "SentAt", "SENT_AT", "Date"};

START_TEST(a_header_may_use_every_name)
{
    char text[200];
    struct batch batch;
    for (int id = 0; id < COUNT_OF(ID_NAMES); id++)
        for (int sent = 0; sent < COUNT_OF(SENT_NAMES); sent++) {
            snprintf(text, sizeof text, "%s,x,%s,%s\n1795421880,y,+33612345678,1000\n",
                     SENT_NAMES[sent], PHONE_NAMES[_i], ID_NAMES[id]);
            read_batch(&batch, text, text);
            expect_message(text, &batch, 0, NUMBER_A, 1000, SENT_MS);
            batch_release(&batch);
        }
}
END_TEST

static const struct {
    const char *name, *text;
} EMPTY[] = {
    {"no byte", ""},
    {"empty line", "\n"},
    {"blanks", "   \n \n"},
    {"comments", "# a\n# b\n"},
    {"mark alone", "\xEF\xBB\xBF"},
    {"header alone", "phone,id\n"},
    {"header without line end", "phone;id"},
};

START_TEST(an_empty_batch_is_no_error)
{
    struct batch batch;
    read_batch(&batch, EMPTY[_i].name, EMPTY[_i].text);
    expect_counts(EMPTY[_i].name, &batch, 0, 0);
    batch_release(&batch);
}
END_TEST

START_TEST(several_messages_keep_their_order)
{
    struct batch batch;
    read_batch(&batch, "order", "id;to\n3;+33612345678\n1;+33687654321\n# x\n\n2;+33612345678\n");
    expect_counts("order", &batch, 3, 0);
    expect_message("order", &batch, 0, NUMBER_A, 3, MESSAGE_SENT_UNKNOWN);
    expect_message("order", &batch, 1, NUMBER_B, 1, MESSAGE_SENT_UNKNOWN);
    expect_message("order", &batch, 2, NUMBER_A, 2, MESSAGE_SENT_UNKNOWN);
    batch_release(&batch);
}
END_TEST

/* A time without an offset belongs to --timezone. */
START_TEST(sent_times_are_local)
{
    struct batch batch;
    zone_set("CET-1CEST,M3.5.0,M10.5.0/3");
    read_batch(&batch, "Paris", "+33612345678,1000,2026-11-23 09:18:00\n");
    zone_reset();
    expect_message("Paris", &batch, 0, NUMBER_A, 1000, SENT_MS);
    batch_release(&batch);
}
END_TEST

/* Once the separator is settled, plain lines are read another way. */
static const char *const LINES[] = {
    "+33612345678,1000",
    "+33612345678,1000,",
    "+33612345678,1000,1795421880",
    "+33612345678,1000,2026-11-23 08:18:00Z",
    "+33612345678,1000,2026-11-23T08:18:00",
    "+33612345678,1000,1795421880,Paris",
    "+33612345678,1000,soon",
    "+33612345678,",
    "+33612345678",
    "+33612345678,1000x",
    "+33612345678,0001000",
    "+33612345678,9999999999999999999",
    "+33612345678,99999999999999999999",
    "+33612345678,-1",
    "+33612345678, 1000",
    "+33612345678 ,1000",
    "+3361234567,1000",
    "+33612345,1000",
    "+3361234,1000",
    "+336123456789012,1000",
    "+3361234567890123,1000",
    "+0612345678,1000",
    "+,1000",
    "+33612345678,NULL",
    "0612345678,1000",
    "#+33612345678,1000",
};

START_TEST(a_line_means_the_same_wherever_it_stands)
{
    char text[128];
    struct batch alone, second;
    read_batch(&alone, LINES[_i], LINES[_i]);
    snprintf(text, sizeof text, "+33687654321,5\n%s\n", LINES[_i]);
    read_batch(&second, LINES[_i], text);
    ck_assert_uint_eq(second.invalid, alone.invalid);
    ck_assert_uint_eq(second.messages.count, alone.messages.count + 1);
    if (alone.messages.count > 0)
        expect_message(LINES[_i], &second, 1, alone.messages.items[0].number,
                       alone.messages.items[0].id, alone.messages.items[0].sent_ms);
    batch_release(&alone);
    batch_release(&second);
}
END_TEST

void batch_add_delimited_cases(Suite *suite)
{
    TCase *core = add_case(suite, "delimited");
    add_folder(core);
    tcase_add_loop_test(core, one_message_in_every_form, 0, COUNT_OF(FILES));
    tcase_add_loop_test(core, a_line_means_the_same_wherever_it_stands, 0, COUNT_OF(LINES));
    tcase_add_loop_test(core, a_header_may_use_every_name, 0, COUNT_OF(PHONE_NAMES));
    tcase_add_loop_test(core, an_empty_batch_is_no_error, 0, COUNT_OF(EMPTY));
    tcase_add_test(core, several_messages_keep_their_order);
    tcase_add_test(core, sent_times_are_local);
}
