/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text from outside that tries to become something else on a monitoring screen: a second state,
 * more perfdata, markup, terminal commands, or just too much of it. verify.c looks at every run;
 * here are the places such text comes in by.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

enum { CUT = 120 };

/* As JSON text; the third and later places see them as bytes. */
static const char *const hostile[] = {
    "a|b",
    "a | b=1;2;3",
    "<script>alert(1)</script>",
    "a<b>c&lt;d",
    "x\\nSMSPARTNER OK - all is well | delivered_ratio=100%",
    "x\\n[CRITICAL] spam 9 is outside 0",
    "x\\r\\ny\\rz",
    "a\\tb\\u000bc\\u000cd\\be",
    "\\u001b[31mred\\u001b[0m\\u0007",
    "zero\\u0000after",
    "\\u007fdel",
    "\\u009b31mc1\\u0085next",
    "\\u202eright to left\\u202c",
    "\\u2066isolate\\u2069",
    "\\u2028line\\u2029paragraph",
    "%s%n%d%100000d",
    "`id` $(id) ; id",
    "\\ud83d\\ude00 \\u00e9t\\u00e9 \\u4e2d",
    "\\\\n\\\\x7c",
};

static const char *const bytes[] = {
    "a|b",
    "a | b=1;2;3",
    "<b>bold</b>",
    "x\nSMSPARTNER OK - all is well",
    "x\rY",
    "tab\there",
    "\033[31mred\033[0m\a",
    "\x7f",
    "\xff\xfe",
    "\xc3",
    "\xe2\x80\xae"
    "abc",
    "\xe2\x81\xa6"
    "abc",
    "\xe2\x80\xa8"
    "abc",
    "\xc2\x9b"
    "31m",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xc0\xaf",
    "%s%n%x",
};

static const char *const levels[] = {"", "-v", "-vv", "-vvv", "-o json"};

START_TEST(in_a_status)
{
    const struct result *result;

    canned_reply(200, "application/json",
                 format("{\"success\":true,\"code\":200,\"StatutResponse_List\":[{\"success\":true,"
                        "\"code\":200,\"phoneNumber\":\"+33639980001\",\"messageId\":1,\"status\":"
                        "\"%s\"},{\"success\":false,\"code\":4,\"phoneNumber\":\"+33639980002\","
                        "\"messageId\":2,\"status\":\"%s\"}]}",
                        hostile[_i / ROWS(levels)], hostile[_i / ROWS(levels)]));
    write_file("batch", MESSAGE("1") MESSAGE("2"));
    result = ask(format("-b batch -c ~: -w ~: %s", levels[_i % ROWS(levels)]));
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "unknown=1 not_found=1 spam=0");
    expect_no_markup(result);
}
END_TEST

START_TEST(in_a_message_of_the_service)
{
    const struct result *result;

    canned_reply(
        _i % 2 == 0 ? 200 : 400, "application/json",
        format("{\"success\":false,\"code\":10,\"message\":\"%s\"}", hostile[_i / ROWS(levels)]));
    result = ask(format("-m +33639980001:1 %s", levels[_i % ROWS(levels)]));
    expect_exit(result, UNKNOWN);
    expect_text(result, "10");
    expect_no_markup(result);
}
END_TEST

START_TEST(raw_bytes_in_a_reply)
{
    static const char *const patterns[] = {
        "{'success':true,'code':200,'StatutResponse_List':[{" GOOD WHO("1") ",'status':'%s'}]}",
        "{'success':false,'code':10,'message':'%s'}",
        "%s",
    };
    const char *pattern = json_quotes(patterns[_i % 3]);
    const char *hole = strstr(pattern, "%s");
    const struct result *result;

    canned_reply(200, "application/json",
                 format("%.*s%s%s", (int)(hole - pattern), pattern, bytes[_i / 3], hole + 2));
    result = ask("-m +33639980001:1 -vvv");
    expect_exit(result, UNKNOWN);
    expect_no_markup(result);
    result = ask("-m +33639980001:1 -o json");
    expect_exit(result, UNKNOWN);
    expect_no_markup(result);
}
END_TEST

/* Every place of a command line where such bytes may stand. */
static const char *const places[] = {
    "-b 'BYTES'",
    "-w 'BYTES'",
    "-c 'messages=BYTES'",
    "--no-data 'BYTES'",
    "-l 'BYTES'",
    "--BYTES",
    "'BYTES'",
    "-u 'BYTES'",
    "-u 'http://BYTES/'",
    "-k 'BYTES'",
    "-m 'BYTES'",
    "-m '+33639980001:BYTES'",
    "-g 'BYTES'",
    "-t 'BYTES'",
    "-t '5:BYTES'",
    "-o 'BYTES'",
    "--timezone 'BYTES'",
    "--perfdata 'BYTES'",
    "--country-code 'BYTES'",
    "--last 'BYTES'",
    "--since 'BYTES'",
    "--min-sample 'BYTES'",
    "--unreachable 'BYTES'",
    "--ca-file 'BYTES'",
    "--api-key 'BYTES'",
    "-f 'BYTES'",
    "-XBYTES",
    "--list=BYTES",
};

static char *placed(const char *place, const char *what)
{
    const char *hole = strstr(place, "BYTES");

    return format("%.*s%s%s", (int)(hole - place), place, what, hole + strlen("BYTES"));
}

