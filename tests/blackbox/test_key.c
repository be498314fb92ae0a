/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The API key: where it may come from, what it may look like, who may read its file, and that it is
 * seen nowhere but in the request's body.
 */
#include "canned.h"
#include "cases.h"
#include "process.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE_MESSAGE "-m +33639980001:1"
#define SECRET      "S3cretOfThisTest-0123456789"

static void expect_key_sent(const char *key)
{
    ck_assert_uint_ge(canned_count(), 1);
    ck_assert_str_eq(json_text(canned_request(1).object, "apiKey"), key);
}

struct source_row {
    const char *options;
    const char *environment;
    const char *sent; /* NULL: refused */
};

static const struct source_row sources[] = {
    {"-k file", NULL, SECRET},
    {"--api-key-file file", NULL, SECRET},
    {"--api-key-file=file", NULL, SECRET},
    {"--api-key " SECRET, NULL, SECRET},
    {"--api-key=" SECRET, NULL, SECRET},
    {"", "SMSPARTNER_API_KEY=" SECRET, SECRET},
    {"-k file", "SMSPARTNER_API_KEY=from-environment", SECRET},
    {"--api-key " SECRET, "SMSPARTNER_API_KEY=from-environment", SECRET},
    {"-k file", "SMSPARTNER_API_KEY=short", SECRET},
    {"", NULL, NULL},
    {"", "SMSPARTNER_API_KEY=", NULL},
    {"", "SMSPARTNER_API_KEY=short", NULL},
    {"", "SMSPARTNER_API_KEY=with blanks in it", NULL},
    {"-k missing", "SMSPARTNER_API_KEY=" SECRET, NULL},
    {"--api-key short", NULL, NULL},
    {"--api-key ''", NULL, NULL},
    {"--api-key='with blanks in it'", NULL, NULL},
    {"--api-key 'tab\tin-the-key'", NULL, NULL},
    {"--api-key 'line\nin-the-key'", NULL, NULL},
    {"--api-key 1234567", NULL, NULL},
    {"--api-key 12345678", NULL, "12345678"},
};

START_TEST(where_the_key_comes_from)
{
    const struct source_row *row = &sources[_i];
    const struct how how = {.environment = {row->environment}};
    const struct result *result;

    canned_deliver();
    write_file_mode("file", SECRET "\n", 0600);
    result = run_how(format("-u {url} " ONE_MESSAGE " %s", row->options), &how);
    expect_exit(result, row->sent != NULL ? OK : UNKNOWN);
    expect_no_text(result, SECRET);
    if (row->sent != NULL) {
        expect_key_sent(row->sent);
    } else {
        ck_assert_uint_eq(canned_count(), 0);
        expect(result, !result->has_perfdata);
        expect_no_text(result, "in-the-key");
        expect_no_text(result, "blanks in it");
        expect_no_text(result, "1234567");
    }
}
END_TEST

struct file_row {
    const char *text;
    const char *sent; /* NULL: refused */
};

static const struct file_row files[] = {
    {SECRET, SECRET},
    {SECRET "\n", SECRET},
    {SECRET "\r\n", SECRET},
    {SECRET "\nsecond line\n", SECRET},
    {SECRET "\r\n# comment\r\n", SECRET},
    {"\xEF\xBB\xBF" SECRET "\r\n", SECRET},
    {"12345678\n", "12345678"},
    {"a\"b\\c/d{e}\n", "a\"b\\c/d{e}"},
    {"1234567\n", NULL},
    {"", NULL},
    {"\xEF\xBB\xBF", NULL},
    {"\n", NULL},
    {"\n" SECRET "\n", NULL},
    {"two words here\n", NULL},
    {" " SECRET "\n", NULL},
    {SECRET " \n", NULL},
    {"tab\there-and-there\n", NULL},
    {"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\n", NULL},
    {SECRET "\rmore\n", NULL},
};

START_TEST(what_a_key_file_holds)
{
    const struct file_row *row = &files[_i];
    const struct result *result;

    canned_deliver();
    write_file_mode("file", row->text, 0600);
    result = run("-u {url} -k file " ONE_MESSAGE);
    expect_exit(result, row->sent != NULL ? OK : UNKNOWN);
    expect_no_text(result, SECRET);
    if (row->sent != NULL) {
        expect_key_sent(row->sent);
    } else {
        expect_first(result, "file");
        ck_assert_uint_eq(canned_count(), 0);
    }
}
END_TEST

struct mode_row {
    mode_t mode;
    bool fine;
};

static const struct mode_row modes[] = {
    {0600, true},  {0640, true},  {0400, true},  {0440, true},  {0700, true},
    {0644, false}, {0660, false}, {0604, false}, {0620, false}, {0602, false},
    {0666, false}, {0601, false}, {0610, false}, {0777, false}, {0444, false},
};

