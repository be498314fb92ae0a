/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The API key: what can be one, the first line of its file, and who else may read that file
 *. No message may show the key.
 */
#include "key.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool read_key(const char *bytes, size_t length, mode_t mode, struct key *key,
                     struct error *err)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    *key = (struct key){""};
    *err = (struct error){0};
    write_file("key", bytes, length);
    ck_assert_int_eq(chmod("key", mode), 0);
    return key_read_file(key, "key", &clock, err);
}

static const struct {
    const char *name, *text, *key;
} FILES[] = {
    {"LF", "0123456789abcdef\n", "0123456789abcdef"},
    {"CRLF", "0123456789abcdef\r\n", "0123456789abcdef"},
    {"no line end", "0123456789abcdef", "0123456789abcdef"},
    {"8 characters", "12345678\n", "12345678"},
    {"a second line", "0123456789abcdef\nold key\n", "0123456789abcdef"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "0123456789abcdef\n",
     "0123456789abcdef"},
    {"empty lines behind", "0123456789abcdef\n\n\n", "0123456789abcdef"},
    {"signs", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
};

START_TEST(the_first_line_is_the_key)
{
    struct key key;
    struct error err;
    bool fine = read_key(FILES[_i].text, strlen(FILES[_i].text), 0600, &key, &err);
    ck_assert_msg(fine && strcmp(key.text, FILES[_i].key) == 0, "%s: expected '%s', got '%s' %s",
                  FILES[_i].name, FILES[_i].key, key.text, err.text);
}
END_TEST

static const struct {
    const char *name, *text;
    size_t length;
} BAD[] = {
    {"empty file", "", 0},
    {"empty line", "\n", 1},
    {"CRLF alone", "\r\n", 2},
    {"key in the second line", "\n0123456789abcdef\n", 18},
    {"7 characters", "1234567\n", 8},
    {"7 characters, CRLF", "1234567\r\n", 9},
    {"leading blank", " 0123456789abcdef\n", 18},
    {"trailing blank", "0123456789abcdef \n", 18},
    {"blank inside", "01234567 89abcdef\n", 18},
    {"tab", "01234567\t89abcdef\n", 18},
    {"NUL inside",
     "01234567\0"
     "89abcdef\n",
     18},
    {"DEL",
     "01234567\x7F"
     "89abcdef\n",
     18},
    {"escape",
     "01234567\x1B"
     "89abcdef\n",
     18},
    {"not ASCII",
     "01234567\xC3\xA9"
     "89abcdef\n",
     19},
    {"byte order mark behind",
     "0123456789abcdef"
     "\xEF\xBB\xBF\n",
     20},
    {"two carriage returns", "0123456789abcdef\r\r\n", 19},
};

START_TEST(refuses_what_is_no_key)
{
    struct key key;
    struct error err;
    ck_assert_msg(!read_key(BAD[_i].text, BAD[_i].length, 0600, &key, &err), "%s: expected no key",
                  BAD[_i].name);
    ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "key"), "%s: got '%s'",
                  BAD[_i].name, err.text);
    ck_assert_msg(!contains(err.text, "012345") && !contains(err.text, "abcdef") &&
                      !contains(err.text, "123456"),
                  "%s: the key shows in '%s'", BAD[_i].name, err.text);
}
END_TEST

START_TEST(a_key_has_8_to_256_characters)
{
    static const struct {
        size_t length;
        bool fine;
    } rows[] = {{0, false},  {7, false},   {8, true},     {40, true},
                {256, true}, {257, false}, {5000, false}, {70000, false}};
    static char text[70001];
    struct key key;
    struct error err;
    size_t length = rows[_i].length;
    memset(text, 'k', length);
    text[length] = '\0';
    ck_assert_msg(key_set(&key, text, "--api-key", &err) == rows[_i].fine, "%zu characters",
                  length);
    ck_assert_msg(rows[_i].fine ? strlen(key.text) == length : contains(err.text, "--api-key"),
                  "%zu characters: '%s'", length, err.text);
    ck_assert_msg(read_key(text, length, 0600, &key, &err) == rows[_i].fine,
                  "%zu characters in a file", length);
    ck_assert_msg(rows[_i].fine || !contains(err.text, "kkkk"), "%zu characters: the key shows",
                  length);
}
END_TEST

