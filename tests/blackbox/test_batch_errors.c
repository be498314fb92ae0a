/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is refused: invalid records with their place, --skip-invalid,
 * broken JSON, garbage, files that can't be read. Nothing is asked of the service before the whole
 * batch is sound.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

#define A "+33639980001"

/* A record that makes line 2 of "A,1 / RECORD / A,3" invalid. */
static const char *const invalid_records[] = {
    A ",",
    A,
    A ",NULL",
    A ",null",
    A ",abc",
    A ",-1",
    A ",+1",
    A ",1.5",
    A ",1e3",
    A ",0x10",
    A ",MOCK-1A2B3C4D",
    A ",12345678901234567890",
    A ",1 2",
    A ",\"\"",
    A ",1,tomorrow",
    A ",1,2018-02-31T00:00:00Z",
    ",1",
    ",",
    "NULL,1",
    "abc,1",
    "+,1",
    "++33639980001,1",
    "33+639980001,1",
    "+3363998,1",
    "0639,1",
    "+1234567890123456,1",
    "06399800x1,1",
    "0639980001/2,1",
    "1234567,1",
    "\"" A "\",\"1",
    "\xff\xfe,1",
    "\x01\x02,1",
};

START_TEST(invalid_record_ends_the_run)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", format(A ",1\n%s\n" A ",3\n", invalid_records[_i]));
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2: ");
    ck_assert_uint_eq(canned_count(), 0);
    expect(result, !result->has_perfdata);
}
END_TEST

static const char *const invalid_objects[] = {
    "{'phone':'" A "'}",
    "{'id':1}",
    "{}",
    "{'phone':'" A "','id':null}",
    "{'phone':'" A "','id':'NULL'}",
    "{'phone':'" A "','id':''}",
    "{'phone':'" A "','id':1.5}",
    "{'phone':'" A "','id':-1}",
    "{'phone':'" A "','id':true}",
    "{'phone':'" A "','id':[1]}",
    "{'phone':'" A "','id':12345678901234567890}",
    "{'phone':null,'id':1}",
    "{'phone':'06','id':1}",
    "{'phone':{'a':1},'id':1}",
    "{'phone':'" A "','id':1,'sentAt':'soon'}",
    "{'phone':'" A "','id':1,'sentAt':[]}",
    "7",
    "'text'",
    "null",
    "[]",
};

START_TEST(invalid_object_ends_the_run)
{
    static const char *const patterns[] = {
        "[{'phone':'" A "','id':1},\n%s,\n{'phone':'" A "','id':3}]",
        "{'SMSStatut_List':[{'phone':'" A "','id':1},\n%s,\n{'phone':'" A "','id':3}]}",
        "{'phone':'" A "','id':1}\n%s\n{'phone':'" A "','id':3}\n",
    };
    const char *pattern = patterns[_i % 3];
    const char *object = invalid_objects[_i / 3];
    const char *hole = strstr(pattern, "%s");
    const struct result *result;

    canned_deliver();
    write_file("batch",
               json_quotes(format("%.*s%s%s", (int)(hole - pattern), pattern, object, hole + 2)));
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2: ");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(invalid_object_is_skipped)
{
    const struct result *result;

    canned_deliver();
    write_file("batch",
               json_quotes(format("[{'phone':'" A "','id':1},\n%s,\n{'phone':'" A "','id':3}]",
                                  invalid_objects[_i])));
    result = ask("-b batch --skip-invalid");
    expect_exit(result, OK);
    expect_metrics(result, "messages=2 invalid=1");
    ck_assert_str_eq(canned_asked(), A ":1 " A ":3");
}
END_TEST

struct place_row {
    const char *batch;
    const char *options;
    const char *place;
    const char *count;
};

/* The first invalid one is named, and how many there are. */
static const struct place_row places[] = {
    {"x,1\n", "", "batch:1: ", "1"},
    {A ",1\nx,2\ny,3\n" A ",4\nz,5\n", "", "batch:2: ", "3"},
    {"# c\n\nphone,id\n" A ",1\n\n" A ",NULL\n" A ",\n", "", "batch:6: ", "2"},
    {"text,to,id\n\"a\nb\nc\"," A ",1\nq,x,2\n", "", "batch:5: ", "1"},
    {"\xEF\xBB\xBF" A ",1\r\nx,2\r\n", "", "batch:2: ", "1"},
    {A ",1\n", "-m x:1", "--message 1", "1"},
    {A ",1\n", "-m " A ":2 -m " A ":NULL -m x:3", "--message 2", "2"},
    {"x,1\n", "-m x:1", "batch:1: ", "2"},
    {A ",1\n", "-m " A, "--message 1", "1"},
    {A ",1\n", "-m ''", "--message 1", "1"},
    {A ",1\n", "-m :", "--message 1", "1"},
    {A ",1\n", "-m " A ":", "--message 1", "1"},
    {A ",1\n", "-m " A ":1:noon", "--message 1", "1"},
    {A ",1,1517934400\n" A ",2\n", "--since 1d", "batch:2: ", "1"},
    {A ",1,1517934400\n", "--since 1d -m " A ":2", "--message 1", "1"},
};

static bool has_word(const char *text, const char *word)
{
    static const char digits[] = "0123456789";
    size_t length = strlen(word);

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool starts = at == text || strchr(digits, at[-1]) == NULL;
        bool ends = at[length] == '\0' || strchr(digits, at[length]) == NULL;

        if (starts && ends) {
            return true;
        }
    }
    return false;
}