START_TEST(who_may_read_a_key_file)
{
    const struct mode_row *row = &modes[_i];
    const struct result *result;

    canned_deliver();
    write_file_mode("secret.key", SECRET "\n", row->mode);
    result = run("-u {url} -k secret.key " ONE_MESSAGE);
    expect_exit(result, row->fine ? OK : UNKNOWN);
    if (!row->fine) {
        expect_first(result, "secret.key");
        expect_first(result, format("%03o", (unsigned)row->mode));
        expect_text(result, "chmod 640");
        expect_text(result, "defaultMode");
        expect(result, !result->has_perfdata);
        ck_assert_uint_eq(canned_count(), 0);
    }
}
END_TEST

static const char *const unreadable[] = {"no-such.key", ".", "/dev/null", "no/folder/x.key"};

START_TEST(key_files_that_are_none)
{
    const struct result *result;

    canned_deliver();
    result = run(format("-u {url} -k %s " ONE_MESSAGE, unreadable[_i]));
    expect_exit(result, UNKNOWN);
    expect_first(result, unreadable[_i]);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(no_key_names_the_ways_to_give_one)
{
    const struct result *result = run("-u {url} " ONE_MESSAGE);

    expect_exit(result, UNKNOWN);
    expect_first(result, "key");
    expect_text(result, "--api-key-file");
}
END_TEST

/* The service gives the key back in every place it can. */
static const char *const echoes[] = {
    "{'success':false,'code':10,'message':'key " SECRET " is wrong'}",
    "{'success':false,'code':10,'errors':[{'message':'" SECRET "'}]}",
    "{'success':true,'code':200,'StatutResponse_List':[{" GOOD WHO("1") ",'status':'" SECRET "'}]}",
    "{'success':false,'code':4,'StatutResponse_List':[{'code':4," WHO("1") ",'status':'x" SECRET
                                                                           "y'}]}",
    SECRET,
    "<html>" SECRET "</html>",
    "{'" SECRET "':",
    "{'success':false,'code':55,'message':'S3cretOfThisTest-\\u00301234\\u003556789'}",
    "{'success':false,'code':55,'message':'" SECRET SECRET "'}",
};

static const char *const levels[] = {"", "-v", "-vv", "-vvv", "-o json", "-vvv -o json"};

START_TEST(the_key_never_shows)
{
    const char *body = json_quotes(echoes[_i / ROWS(levels)]);
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = format("HTTP/1.1 200 %s\r\nX-Key: %s\r\n"
                                                       "Content-Length: %zu\r\n\r\n%s",
                                                       SECRET, SECRET, strlen(body), body)},
                 1);
    result =
        run(format("-u {url} --api-key " SECRET " " ONE_MESSAGE " %s", levels[_i % ROWS(levels)]));
    expect(result, result->exit_code != OK);
    expect_no_text(result, SECRET);
}
END_TEST

/* Texts are cut to 120 characters: not in the middle of a key that is there to be seen. */
START_TEST(no_part_of_the_key_shows)
{
    char filling[128];
    size_t length = 90 + 5 * (size_t)_i;

    memset(filling, 'x', length);
    filling[length] = '\0';
    canned_json(format("{'success':false,'code':10,'message':'%s" SECRET "'}", filling));
    expect_no_text(run("-u {url} --api-key " SECRET " -vvv " ONE_MESSAGE), "S3cretOf");
}
END_TEST

/* Not even where somebody has pasted it into the wrong place. */
START_TEST(the_key_never_shows_in_a_host)
{
    expect_no_text(run(format("-u https://" SECRET ".invalid/x --api-key " SECRET
                              " -t 2 --retries 0 " ONE_MESSAGE " %s",
                              levels[_i])),
                   SECRET);
}
END_TEST

START_TEST(the_key_never_shows_in_a_redirect)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = "HTTP/1.1 302 Moved\r\nLocation: "
                                                "http://127.0.0.1:1/?apiKey=" SECRET "\r\n"
                                                "Content-Length: 0\r\n\r\n"},
                 1);
    result = run(format("-u {url} --api-key " SECRET " " ONE_MESSAGE " %s", levels[_i]));
    expect_exit(result, UNKNOWN);
    expect_no_text(result, SECRET);
}
END_TEST

