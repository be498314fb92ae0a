/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the service says of a message, and the one outcome the plugin
 * makes of it. Latency and age are in test_latency.c.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <ctype.h>
#include <string.h>

struct status_row {
    const char *status;
    const char *outcome;
    int exit_code;
};

static const struct status_row statuses[] = {
    {"Delivered", "delivered", OK},
    {"DELIVRD", "delivered", OK},
    {"Not delivered", "undelivered", CRITICAL},
    {"ko", "undelivered", CRITICAL},
    {"UNDELIV", "undelivered", CRITICAL},
    {"EXPIRED", "undelivered", CRITICAL},
    {"REJECTD", "undelivered", CRITICAL},
    {"Waiting", "waiting", UNKNOWN},
    {"PENDING", "waiting", UNKNOWN},
    {"ENROUTE", "waiting", UNKNOWN},
    {"ACCEPTD", "waiting", UNKNOWN},
    {"Sent", "waiting", UNKNOWN},
    {"UNKNOWN", "unknown", UNKNOWN},
    {"Frobnicated", "unknown", UNKNOWN},
    {"", "unknown", UNKNOWN},
    {"Delivere", "unknown", UNKNOWN},
    {"Delivered!", "unknown", UNKNOWN},
    {"Not", "unknown", UNKNOWN},
    {"Undelivered yet", "unknown", UNKNOWN},
    {"4", "unknown", UNKNOWN},
};

static char *in_case(const char *word, int style)
{
    char *copy = format("%s", word);

    for (size_t i = 0; copy[i] != '\0'; i++) {
        int c = (unsigned char)copy[i];

        if (style == 1 || (style == 3 && i % 2 == 1)) {
            copy[i] = (char)toupper(c);
        } else if (style >= 2) {
            copy[i] = (char)tolower(c);
        }
    }
    return copy;
}

/* As written, upper, lower and alternating. */
START_TEST(status_words)
{
    const struct status_row *row = &statuses[_i / 4];
    const char *word = in_case(row->status, _i % 4);
    const struct result *result;

    canned_items(format("{" GOOD WHO("1") ",'status':'%s','date':'1517934416'," FLAGS "}", word));
    write_file("batch", MESSAGE("1"));
    result = ask("-b batch");
    expect_metrics(result, format("messages=1 %s=1 requests=1", row->outcome));
    expect_exit(result, row->exit_code);
}
END_TEST

#define CODE(code, status) "{'success':false,'code':" code "," WHO("1") ",'status':'" status "'}"
#define ONE(name, items, exit_code, metrics)                                                       \
    {                                                                                              \
        name, MESSAGE("1"), items, NULL, exit_code, NULL, "messages=1 " metrics, NULL, NULL        \
    }

