/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The good forms: whatever a batch looks like, the right messages are
 * asked for. What is refused is in test_batch_errors.c.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define A    "+33639980001"
#define B    "+33639980002"
#define BOTH A ":1 " B ":2"
#define BOM  "\xEF\xBB\xBF"

struct form_row {
    const char *name;
    const char *batch; /* ' for " where the name begins with JSON */
    const char *asked;
};

static const struct form_row forms[] = {
    {"comma", A ",1\n" B ",2\n", BOTH},
    {"semicolon", A ";1\n" B ";2\n", BOTH},
    {"tab", A "\t1\n" B "\t2\n", BOTH},
    {"blank", A " 1\n" B " 2\n", BOTH},
    {"several blanks", A "   1\n" B "  2  \n", BOTH},
    {"blanks around commas", A " , 1\n" B " , 2 \n", BOTH},
    {"with sent times", A ",1,1517934400\n" B ",2,2018-02-06T16:26:40Z\n", BOTH},
    {"empty sent time", A ",1,\n" B ",2,\n", BOTH},
    {"blank-separated date and time", A " 1 2018-02-06 16:26:40\n" B " 2 1517934400\n", BOTH},
    {"tab, time with a blank", A "\t1\t2018-02-06 16:26:40\n" B "\t2\t\n", BOTH},
    {"no line end at the end", A ",1\n" B ",2", BOTH},
    {"CRLF", A ",1\r\n" B ",2\r\n", BOTH},
    {"CRLF and empty lines", "\r\n" A ",1\r\n\r\n" B ",2\r\n\r\n", BOTH},
    {"byte-order mark", BOM A ",1\n" B ",2\n", BOTH},
    {"byte-order mark and header", BOM "phone,id\r\n" A ",1\r\n" B ",2\r\n", BOTH},
    {"comments", "# first\n" A ",1\n#" B ",3\n\n# more\n" B ",2\n", BOTH},
    {"comment before the header", "# export\nphone,id\n" A ",1\n" B ",2\n", BOTH},
    {"header", "phoneNumber,messageId\n" A ",1\n" B ",2\n", BOTH},
    {"header, order turned", "messageId,phoneNumber\n1," A "\n2," B "\n", BOTH},
    {"header, sent time first", "sentAt;phoneNumber;messageId\n1517934400;" A ";1\n;" B ";2\n",
     BOTH},
    {"header phone id date", "phone,id,date\n" A ",1,\n" B ",2,1517934400\n", BOTH},
    {"header number message_id sent_at", "number,message_id,sent_at\n" A ",1,\n" B ",2,\n", BOTH},
    {"header to", "id,to\n1," A "\n2," B "\n", BOTH},
    {"header, capitals", "PHONENUMBER,MESSAGEID,SENTAT\n" A ",1,\n" B ",2,\n", BOTH},
    {"header, mixed case", "Message_Id;Phone\n1;" A "\n2;" B "\n", BOTH},
    {"header, further columns", "name,to,text,id,cost\nx," A ",hi,1,0.04\ny," B ",,2,\n", BOTH},
    {"header, quoted", "\"phoneNumber\";\"messageId\"\n\"" A "\";\"1\"\n\"" B "\";\"2\"\n", BOTH},
    {"header with tabs", "id\tphone\n1\t" A "\n2\t" B "\n", BOTH},
    {"header with blanks", "id phone\n1 " A "\n2 " B "\n", BOTH},
    {"header alone is no message", "phone,id\n" A ",1\n", A ":1"},
    {"quotes", "\"" A "\",\"1\"\n" B ",\"2\"\n", BOTH},
    {"quoted separators", "text,to,id\n\"a, \"\"b\"\", c\"," A ",1\n\";\"," B ",2\n", BOTH},
    {"quoted line end", "text,to,id\n\"two\nlines\"," A ",1\n\"crlf\r\nhere\"," B ",2\n", BOTH},
    {"the order of the batch is kept", B ",2\n" A ",1\n", B ":2 " A ":1"},
    {"JSON array", "[{'phoneNumber':'" A "','messageId':1},{'phoneNumber':'" B "','messageId':2}]",
     BOTH},
    {"JSON array, pretty",
     "[\n  {\n    'phoneNumber': '" A "',\n    'messageId': 1\n  },\n  {\n    'phoneNumber': '" B
     "',\n    'messageId': '2'\n  }\n]\n",
     BOTH},
    {"JSON array after blanks",
     "\n\n  [{'phone':'" A "','id':'1'},\n{'to':'" B "','message_id':2}]", BOTH},
    {"JSON array, other names",
     "[{'ID':1,'NUMBER':'" A "'},{'MessageId':2,'Phone':'" B "','sent_at':null}]", BOTH},
    {"JSON with sent times",
     "[{'phone':'" A "','id':1,'sentAt':1517934400},{'phone':'" B
     "','id':2,'date':'2018-02-06T16:26:40Z'}]",
     BOTH},
    {"JSON with byte-order mark", BOM "[{'phone':'" A "','id':1},{'phone':'" B "','id':2}]", BOTH},
    {"JSON, unknown fields",
     "[{'deep':{'id':9,'phone':['x']},'phone':'" A "','id':1,'cost':1e-3},{'phone':'" B
     "','id':2,'text':'a\\n\\u00e9'}]",
     BOTH},
    {"JSON lines", "{'phoneNumber':'" A "','messageId':1}\n{'phoneNumber':'" B "','messageId':2}\n",
     BOTH},
    {"JSON lines, CRLF and empty lines",
     "{'phone':'" A "','id':1}\r\n\r\n{'phone':'" B "','id':2}\r\n", BOTH},
    {"JSON lines with byte-order mark", BOM "{'phone':'" A "','id':1}\n{'phone':'" B "','id':2}",
     BOTH},
    {"JSON, one object", "{'phone':'" A "','id':1}", A ":1"},
    {"JSON request form",
     "{'SMSStatut_List':[{'phoneNumber':'" A "','messageId':1},{'phoneNumber':'" B
     "','messageId':2}]}",
     BOTH},
    {"JSON request form, pretty, with a key",
     "{\n 'apiKey': 'not-this-one',\n 'SMSStatut_List': [\n  {\n   'phoneNumber': '" A
     "',\n   'messageId': 1\n  },\n  {\n   'phoneNumber': '" B
     "',\n   'messageId': 2\n  }\n ],\n '_format': 'json'\n}\n",
     BOTH},
    {"JSON request form with byte-order mark",
     BOM "{'SMSStatut_List':[{'phoneNumber':'" A "','messageId':1}]}", A ":1"},
};