START_TEST(an_option_is_judged_like_a_file)
{
    static const char *const bad[] = {"01234567 89abcdef", " 0123456789abcdef",
                                      "0123456789abcdef\n", "01234567\xC3\xA9", "0123456789\x01"};
    for (int i = 0; i < COUNT_OF(bad); i++) {
        struct key key = {""};
        struct error err = {0};
        ck_assert_msg(!key_set(&key, bad[i], "SMSPARTNER_API_KEY", &err), "row %d: expected no key",
                      i);
        ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "SMSPARTNER_API_KEY"),
                      "row %d: '%s'", i, err.text);
        ck_assert_msg(!contains(err.text, "234567"), "row %d: the key shows in '%s'", i, err.text);
    }
}
END_TEST

/* Mode & 077 beyond group read. */
START_TEST(others_may_not_read_or_write_the_file)
{
    for (mode_t rest = 0; rest <= 077; rest++) {
        struct key key;
        struct error err;
        char octal[8];
        bool expected = (rest & (mode_t)~040U) == 0;
        bool fine = read_key("0123456789abcdef\n", 17, 0600 | rest, &key, &err);
        snprintf(octal, sizeof octal, "%03o", (unsigned)(0600 | rest));
        ck_assert_msg(fine == expected, "mode %s: expected %s", octal,
                      expected ? "a key" : "a refusal");
        ck_assert_msg(fine || (err.kind == ERROR_INPUT && contains(err.text, octal) &&
                               contains(err.text, "key")),
                      "mode %s: expected it in '%s'", octal, err.text);
        ck_assert_msg(fine ||
                          (contains(err.text, "chmod 640") && contains(err.text, "defaultMode")),
                      "mode %s: expected the remedy in '%s'", octal, err.text);
    }
}
END_TEST

START_TEST(a_read_only_file_is_fine)
{
    struct key key;
    struct error err;
    ck_assert_msg(read_key("0123456789abcdef\n", 17, 0400, &key, &err), "mode 400: %s", err.text);
    ck_assert_int_eq(chmod("key", 0600), 0);
    ck_assert_msg(read_key("0123456789abcdef\n", 17, 0440, &key, &err), "mode 440: %s", err.text);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_named)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct key key = {""};
    struct error err = {0};
    ck_assert(!key_read_file(&key, "./missing", &clock, &err));
    ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "./missing"), "got '%s'", err.text);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert(!key_read_file(&key, "folder", &clock, &err));
    ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "folder") &&
                      contains(err.text, "directory"),
                  "got '%s'", err.text);
    time.monotonic_ms = 2000;
    ck_assert(!key_read_file(&key, "./missing", &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
}
END_TEST

/* --api-key-file KEY: the key where its file belongs. */
START_TEST(a_key_in_place_of_its_file_is_not_shown)
{
    static const char mistaken[] = "9f3ac1d25b7e4860aa11bb22cc33dd44ee55ff66";
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct key key = {""};
    struct error err = {0};
    ck_assert(!key_read_file(&key, mistaken, &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(!contains(err.text, "9f3ac1d2"), "got '%s'", err.text);
    time.monotonic_ms = 2000;
    ck_assert(!key_read_file(&key, mistaken, &clock, &err));
    ck_assert_msg(!contains(err.text, "9f3ac1d2"), "at the deadline: got '%s'", err.text);
}
END_TEST

Suite *key_suite(void)
{
    Suite *suite = suite_create("key");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    add_folder(core);
    add_folder(limits);
    tcase_add_loop_test(core, the_first_line_is_the_key, 0, COUNT_OF(FILES));
    tcase_add_test(core, others_may_not_read_or_write_the_file);
    tcase_add_test(core, a_read_only_file_is_fine);
    tcase_add_loop_test(limits, refuses_what_is_no_key, 0, COUNT_OF(BAD));
    tcase_add_loop_test(limits, a_key_has_8_to_256_characters, 0, 8);
    tcase_add_test(limits, an_option_is_judged_like_a_file);
    tcase_add_test(limits, a_file_that_cannot_be_read_is_named);
    tcase_add_test(limits, a_key_in_place_of_its_file_is_not_shown);
    return suite;
}