static const struct row single[] = {
    ONE("code 4", CODE("4", "Number not found"), CRITICAL, "not_found=1"),
    ONE("code 4, French", CODE("4", "Num\\u00e9ro introuvable"), CRITICAL, "not_found=1"),
    ONE("code 4, says Delivered", CODE("4", "Delivered"), CRITICAL, "not_found=1"),
    ONE("code 4, no status", "{'success':false,'code':4," WHO("1") "}", CRITICAL, "not_found=1"),
    ONE("code 4 as text", CODE("'4'", "x"), CRITICAL, "not_found=1"),
    ONE("code 2", CODE("2", "x"), CRITICAL, "not_found=1"),
    ONE("code 3", CODE("3", "x"), CRITICAL, "not_found=1"),
    ONE("code 6", CODE("6", "x"), CRITICAL, "not_found=1"),
    ONE("code 9", CODE("9", "x"), CRITICAL, "not_found=1"),
    ONE("code 9 as text", CODE("'9'", "Delivered"), CRITICAL, "not_found=1"),
    ONE("code 1", CODE("1", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("code 5", CODE("5", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("code 10", CODE("10", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("code 55", CODE("55", "Not delivered"), UNKNOWN, "unknown=1"),
    ONE("code 500 as text", CODE("'500'", "Waiting"), UNKNOWN, "unknown=1"),
    ONE("code 40, no status", "{'success':false,'code':40," WHO("1") "}", UNKNOWN, "unknown=1"),
    ONE("code 2004", CODE("2004", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("200 as text", "{'success':true,'code':'200'," WHO("1") ",'status':'Delivered'}", OK,
        "delivered=1"),
    ONE("no code", "{" WHO("1") ",'status':'Delivered'}", OK, "delivered=1"),
    ONE("no status", "{" GOOD WHO("1") "}", UNKNOWN, "unknown=1"),
    ONE("null status", "{" GOOD WHO("1") ",'status':null}", UNKNOWN, "unknown=1"),
    ONE("number as status", "{" GOOD WHO("1") ",'status':7}", UNKNOWN, "unknown=1"),
    ONE("unknown fields",
        "{'cost':0.045,'deep':{'a':[1,{'status':'Waiting'}]},'countryCode':'FR'," GOOD WHO(
            "1") ",'status':'Delivered','currency':null,'list':[[]]," FLAGS "}",
        OK, "delivered=1"),
    ONE("fields in another order",
        "{" FLAGS ",'status':'Delivered','messageId':1,'code':200,"
        "'phoneNumber':'+33639980001','success':true}",
        OK, "delivered=1"),
};

START_TEST(single_items)
{
    run_row(&single[_i]);
}
END_TEST

struct flag_row {
    const char *flags;
    int spam;
    int stop;
};

static const struct flag_row flags[] = {
    {"'isSpam':'1'", 1, 0},
    {"'isSpam':1", 1, 0},
    {"'isSpam':true", 1, 0},
    {"'isSpam':'0'", 0, 0},
    {"'isSpam':0", 0, 0},
    {"'isSpam':false", 0, 0},
    {"'isSpam':null", 0, 0},
    {"'isSpam':''", 0, 0},
    {"'stopSms':'1'", 0, 1},
    {"'stopSms':1", 0, 1},
    {"'stopSms':true", 0, 1},
    {"'stopSms':'0'", 0, 0},
    {"'stopSms':false", 0, 0},
    {"'stopSms':null", 0, 0},
    {"'stopSMS':'1'", 0, 1},
    {"'stopSMS':1", 0, 1},
    {"'stopSMS':true", 0, 1},
    {"'stopSMS':false", 0, 0},
    {"'stopSms':true,'isSpam':1", 1, 1},
    {"'cost':1", 0, 0},
};

START_TEST(flags_in_every_type)
{
    const struct flag_row *row = &flags[_i];
    const struct result *result;

    canned_items(
        format("{" GOOD WHO("1") ",'status':'Delivered','date':'1517934416',%s}", row->flags));
    write_file("batch", MESSAGE("1"));
    result = ask("-b batch");
    expect_metrics(result, format("delivered=1 spam=%d stop=%d", row->spam, row->stop));
    expect_exit(result, row->spam + row->stop > 0 ? WARNING : OK);
}
END_TEST

#define NUMBER(number, status)                                                                     \
    "{" GOOD "'phoneNumber':" number ",'messageId':1,'status':'" status "'," FLAGS "}"
#define IDENT(id, status)                                                                          \
    "{" GOOD "'phoneNumber':'+33639980001','messageId':" id ",'status':'" status "'," FLAGS "}"

static const struct row matching[] = {
    ONE("national", NUMBER("'0639980001'", "Delivered"), OK, "delivered=1"),
    ONE("national, spaced", NUMBER("'06 39 98 00 01'", "Delivered"), OK, "delivered=1"),
    ONE("spaced", NUMBER("'+33 6 39 98 00 01'", "Delivered"), OK, "delivered=1"),
    ONE("00", NUMBER("'0033639980001'", "Delivered"), OK, "delivered=1"),
    ONE("digits alone", NUMBER("'33639980001'", "Delivered"), OK, "delivered=1"),
    ONE("dots", NUMBER("'06.39.98.00.01'", "Delivered"), OK, "delivered=1"),
    ONE("number as number", NUMBER("33639980001", "Delivered"), OK, "delivered=1"),
    ONE("another number", NUMBER("'+33639980002'", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("another country", NUMBER("'+44639980001'", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("null number", NUMBER("null", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("garbage number", NUMBER("'abc'", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("id as text", IDENT("'1'", "Delivered"), OK, "delivered=1"),
    ONE("id with zeros", IDENT("'0001'", "Delivered"), OK, "delivered=1"),
    ONE("another id", IDENT("2", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("id beyond 64 bits", IDENT("18446744073709551617", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("negative id", IDENT("-1", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("null id", IDENT("null", "Delivered"), UNKNOWN, "unknown=1"),
    ONE("no item", "", UNKNOWN, "unknown=1"),
    ONE("doubled: the first one counts", ITEM("1", "Delivered") "," ITEM("1", "Not delivered"), OK,
        "delivered=1"),
    ONE("doubled the other way", ITEM("1", "Not delivered") "," ITEM("1", "Delivered"), CRITICAL,
        "undelivered=1"),
    ONE("nobody asked for 2", ITEM("2", "Not delivered") "," ITEM("1", "Delivered"), OK,
        "delivered=1"),
    ONE("only what nobody asked for", ITEM("2", "Delivered"), UNKNOWN, "unknown=1"),
    {"order turned round", MESSAGE("1") MESSAGE("2") MESSAGE("3"),
     ITEM("3", "Waiting") "," LOST("2") "," ITEM("1", "Delivered"), NULL, CRITICAL,
     "50.00% delivered (1 of 2)", "delivered=1 not_found=1 waiting=1", "message 2 to",
     "message 1 to"},
    {"one id, three recipients", "+33639980001,7\n+33639980002,7\n+33639980003,7\n",
     "{" GOOD "'phoneNumber':'+33639980003','messageId':7,'status':'Not delivered'},"
     "{" GOOD "'phoneNumber':'+33639980001','messageId':7,'status':'Delivered'},"
     "{" GOOD "'phoneNumber':'+33639980002','messageId':7,'status':'Delivered','isSpam':'1'}",
     NULL, CRITICAL, "66.66% delivered (2 of 3)", "delivered=2 undelivered=1 spam=1 duplicates=0",
     NULL, NULL},
    {"one recipient, two ids", "+33639980001,7\n+33639980001,8\n",
     "{" GOOD "'phoneNumber':'+33639980001','messageId':8,'status':'Not delivered'},"
     "{" GOOD "'phoneNumber':'+33639980001','messageId':7,'status':'Delivered'}",
     NULL, CRITICAL, NULL, "delivered=1 undelivered=1", "message 8 to", NULL},
    {"ids of 19 digits differ in the last",
     "+33639980001,9223372036854775807\n+33639980001,9223372036854775806\n",
     "{" GOOD "'phoneNumber':'+33639980001','messageId':9223372036854775806,'status':'ko'},"
     "{" GOOD "'phoneNumber':'+33639980001','messageId':9223372036854775807,'status':'Delivered'}",
     NULL, CRITICAL, NULL, "delivered=1 undelivered=1", "message 9223372036854775806 to", NULL},
    {"the largest id", "+33639980001,9999999999999999999\n",
     "{" GOOD "'phoneNumber':'+33639980001','messageId':9999999999999999999,'status':'ko'}", NULL,
     CRITICAL, NULL, "undelivered=1", "message 9999999999999999999 to", NULL},
    {"the largest id as text", "+33639980001,9999999999999999999\n",
     "{" GOOD
     "'phoneNumber':'+33639980001','messageId':'9999999999999999999','status':'Delivered'}",
     NULL, OK, NULL, "delivered=1", NULL, NULL},
    {"missing among others", MESSAGE("1") MESSAGE("2"), ITEM("2", "Delivered"), NULL, UNKNOWN,
     "100.00% delivered (1 of 1)", "delivered=1 unknown=1", "message 1 to", NULL},
};

START_TEST(matching_by_id_and_number)
{
    run_row(&matching[_i]);
}
END_TEST

static const char documented[] = "+33699999993,111111\n+33699999992,1000\n+33699999991,1001\n";

START_TEST(documentation_sample)
{
    const struct result *result;

    canned_items("{'success':true,'code':200,'phoneNumber':'+33699999993','messageId':111111,"
                 "'status':'Delivered','date':'1517934416','stopSms':'0','isSpam':'0'},"
                 "{'success':false,'code':4,'phoneNumber':'+33699999992','messageId':1000,"
                 "'status':'Number not found'},"
                 "{'success':false,'code':4,'phoneNumber':'+33699999991','messageId':1001,"
                 "'status':'Number not found'}");
    write_file("batch", documented);
    result = ask("-b batch");
    expect_exit(result, CRITICAL);
    expect_first(result, "SMSPARTNER CRITICAL - 33.33% delivered (1 of 3), 2 not found");
    expect_metrics(result, "messages=3 delivered=1 not_found=2 requests=1 invalid=0 duplicates=0");
    expect_text(result, "[CRITICAL] delivered_ratio 33.33");
    expect_text(result, "\n[not found] message 1000 to +336*****992: Number not found (code 4)\n");
}
END_TEST

/* The simulator's spellings of one and the same truth. */
static const char scenario[] = "+33639980001,1,Delivered,1517934416,0,0\n"
                               "+33639980002,2,Delivered,1517934416,1,0\n"
                               "+33639980003,3,Not delivered,1517934416,0,0\n"
                               "+33639980004,4,Waiting,,0,0\n"
                               "+33639980005,5,Delivered,1517934416,0,1\n";

static const char five_and_one[] =
    MESSAGE("1") MESSAGE("2") MESSAGE("3") MESSAGE("4") MESSAGE("5") MESSAGE("6");

static const char *const spellings[] = {
    "shuffle",
    "doubled",
    "unasked",
    "waiting-date",
    "waiting-empty-date",
    "waiting-null-date",
    "date-int",
    "date-text",
    "date-iso",
    "flags-int",
    "flags-bool",
    "stop-upper",
    "id-text",
    "code-text",
    "lower-case",
    "smpp",
    "number-national",
    "number-spaced",
    "number-00",
    "number-digits",
    "english",
    "escaped",
    "extra-fields",
    "null-fields",
    "no-success",
    "date-ms",

    "pretty",
    "shuffle,doubled,unasked,id-text,code-text,flags-bool,date-int,number-spaced,lower-case",
};

START_TEST(every_spelling_means_the_same)
{
    const struct result *result;

    simulator_start(scenario, format("--odd %s", spellings[_i]));
    write_file("batch", five_and_one);
    result = ask("-b batch");
    expect_metrics(result, "messages=6 delivered=3 undelivered=1 waiting=1 not_found=1 unknown=0 "
                           "overdue=0 spam=1 stop=1 delivered_ratio=60 requests=1");
    expect_exit(result, CRITICAL);
}
END_TEST

START_TEST(plain_simulator)
{
    const struct result *result;

    simulator_start(scenario, NULL);
    write_file("batch", five_and_one);
    result = ask("-b batch");
    expect_metrics(result, "messages=6 delivered=3 undelivered=1 waiting=1 not_found=1 unknown=0 "
                           "spam=1 stop=1");
    expect_first(result, "60.00% delivered (3 of 5), 1 not delivered");
}
END_TEST

START_TEST(empty_list_is_unknown)
{
    const struct result *result;

    simulator_start(scenario, "--odd empty-list");
    write_file("batch", five_and_one);
    result = ask("-b batch");
    expect_metrics(result, "messages=6 unknown=6 delivered_ratio=U");
    expect_exit(result, UNKNOWN);
}
END_TEST

START_TEST(missing_entries_are_unknown)
{
    const struct result *result;

    simulator_start(scenario, "--odd missing=3");
    write_file("batch", five_and_one);
    result = ask("-b batch");
    expect_metrics(result, "messages=6 unknown=2");
}
END_TEST

/* Nobody promises French status words; what they are not is delivered. */
START_TEST(french_words_are_unknown)
{
    const struct result *result;

    simulator_start(scenario, "--odd french-status");
    write_file("batch", five_and_one);
    result = ask("-b batch");
    expect_metrics(result, "messages=6 unknown=5 not_found=1 spam=1 stop=1");
}
END_TEST

START_TEST(hostile_words_of_the_simulator)
{
    const struct result *result;

    simulator_start(scenario, "--odd html-status");
    write_file("batch", five_and_one);
    result = ask(format("-b batch %s", _i == 0 ? "-vvv" : "-o json"));
    expect_metrics(result, "messages=6 not_found=1");
    expect_no_markup(result);
}
END_TEST

START_TEST(a_code_that_is_none)
{
    const struct result *result;

    canned_items("{'success':false,'code':'soon'," WHO("1") ",'status':'Odd'}");
    result = ask("-m +33639980001:1");
    expect_exit(result, UNKNOWN);
    expect_text(result, "Odd (code not understood)");
}
END_TEST

Suite *outcomes_suite(void)
{
    Suite *suite = suite_create("outcomes");
    TCase *tcase = harness_case(suite, "outcomes");

    tcase_add_test(tcase, documentation_sample);
    tcase_add_loop_test(tcase, status_words, 0, 4 * ROWS(statuses));
    tcase_add_loop_test(tcase, single_items, 0, ROWS(single));
    tcase_add_loop_test(tcase, flags_in_every_type, 0, ROWS(flags));
    tcase_add_loop_test(tcase, matching_by_id_and_number, 0, ROWS(matching));
    tcase = harness_case(suite, "simulator");
    tcase_add_test(tcase, plain_simulator);
    tcase_add_loop_test(tcase, every_spelling_means_the_same, 0, ROWS(spellings));
    tcase_add_test(tcase, empty_list_is_unknown);
    tcase_add_test(tcase, missing_entries_are_unknown);
    tcase_add_test(tcase, french_words_are_unknown);
    tcase_add_loop_test(tcase, hostile_words_of_the_simulator, 0, 2);
    tcase_add_test(tcase, a_code_that_is_none);
    return suite;
}