static const char *batch_of(const struct form_row *row)
{
    return strncmp(row->name, "JSON", 4) == 0 ? json_quotes(row->batch) : row->batch;
}

START_TEST(forms_from_a_file)
{
    const struct form_row *row = &forms[_i];
    const struct result *result;

    canned_deliver();
    write_file("batch", batch_of(row));
    result = ask("-b batch");
    ck_assert_msg(result->exit_code == OK, "%s\n%s", row->name, shown(result));
    ck_assert_msg(strcmp(canned_asked(), row->asked) == 0, "%s: %s", row->name, canned_asked());
    expect_metrics(result, "invalid=0 duplicates=0");
}
END_TEST

START_TEST(forms_from_standard_input)
{
    const struct form_row *row = &forms[_i];
    const struct how how = {.input = INPUT_TEXT, .text = batch_of(row)};
    const struct result *result;

    canned_deliver();
    result = ask_how("--batch -", &how);
    ck_assert_msg(result->exit_code == OK, "%s\n%s", row->name, shown(result));
    ck_assert_msg(strcmp(canned_asked(), row->asked) == 0, "%s: %s", row->name, canned_asked());
}
END_TEST

struct phone_row {
    const char *phone;
    const char *options;
    const char *sent;
};

static const struct phone_row phones[] = {
    {"+33639980001", "", A},
    {"0033639980001", "", A},
    {"0639980001", "", A},
    {"33639980001", "", A},
    {"06 39 98 00 01", "", A},
    {"06.39.98.00.01", "", A},
    {"06-39-98-00-01", "", A},
    {"(06) 39 98 00 01", "", A},
    {"+33 6 39 98 00 01", "", A},
    {"+33 (0)6 39 98 00 01", "", A},
    {"+33(0)639980001", "", A},
    {"00 33 6.39-98 00 01", "", A},
    {"0639980001", "--country-code 33", A},
    {"0639980001", "--country-code=49", "+49639980001"},
    {"0639980001", "--country-code 352", "+352639980001"},
    {"+33639980001", "--country-code 44", A},
    {"33639980001", "--country-code 44", A},
    {"+12345678", "", "+12345678"},
    {"+123456789012345", "", "+123456789012345"},
    {"12345678", "", "+12345678"},
};