/* Text and JSON by turns: that is a matter of the report, not of the place. */
START_TEST(on_the_command_line)
{
    write_file("key", "too short");
    for (int i = 0; i < ROWS(bytes); i++) {
        const char *option = placed(places[_i], bytes[i]);
        const struct result *result =
            run(format("-k key %s %s", option, (i + _i) % 2 == 0 ? "-o json" : ""));

        expect_exit(result, UNKNOWN);
        expect_no_markup(result);
    }
}
END_TEST

START_TEST(in_a_file_name)
{
    char *name = format("file%s.csv", bytes[_i]);
    const struct result *result;

    for (char *slash = name; (slash = strchr(slash, '/')) != NULL;) {
        *slash = '_';
    }
    canned_deliver();
    write_file(name, "bad\n");
    result = ask(format("-b '%s'", name));
    expect_exit(result, UNKNOWN);
    expect_first(result, "file");
    expect_first(result, ".csv:1: ");
    expect_no_markup(result);
    result = ask(format("-b '%s' -o json", name));
    expect_exit(result, UNKNOWN);
    expect_no_markup(result);
}
END_TEST

START_TEST(in_a_record)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", format(MESSAGE("1") "+33639980002,%s\n%s,3\n", bytes[_i], bytes[_i]));
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2: ");
    expect_no_markup(result);
}
END_TEST

START_TEST(in_a_redirect)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = format("HTTP/1.1 302 %s\r\nLocation: "
                                                       "http://127.0.0.1/%s\r\n"
                                                       "Content-Length: 0\r\n\r\n",
                                                       bytes[_i], bytes[_i])},
                 1);
    result = ask("-m +33639980001:1 -vvv");
    expect(result, result->exit_code == UNKNOWN || result->exit_code == CRITICAL);
    expect_no_markup(result);
}
END_TEST

/* The longest run of one character (as UTF-8 text) in the output. */
static size_t longest_run(const char *text, const char *character)
{
    size_t longest = 0;
    size_t run = 0;
    size_t length = strlen(character);

    while (*text != '\0') {
        bool same = strncmp(text, character, length) == 0;

        run = same ? run + 1 : 0;
        longest = run > longest ? run : longest;
        text += same ? length : 1;
    }
    return longest;
}

static char *repeated(const char *character, size_t count)
{
    size_t length = strlen(character);
    char *text = store_alloc(count * length + 1);

    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * length, character, length);
    }
    return text;
}

static void expect_cut(const struct result *result, const char *character)
{
    size_t longest = longest_run(result->out, character);

    ck_assert_msg(longest <= CUT && longest >= CUT - 20, "%zu characters in a row\n%s", longest,
                  shown(result));
}

static const char *const letters[] = {"x", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80"};

START_TEST(long_status_is_cut)
{
    const char *letter = letters[_i / ROWS(levels)];

    canned_items(format("{" GOOD WHO("1") ",'status':'%s'}", repeated(letter, 500)));
    expect_cut(ask(format("-m +33639980001:1 %s", levels[_i % ROWS(levels)])), letter);
}
END_TEST

START_TEST(long_message_is_cut)
{
    canned_json(format("{'success':false,'code':10,'message':'%s'}", repeated(letters[_i], 5000)));
    expect_cut(ask("-m +33639980001:1"), letters[_i]);
    expect_cut(ask("-m +33639980001:1 -o json"), letters[_i]);
}
END_TEST

START_TEST(long_options_are_cut)
{
    static const char *const options[] = {"-w z%s", "--no-data %s",  "-l %s", "--%s",
                                          "%s",     "-g %s",         "-o %s", "-b %s",
                                          "-t %s",  "--timezone %s", "-k %s", "--perfdata %s"};
    const char *hole = strstr(options[_i], "%s");
    const struct result *result;

    result = run(format("%.*s%s", (int)(hole - options[_i]), options[_i], repeated("q", 3000)));
    expect_exit(result, UNKNOWN);
    expect(result, longest_run(result->out, "q") <= CUT);
}
END_TEST

START_TEST(long_file_name_is_cut)
{
    char *name = repeated("q", 200);
    const struct result *result;

    write_file(name, "bad\n");
    canned_deliver();
    result = ask(format("-b %s", name));
    expect_exit(result, UNKNOWN);
    expect_cut(result, "q");
    expect_first(result, ":1: ");
}
END_TEST

Suite *hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tcase = harness_case(suite, "text from outside");

    tcase_add_loop_test(tcase, in_a_status, 0, ROWS(hostile) * ROWS(levels));
    tcase_add_loop_test(tcase, in_a_message_of_the_service, 0, ROWS(hostile) * ROWS(levels));
    tcase_add_loop_test(tcase, raw_bytes_in_a_reply, 0, 3 * ROWS(bytes));
    tcase_add_loop_test(tcase, on_the_command_line, 0, ROWS(places));
    tcase_add_loop_test(tcase, in_a_file_name, 0, ROWS(bytes));
    tcase_add_loop_test(tcase, in_a_record, 0, ROWS(bytes));
    tcase_add_loop_test(tcase, in_a_redirect, 0, ROWS(bytes));
    tcase = harness_case(suite, "length");
    tcase_add_loop_test(tcase, long_status_is_cut, 0, ROWS(letters) * ROWS(levels));
    tcase_add_loop_test(tcase, long_message_is_cut, 0, ROWS(letters));
    tcase_add_loop_test(tcase, long_options_are_cut, 0, 12);
    tcase_add_test(tcase, long_file_name_is_cut);
    return suite;
}