START_TEST(place_and_count_are_named)
{
    const struct place_row *row = &places[_i];
    const struct result *result;
    const char *after;

    canned_deliver();
    write_file("batch", row->batch);
    result = ask(format("-b batch %s", row->options));
    expect_exit(result, UNKNOWN);
    expect_first(result, row->place);
    after = strstr(result->out, row->place) + strlen(row->place);
    ck_assert_msg(strcmp(row->count, "1") == 0 || has_word(after, row->count),
                  "%s invalid records should be told\n%s", row->count, shown(result));
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(place_in_standard_input)
{
    const struct how how = {.input = INPUT_TEXT, .text = A ",1\nx,2\n"};

    canned_deliver();
    expect_first(ask_how("-b -", &how), ":2: ");
}
END_TEST

START_TEST(place_in_the_right_file)
{
    const struct result *result;

    canned_deliver();
    write_file("one", A ",1\n");
    write_file("two", A ",2\n" A ",3\nbad\n");
    result = ask("-b one -b two");
    expect_exit(result, UNKNOWN);
    expect_first(result, "two:3: ");
}
END_TEST

static const struct row skipped[] = {
    {"one of three", MESSAGE("1") "x,2\n" MESSAGE("3"), NULL, "--skip-invalid", OK, NULL,
     "messages=2 delivered=2 invalid=1", NULL, NULL},
    {"ids that were never given", MESSAGE("1") A ",NULL\n" A ",\n" A "\n", NULL, "--skip-invalid",
     OK, NULL, "messages=1 invalid=3", NULL, NULL},
    {"all of them", "x,1\ny,2\n", NULL, "--skip-invalid", UNKNOWN, "no message settled yet",
     "messages=0 invalid=2 requests=0", NULL, NULL},
    {"all of them, judged", "x,1\ny,2\n", NULL, "--skip-invalid -c invalid=1", CRITICAL, NULL,
     "messages=0 invalid=2", "[CRITICAL] invalid 2 is outside 1", NULL},
    {"judged", MESSAGE("1") "x,2\n", NULL, "--skip-invalid -w invalid=0", WARNING, NULL,
     "invalid=1", "[WARNING] invalid 1 is outside 0", NULL},
    {"a line of a spreadsheet before the header", "sep=;\nid;phone\n96041207;" A "\n", NULL,
     "--skip-invalid", OK, NULL, "messages=1 invalid=1 delivered=1", NULL, NULL},
    {"a bad -m", MESSAGE("1"), NULL, "--skip-invalid -m x -m " A ":5", OK, NULL,
     "messages=2 invalid=1", NULL, NULL},
    {"invalid counts the whole input", "x,1\n" MESSAGE("1") MESSAGE("2"), NULL,
     "--skip-invalid --last 1", OK, NULL, "messages=1 invalid=1", NULL, NULL},
    {"no sent time under --since", MESSAGE("1") A ",2,4000000000\n", NULL,
     "--skip-invalid --since 1h", OK, NULL, "messages=1 invalid=1", NULL, NULL},
    {"JSON lines", "{\"phone\":\"" A "\",\"id\":1}\n{broken\n{\"phone\":\"" A "\",\"id\":3}\n",
     NULL, "--skip-invalid", OK, NULL, "messages=2 invalid=1", NULL, NULL},
    {"JSON lines, a cut one at the end", "{\"phone\":\"" A "\",\"id\":1}\n{\"phone\":\"" A "\",\"i",
     NULL, "--skip-invalid", OK, NULL, "messages=1 invalid=1", NULL, NULL},
    {"a header without ids", "phone,name\n" A ",x\n", NULL, "", UNKNOWN, NULL, NULL, NULL, NULL},
};

START_TEST(skipping_invalid_records)
{
    run_row(&skipped[_i]);
}
END_TEST

static const char *const broken_json[] = {
    "[{\"phone\":\"" A "\",\"id\":1}",
    "[{\"phone\":\"" A "\",\"id\":1},]",
    "[{\"phone\":\"" A "\",\"id\":1}] trailing",
    "[{\"phone\":\"" A "\" \"id\":1}]",
    "[",
    "[{\"phone\":\"" A "\",\"id\":1}\n{\"phone\":\"" A "\",\"id\":2}]",
    "{\"SMSStatut_List\":[{\"phone\":\"" A "\",\"id\":1}]",
    "{\n \"SMSStatut_List\": [\n  {\"phone\":\"" A "\", \"id\": nan}\n ]\n}",
};

START_TEST(broken_json_ends_the_run)
{
    bool skipping = _i % 2 == 1;
    const struct result *result;

    canned_deliver();
    write_file("batch", broken_json[_i / 2]);
    result = ask(format("-b batch %s", skipping ? "--skip-invalid" : ""));
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch");
    expect(result, !result->has_perfdata);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* Bytes from a fixed generator, once with line ends and NULs, once without. */
START_TEST(binary_garbage)
{
    enum { SIZE = 100000 };
    unsigned char *bytes = store_alloc(SIZE);
    unsigned state = 12345 + (unsigned)_i;

    for (size_t i = 0; i < SIZE; i++) {
        state = state * 1103515245U + 12345U;
        bytes[i] = (unsigned char)(state >> 16);
        if (_i == 1 && (bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == 0)) {
            bytes[i] = 'x';
        }
    }
    if (_i == 2) {
        bytes[0] = '[';
    } else if (_i == 3) {
        bytes[0] = '{';
    }
    canned_deliver();
    write_bytes("batch", bytes, SIZE);
    expect_exit(ask("-b batch"), UNKNOWN);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(nul_bytes_in_a_record)
{
    static const char batch[] = A ",1\n+3363998\0000002,2\n";
    const struct result *result;

    canned_deliver();
    write_bytes("batch", batch, sizeof batch - 1);
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2: ");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(deep_nesting)
{
    enum { DEPTH = 1000000 };
    char *text = store_alloc(DEPTH + 1);

    memset(text, '[', DEPTH);
    canned_deliver();
    write_file("batch", text);
    expect_exit(ask("-b batch"), UNKNOWN);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(endless_line)
{
    enum { LENGTH = 3000000 };
    char *text = store_alloc(LENGTH + 1);
    const struct result *result;

    memset(text, '7', LENGTH);
    canned_deliver();
    write_file("batch", text);
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect(result, strlen(result->first) < 600);
}
END_TEST

/* A comment may be as long as it likes; what says nothing for 64 KiB may say something behind. */
START_TEST(endless_comment)
{
    enum { LENGTH = 70000 };
    static const char fillings[] = {'#', ' '};
    char *text = store_alloc(LENGTH + 1);
    const struct result *result;

    memset(text, fillings[_i], LENGTH);
    canned_deliver();
    write_file("batch", format("%s\n" A ",1\n", text));
    result = ask("-b batch");
    expect_exit(result, _i == 0 ? OK : UNKNOWN);
    expect_first(result, _i == 0 ? "(1 of 1)" : "batch:1: line of more than 65536 bytes");
}
END_TEST

struct file_row {
    const char *options;
    const char *name;
};

static const struct file_row unreadable[] = {
    {"-b missing.csv", "missing.csv"},
    {"-b .", "."},
    {"-b {dir}", "blackbox."},
    {"-b ''", "--batch"},
    {"-b no/such/folder/x", "no/such/folder/x"},
    {"-b good -b missing.csv", "missing.csv"},
    {"--skip-invalid -b missing.csv -m " A ":1", "missing.csv"},
};

START_TEST(unreadable_files)
{
    const struct file_row *row = &unreadable[_i];
    const struct result *result;

    canned_deliver();
    write_file("good", MESSAGE("1"));
    result = ask(row->options);
    expect_exit(result, UNKNOWN);
    if (strcmp(row->options, "-b ''") != 0) {
        expect_first(result, row->name);
    }
    expect(result, !result->has_perfdata);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(closed_standard_input)
{
    const struct how how = {.input = INPUT_CLOSED};
    const struct result *result;

    canned_deliver();
    result = ask_how("-b -", &how);
    expect_exit(result, UNKNOWN);
    expect_exit(ask_how("-m " A ":1", &how), OK);
}
END_TEST

START_TEST(no_batch_at_all)
{
    canned_deliver();
    expect_exit(ask(""), UNKNOWN);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* On a line behind others, the API's own form can only be broken. */
START_TEST(a_broken_list_among_objects)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", json_quotes("{'phone':'+33639980001','id':1}\n"
                                    "{'SMSStatut_List':[{" WHO("2") "}],}\n"));
    result = ask("-b batch --skip-invalid");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

Suite *batch_errors_suite(void)
{
    Suite *suite = suite_create("batch_errors");
    TCase *tcase = harness_case(suite, "records");

    tcase_add_loop_test(tcase, invalid_record_ends_the_run, 0, ROWS(invalid_records));
    tcase_add_loop_test(tcase, invalid_object_ends_the_run, 0, 3 * ROWS(invalid_objects));
    tcase_add_loop_test(tcase, invalid_object_is_skipped, 0, ROWS(invalid_objects));
    tcase_add_loop_test(tcase, place_and_count_are_named, 0, ROWS(places));
    tcase_add_test(tcase, place_in_standard_input);
    tcase_add_test(tcase, place_in_the_right_file);
    tcase_add_loop_test(tcase, skipping_invalid_records, 0, ROWS(skipped));
    tcase = harness_case(suite, "files");
    tcase_add_loop_test(tcase, broken_json_ends_the_run, 0, 2 * ROWS(broken_json));
    tcase_add_loop_test(tcase, binary_garbage, 0, 4);
    tcase_add_test(tcase, nul_bytes_in_a_record);
    tcase_add_test(tcase, deep_nesting);
    tcase_add_test(tcase, endless_line);
    tcase_add_loop_test(tcase, endless_comment, 0, 2);
    tcase_add_loop_test(tcase, unreadable_files, 0, ROWS(unreadable));
    tcase_add_test(tcase, closed_standard_input);
    tcase_add_test(tcase, no_batch_at_all);
    tcase_add_test(tcase, a_broken_list_among_objects);
    return suite;
}