START_TEST(phone_forms)
{
    const struct phone_row *row = &phones[_i];

    canned_deliver();
    write_file("batch", format("%s,1\n", row->phone));
    expect_exit(ask(format("-b batch %s", row->options)), OK);
    ck_assert_str_eq(canned_asked(), format("%s:1", row->sent));
}
END_TEST

START_TEST(phone_forms_in_json)
{
    const struct phone_row *row = &phones[_i];

    canned_deliver();
    write_file("batch", json_quotes(format("[{'phone':'%s','id':1}]", row->phone)));
    expect_exit(ask(format("-b batch %s", row->options)), OK);
    ck_assert_str_eq(canned_asked(), format("%s:1", row->sent));
}
END_TEST

/* Where messages come from, and in which order. */
struct source_row {
    const char *options;
    const char *asked;
    const char *metrics;
};

static const struct source_row sources[] = {
    {"-m " A ":1", A ":1", "messages=1"},
    {"--message=" A ":1", A ":1", "messages=1"},
    {"-m 0639980001:1 -m 0639980002:2", BOTH, "messages=2"},
    {"-m " A ":1:1517934400", A ":1", "latency_max=~5000"},
    {"-m " A ":1:2018-02-06T16:26:40Z", A ":1", "latency_max=~5000"},
    {"-m '" A ":1:2018-02-06 17:26:40' --timezone Europe/Paris", A ":1", "latency_max=~5000"},
    {"-m '06 39 98 00 01:1'", A ":1", "messages=1"},
    {"-b one -b two", BOTH, "messages=2"},
    {"-b two -b one", B ":2 " A ":1", "messages=2"},
    {"--batch=one --batch two", BOTH, "messages=2"},
    {"-b one -m " B ":2", BOTH, "messages=2"},
    {"-m " B ":2 -b one", B ":2 " A ":1", "messages=2"},
    {"-m " B ":3 -b two -m " A ":4 -b one", B ":3 " B ":2 " A ":4 " A ":1", "messages=4"},
    {"-b one -b one -m " A ":01", A ":1", "messages=1 duplicates=2"},
    {"-b json -b two", BOTH, "messages=2"},
    {"-b empty -b one", A ":1", "messages=1"},
};

START_TEST(sources_in_command_line_order)
{
    const struct source_row *row = &sources[_i];
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_DELIVER, .date = "1517939400"}, 1);
    write_file("one", A ",1\n");
    write_file("two", "id;phone\n2;" B "\n");
    write_file("json", "[{\"phone\":\"" A "\",\"id\":1}]");
    write_file("empty", "");
    result = ask(row->options);
    expect_exit(result, OK);
    expect_metrics(result, row->metrics);
    ck_assert_str_eq(canned_asked(), row->asked);
}
END_TEST

START_TEST(standard_input_among_others)
{
    const struct how how = {.input = INPUT_TEXT, .text = B ",2\n"};

    canned_deliver();
    write_file("one", A ",1\n");
    expect_exit(ask_how("-b one -b - -m " A ":3", &how), OK);
    ck_assert_str_eq(canned_asked(), BOTH " " A ":3");
}
END_TEST

/* Five records, the hours ago they were sent, and what --since and --last leave of them. */
struct choice_row {
    const char *options;
    const char *ids;
    const char *metrics;
};

static const struct choice_row choices[] = {
    {"", "1 2 3 4 5", "messages=5 duplicates=1"},
    {"--last 2", "4 5", "messages=2 duplicates=0"},
    {"--last 4", "2 3 4 5", "messages=4 duplicates=0"},
    {"--last 5", "2 3 4 5", "messages=4 duplicates=1"},
    {"--last 100", "1 2 3 4 5", "messages=5 duplicates=1"},
    {"--last=1", "5", "messages=1 duplicates=0"},
    {"--since 90m", "1", "messages=1 duplicates=0"},
    {"--since 3.5h", "1 2 3", "messages=3 duplicates=0"},
    {"--since 1d", "1 2 3 4 5", "messages=5 duplicates=1"},
    {"--since 4h30m", NULL, NULL},
    {"--since 3.5h --last 2", "2 3", "messages=2 duplicates=0"},
    {"--last 2 --since 3.5h", "2 3", "messages=2 duplicates=0"},
    {"--since 10s", "", "messages=0 requests=0"},
};

