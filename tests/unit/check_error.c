/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as values: kind and text, and a text that is too long is cut between characters. */
#include "error.h"
#include "suites.h"
#include "support.h"

#include <string.h>

START_TEST(holds_kind_and_text)
{
    struct error err = {0};
    ck_assert_int_eq(err.kind, ERROR_NONE);
    ck_assert(!error_set(&err, ERROR_INPUT, "%s:%d: %s", "file", 3, "no"));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_str_eq(err.text, "file:3: no");
    ck_assert(!error_no_memory(&err));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    ck_assert_msg(err.text[0] != '\0', "out of memory has no text");
}
END_TEST

static const struct {
    const char *name, *character;
} CHARACTERS[] = {
    {"one byte", "x"},
    {"two bytes", "\xC3\xA9"},
    {"three bytes", "\xE2\x82\xAC"},
    {"four bytes", "\xF0\x9F\x98\x80"},
};

/* With every offset, so that the cut falls on each byte of a character. */
START_TEST(a_long_text_is_cut_between_characters)
{
    const char *character = CHARACTERS[_i].character;
    for (size_t offset = 0; offset < 8; offset++) {
        char text[2 * ERROR_TEXT_SIZE];
        struct error err;
        size_t length = offset;
        memset(text, 'a', offset);
        for (; length < ERROR_TEXT_SIZE + 40; length += strlen(character))
            strcpy(text + length, character);
        error_set(&err, ERROR_USAGE, "%s", text);
        size_t kept = strlen(err.text);
        ck_assert_msg(is_utf8(err.text), "%s behind %zu: no UTF-8", CHARACTERS[_i].name, offset);
        ck_assert_msg(strncmp(err.text, text, kept) == 0, "%s behind %zu: other text",
                      CHARACTERS[_i].name, offset);
        ck_assert_msg(kept + 8 >= ERROR_TEXT_SIZE && kept < ERROR_TEXT_SIZE,
                      "%s behind %zu: %zu bytes kept", CHARACTERS[_i].name, offset, kept);
    }
}
END_TEST

START_TEST(a_text_that_just_fits_is_whole)
{
    char text[ERROR_TEXT_SIZE];
    struct error err;
    memset(text, 'a', sizeof text);
    memcpy(text + sizeof text - 3, "\xC3\xA9", 3);
    error_set(&err, ERROR_USAGE, "%s", text);
    ck_assert_str_eq(err.text, text);
}
END_TEST

Suite *error_suite(void)
{
    Suite *suite = suite_create("error");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, holds_kind_and_text);
    tcase_add_loop_test(limits, a_long_text_is_cut_between_characters, 0, COUNT_OF(CHARACTERS));
    tcase_add_test(limits, a_text_that_just_fits_is_whole);
    return suite;
}