/* Errors after the key was read, some of which repeat an argument. */
static const char *const mistakes[] = {
    "--api-key " SECRET " --bogus",
    "--api-key=" SECRET " -w nonsense",
    "--api-key " SECRET " " SECRET,
    "--bogus --api-key " SECRET,
    "--api-key",
    "-k " SECRET "-missing --api-key " SECRET,
    "--api-key " SECRET " -w " SECRET,
    "--api-key " SECRET " --ca-file " SECRET,
    "--api-key " SECRET " -b " SECRET,
    "--api-key " SECRET " -u http://api.example/?apiKey=" SECRET,
    "--api-key " SECRET " --proxy ftp://" SECRET,
    "--api-key secretary -b S3cretOfThisTest0123456789x",
    "--api-key secretary --grace S3cretOfThisTest0123456789x",
    "-u ftp://api.example/?apiKey=" SECRET " --api-key secretary",
    "--last " SECRET,
    "-w spam=" SECRET,
    SECRET,
};

START_TEST(the_key_never_shows_in_usage_errors)
{
    const struct how how = {.environment = {"SMSPARTNER_API_KEY=" SECRET}};
    const struct result *result =
        run_how(format("-u {url} " ONE_MESSAGE " %s", mistakes[_i]), &how);

    expect(result, result->exit_code != OK);
    expect_no_text(result, SECRET);
    expect_no_text(result, "S3cretOfThisTest0123456789x");
}
END_TEST

/* -b and -k the wrong way round: the batch's first line for a key, and the key for a record. */
START_TEST(swapped_files)
{
    static const char *const options[] = {"", "-o json", "-vvv"};
    const struct result *result;

    write_file("batch", "+33639980001,1\n");
    write_file("file", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567\n");
    chmod(test_path("batch"), 0640);
    chmod(test_path("file"), 0640);
    canned_deliver();
    result = run(format("-u {url} -b file -k batch %s", options[_i]));
    expect_exit(result, UNKNOWN);
    expect_text(result, "looks like an API key");
    expect_no_text(result, "0a1b2c3d");
    expect_no_text(result, "d7e8f9");
}
END_TEST

/* What a process list shows of the plugin while it waits. */
static char seen_arguments[8192];

static bool look_at_arguments(pid_t pid)
{
    size_t size;
    FILE *file;

    if (!canned_was_asked()) {
        return false;
    }
    file = fopen(format("/proc/%ld/cmdline", (long)pid), "rb");
    size = file == NULL ? 0 : fread(seen_arguments, 1, sizeof seen_arguments - 1, file);
    if (file != NULL) {
        fclose(file);
    }
    for (size_t i = 0; i < size; i++) {
        seen_arguments[i] = seen_arguments[i] == '\0' ? ' ' : seen_arguments[i];
    }
    seen_arguments[size] = '\0';
    return true;
}

START_TEST(the_key_leaves_the_process_list)
{
    static const char *const options[] = {"--api-key " SECRET, "--api-key=" SECRET,
                                          "--api-key wrong-key-12345 --api-key " SECRET};
    const struct how how = {.watch = look_at_arguments};

    if (harness_wrapped() || access("/proc/self/cmdline", R_OK) != 0) {
        return;
    }
    canned_start(&(struct canned_rule){.kind = CANNED_SILENCE}, 1);
    run_how(format("-u {url} -t 1 " ONE_MESSAGE " %s", options[_i]), &how);
    expect_key_sent(SECRET);
    ck_assert_msg(contains(seen_arguments, "multi-status"), "'%s'", seen_arguments);
    ck_assert_msg(!contains(seen_arguments, SECRET), "'%s'", seen_arguments);
    ck_assert_msg(!contains(seen_arguments, "wrong-key-12345"), "'%s'", seen_arguments);
}
END_TEST

Suite *key_suite(void)
{
    Suite *suite = suite_create("key");
    TCase *tcase = harness_case(suite, "sources");

    tcase_add_loop_test(tcase, where_the_key_comes_from, 0, ROWS(sources));
    tcase_add_loop_test(tcase, what_a_key_file_holds, 0, ROWS(files));
    tcase_add_loop_test(tcase, who_may_read_a_key_file, 0, ROWS(modes));
    tcase_add_loop_test(tcase, key_files_that_are_none, 0, ROWS(unreadable));
    tcase_add_test(tcase, no_key_names_the_ways_to_give_one);
    tcase = harness_case(suite, "secrecy");
    tcase_add_loop_test(tcase, the_key_never_shows, 0, ROWS(echoes) * ROWS(levels));
    tcase_add_loop_test(tcase, no_part_of_the_key_shows, 0, 6);
    tcase_add_loop_test(tcase, the_key_never_shows_in_a_host, 0, ROWS(levels));
    tcase_add_loop_test(tcase, the_key_never_shows_in_a_redirect, 0, ROWS(levels));
    tcase_add_loop_test(tcase, the_key_never_shows_in_usage_errors, 0, ROWS(mistakes));
    tcase_add_loop_test(tcase, swapped_files, 0, 3);
    tcase_add_loop_test(tcase, the_key_leaves_the_process_list, 0, 3);
    return suite;
}