/* In batch order: 1, 2, then 2 again, 3, 4, 5, aged one to five hours. */
static char *aged_batch(void)
{
    static const int ids[] = {1, 2, 2, 3, 4, 5};
    static const int ages[] = {1, 2, 7, 3, 4, 5};
    char *batch = format("%s", "");

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        batch = format("%s" A ",%d,%ld\n", batch, ids[i], (long)time(NULL) - ages[i] * 3600L);
    }
    return batch;
}

static char *ids_asked(void)
{
    char *ids = canned_asked();
    char *to = ids;

    for (const char *from = ids; *from != '\0';) {
        from = strchr(from, ':') + 1;
        while (*from >= '0' && *from <= '9') {
            *to++ = *from++;
        }
        *to = *from;
        to += *from != '\0';
        from += *from != '\0';
    }
    *to = '\0';
    return ids;
}

START_TEST(since_then_last_then_duplicates)
{
    const struct choice_row *row = &choices[_i];
    const struct result *result;

    canned_deliver();
    write_file("batch", aged_batch());
    result = ask(format("-b batch %s", row->options));
    if (row->ids == NULL) {
        expect_exit(result, UNKNOWN);
        ck_assert_uint_eq(canned_count(), 0);
        return;
    }
    expect_metrics(result, row->metrics);
    ck_assert_str_eq(ids_asked(), row->ids);
    expect_exit(result, row->ids[0] == '\0' ? UNKNOWN : OK);
}
END_TEST

START_TEST(last_counts_over_all_sources)
{
    canned_deliver();
    write_file("one", A ",1\n" A ",2\n");
    expect_exit(ask("--last 2 -b one -m " B ":3"), OK);
    ck_assert_str_eq(canned_asked(), A ":2 " B ":3");
}
END_TEST

struct nothing_row {
    const char *batch;
    const char *options;
    int exit_code;
};

static const struct nothing_row nothings[] = {
    {"", "", UNKNOWN},
    {"\n\n", "", UNKNOWN},
    {"# nobody\n", "", UNKNOWN},
    {"phone,id\n", "", UNKNOWN},
    {"phone;id;sent_at", "", UNKNOWN},
    {"[]", "", UNKNOWN},
    {" [ ] \n", "", UNKNOWN},
    {"{\"SMSStatut_List\":[]}", "", UNKNOWN},
    {BOM, "", UNKNOWN},
    {"", "--no-data ok", OK},
    {"", "--no-data warning", WARNING},
    {"", "--no-data critical", CRITICAL},
    {"", "--no-data unknown", UNKNOWN},
    {"", "--no-data 0", OK},
    {"", "--no-data 2", CRITICAL},
    {"[]", "--no-data=0", OK},
};

START_TEST(nothing_to_check_is_no_data)
{
    const struct nothing_row *row = &nothings[_i];
    const struct result *result;

    canned_deliver();
    write_file("batch", row->batch);
    result = ask(format("-b batch %s", row->options));
    expect_exit(result, row->exit_code);
    expect_first(result, "no message settled yet");
    expect_metrics(result, "messages=0 delivered_ratio=U failed_ratio=U invalid=0 requests=0");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(large_input)
{
    enum { COPIES = 60 };
    char *part = many(1, 2000, ",2018-02-06T16:26:40Z");
    size_t size = strlen(part);
    char *text = store_alloc(COPIES * size + 1);
    const struct how how = {.input = INPUT_TEXT, .text = text};

    for (size_t i = 0; i < COPIES; i++) {
        memcpy(text + i * size, part, size);
    }
    canned_deliver();
    expect_metrics(ask_how("-b -", &how), "messages=2000 duplicates=118000 requests=4");
}
END_TEST

Suite *batch_suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *tcase = harness_case(suite, "forms");

    tcase_add_loop_test(tcase, forms_from_a_file, 0, ROWS(forms));
    tcase_add_loop_test(tcase, forms_from_standard_input, 0, ROWS(forms));
    tcase_add_loop_test(tcase, phone_forms, 0, ROWS(phones));
    tcase_add_loop_test(tcase, phone_forms_in_json, 0, ROWS(phones));
    tcase_add_test(tcase, large_input);
    tcase = harness_case(suite, "sources");
    tcase_add_loop_test(tcase, sources_in_command_line_order, 0, ROWS(sources));
    tcase_add_test(tcase, standard_input_among_others);
    tcase_add_loop_test(tcase, since_then_last_then_duplicates, 0, ROWS(choices));
    tcase_add_test(tcase, last_counts_over_all_sources);
    tcase_add_loop_test(tcase, nothing_to_check_is_no_data, 0, ROWS(nothings));
    return suite;
}
