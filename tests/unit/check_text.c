/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Foreign text on its way out: cut to 120 characters, on one line,
 * valid UTF-8, and nothing in it that monitors, web views or terminals would act on.
 */
#include "suites.h"
#include "support.h"
#include "text.h"

#include <string.h>

/* Text that is shown as it is. */
static const char *const HARMLESS[] = {
    "",
    "Delivered",
    "Number not found",
    "a b  c",
    "100 % & \"quoted\" 'single' \\ / = ; :",
    "Num\xC3\xA9ro introuvable",
    "\xE2\x82\xAC 5",
    "\xF0\x9F\x98\x80",
    "\xC2\xA0",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xED\x9F\xBF",
    "\xEE\x80\x80",
    "\xF0\x90\x80\x80",
    "\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A",
    "\xE6\x97\xA5\xE6\x9C\xAC",
};

START_TEST(harmless_text_stays)
{
    char out[TEXT_SIZE];
    ck_assert_ptr_eq(text_clean_string(out, HARMLESS[_i], NULL), out);
    ck_assert_str_eq(out, HARMLESS[_i]);
}
END_TEST

/* Every ASCII character that is not printable, and those that readers act on. */
START_TEST(unsafe_ascii_is_replaced)
{
    for (int c = 0; c < 128; c++) {
        char raw[3] = {'a', (char)c, 'b'}, out[TEXT_SIZE];
        bool unsafe = c < 32 || c == 127 || c == '|' || c == '<' || c == '>';
        text_clean(out, raw, sizeof raw, NULL);
        ck_assert_msg(strlen(out) == 3 && out[0] == 'a' && out[2] == 'b', "0x%02X: got '%s'",
                      (unsigned)c, out);
        ck_assert_msg(out[1] == (unsafe ? '?' : (char)c), "0x%02X: expected it %s, got '%s'",
                      (unsigned)c, unsafe ? "replaced" : "kept", out);
    }
}
END_TEST

static const struct {
    const char *name, *raw;
} UNSAFE[] = {
    {"next line, U+0085", "\xC2\x85"},
    {"first C1 control", "\xC2\x80"},
    {"CSI, U+009B", "\xC2\x9B"},
    {"last C1 control", "\xC2\x9F"},
    {"line separator", "\xE2\x80\xA8"},
    {"paragraph separator", "\xE2\x80\xA9"},
    {"left-to-right mark", "\xE2\x80\x8E"},
    {"right-to-left mark", "\xE2\x80\x8F"},
    {"Arabic letter mark", "\xD8\x9C"},
    {"left-to-right embedding", "\xE2\x80\xAA"},
    {"right-to-left embedding", "\xE2\x80\xAB"},
    {"pop directional formatting", "\xE2\x80\xAC"},
    {"left-to-right override", "\xE2\x80\xAD"},
    {"right-to-left override", "\xE2\x80\xAE"},
    {"left-to-right isolate", "\xE2\x81\xA6"},
    {"right-to-left isolate", "\xE2\x81\xA7"},
    {"first strong isolate", "\xE2\x81\xA8"},
    {"pop directional isolate", "\xE2\x81\xA9"},
    {"CR LF", "\r\n"},
    {"escape sequence start", "\x1B"},
    {"lone continuation", "\x80"},
    {"last continuation", "\xBF"},
    {"overlong NUL", "\xC0\x80"},
    {"overlong slash", "\xC0\xAF"},
    {"overlong less-than", "\xC0\xBC"},
    {"overlong of two", "\xC1\xBF"},
    {"overlong of three", "\xE0\x80\xAF"},
    {"overlong of three, last", "\xE0\x9F\xBF"},
    {"overlong of four", "\xF0\x80\x80\xAF"},
    {"overlong of four, last", "\xF0\x8F\xBF\xBF"},
    {"first surrogate", "\xED\xA0\x80"},
    {"last surrogate", "\xED\xBF\xBF"},
    {"surrogate pair", "\xED\xA0\xBD\xED\xB8\x80"},
    {"above U+10FFFF", "\xF4\x90\x80\x80"},
    {"lead F5", "\xF5\x80\x80\x80"},
    {"five bytes", "\xF8\x88\x80\x80\x80"},
    {"FE", "\xFE"},
    {"FF", "\xFF"},
    {"two bytes, one missing", "\xC3"},
    {"three bytes, one missing", "\xE2\x82"},
    {"three bytes, two missing", "\xE2"},
    {"four bytes, one missing", "\xF0\x9F\x98"},
    {"four bytes, three missing", "\xF0"},
    {"Latin-1", "\xE9"},
};

/* Between other text, and as the last bytes: what is around it stays, it becomes question marks. */
START_TEST(unsafe_unicode_and_broken_utf8_are_replaced)
{
    const char *name = UNSAFE[_i].name, *ends[] = {"b", ""};
    for (int i = 0; i < COUNT_OF(ends); i++) {
        char raw[32] = "a", out[TEXT_SIZE];
        strcat(strcat(raw, UNSAFE[_i].raw), ends[i]);
        text_clean_string(out, raw, NULL);
        size_t marks = strspn(out + 1, "?");
        ck_assert_msg(is_utf8(out), "%s: '%s' is no UTF-8", name, out);
        ck_assert_msg(out[0] == 'a' && marks > 0 && strcmp(out + 1 + marks, ends[i]) == 0,
                      "%s: expected 'a', question marks, '%s', got '%s'", name, ends[i], out);
    }
}
END_TEST

/* A lead byte must not swallow the unsafe character behind it. */
START_TEST(a_broken_sequence_hides_nothing)
{
    static const char *const leads[] = {"\xC3", "\xE2",     "\xE2\x82",
                                        "\xF0", "\xF0\x9F", "\xF0\x9F\x98"};
    for (int i = 0; i < COUNT_OF(leads); i++) {
        char raw[16], out[TEXT_SIZE];
        strcat(strcpy(raw, leads[i]), "|x");
        text_clean_string(out, raw, NULL);
        ck_assert_msg(is_utf8(out) && !contains(out, "|") && contains(out, "?x"),
                      "lead %d: got '%s'", i, out);
    }
}
END_TEST

START_TEST(random_bytes_come_out_clean)
{
    uint64_t seed = 99;
    for (int i = 0; i < 5000; i++) {
        char raw[200], out[TEXT_SIZE];
        size_t length = random_below(&seed, sizeof raw);
        for (size_t k = 0; k < length; k++)
            raw[k] = (char)random_below(&seed, 256);
        text_clean(out, raw, length, NULL);
        ck_assert_msg(is_utf8(out), "row %d is no UTF-8", i);
        ck_assert_msg(strpbrk(out, "|<>\r\n\t\x1B\x7F") == NULL,
                      "row %d holds an unsafe character: '%s'", i, out);
    }
}
END_TEST

static const struct {
    const char *name, *unit;
    int given, kept;
} CUTS[] = {
    {"119 letters", "x", 119, 119},
    {"120 letters", "x", 120, 120},
    {"121 letters", "x", 121, 120},
    {"1000 letters", "x", 1000, 120},
    {"120 of two bytes", "\xC3\xA9", 120, 120},
    {"121 of two bytes", "\xC3\xA9", 121, 120},
    {"121 of three bytes", "\xE2\x82\xAC", 121, 120},
    {"120 of four bytes", "\xF0\x9F\x98\x80", 120, 120},
    {"1000 of four bytes", "\xF0\x9F\x98\x80", 1000, 120},
};

static void repeat(char *out, const char *unit, int count)
{
    out[0] = '\0';
    for (size_t at = 0; count > 0; count--, at += strlen(unit))
        strcpy(out + at, unit);
}

START_TEST(the_cut_counts_characters)
{
    char raw[4001], expected[TEXT_SIZE], out[TEXT_SIZE];
    repeat(raw, CUTS[_i].unit, CUTS[_i].given);
    repeat(expected, CUTS[_i].unit, CUTS[_i].kept);
    text_clean_string(out, raw, NULL);
    ck_assert_msg(strcmp(out, expected) == 0, "%s: expected %d characters, got %zu bytes: %s",
                  CUTS[_i].name, CUTS[_i].kept, strlen(out), out);
}
END_TEST

START_TEST(words_are_equal_whatever_their_case)
{
    ck_assert(text_equals_ignoring_case("DELIVERED", 9, "Delivered"));
    ck_assert(text_equals_ignoring_case("", 0, ""));
    ck_assert(!text_equals_ignoring_case("Deliver", 7, "Delivered"));
    ck_assert(!text_equals_ignoring_case("Delivered!", 10, "Delivered"));
    ck_assert(text_equals_ignoring_case("Delivered!", 9, "Delivered"));
    ck_assert(!text_equals_ignoring_case("ko\0", 3, "ko"));
    ck_assert(!text_equals_ignoring_case("@", 1, "`"));
    ck_assert(!text_equals_ignoring_case("\xC3\x89", 2, "\xC3\xA9"));
}
END_TEST

static const struct {
    const char *raw, *trimmed;
} TRIMS[] = {
    {"", ""}, {"a", "a"}, {" a", "a"}, {"a ", "a"}, {"\t a b\t ", "a b"}, {"   ", ""}, {"\n", "\n"},
};

START_TEST(trimming_takes_blanks_and_tabs)
{
    const char *text = TRIMS[_i].raw;
    size_t length = strlen(text);
    text_trim(&text, &length);
    ck_assert_msg(length == strlen(TRIMS[_i].trimmed) &&
                      memcmp(text, TRIMS[_i].trimmed, length) == 0,
                  "'%s': expected '%s', got %zu bytes", TRIMS[_i].raw, TRIMS[_i].trimmed, length);
}
END_TEST

START_TEST(trimming_lines_takes_their_ends_too)
{
    const char *text = "\r\n \ta\n b \n\t\r";
    size_t length = strlen(text);
    text_trim_lines(&text, &length);
    ck_assert_msg(length == 4 && memcmp(text, "a\n b", 4) == 0, "got %zu bytes", length);
    text = " \r\n";
    length = 3;
    text_trim_lines(&text, &length);
    ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(only_ascii_digits_and_blanks_count)
{
    for (int c = 0; c < 256; c++) {
        ck_assert_msg(text_is_digit((char)c) == (c >= '0' && c <= '9'), "0x%02X as a digit",
                      (unsigned)c);
        ck_assert_msg(text_is_blank((char)c) == (c == ' ' || c == '\t'), "0x%02X as a blank",
                      (unsigned)c);
    }
}
END_TEST

/* Every length, and a difference in every place. */
START_TEST(what_looks_like_a_key)
{
    static const struct {
        const char *text;
        bool like;
    } words[] = {
        {"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", true},
        {"0A1B2C3D4E5F607182939999", true},
        {"abcdefghijklmnop1234", true},
        {"abcdefghijklmnop123", false},
        {"abcdefghijklmnopqrst", false},
        {"99999999999999999999d", false},
        {"+33612345678,96041207,2026", false},
        {"/var/lib/sms20261127abcd", false},
        {"", false},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        ck_assert_msg(text_looks_like_key(words[i].text, strlen(words[i].text)) == words[i].like,
                      "'%s'", words[i].text);
}
END_TEST

START_TEST(sameness_looks_at_every_byte)
{
    char a[] = "0123456789abcdefghijklmnop", b[sizeof a];
    memcpy(b, a, sizeof a);
    for (size_t length = 0; length < sizeof a; length++) {
        ck_assert_msg(text_is_same(a, b, length), "%zu equal bytes", length);
        for (size_t at = 0; at < sizeof a; at++) {
            b[at] ^= 1;
            ck_assert_msg(text_is_same(a, b, length) == (at >= length), "%zu bytes, %zu differs",
                          length, at);
            b[at] ^= 1;
        }
    }
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, harmless_text_stays, 0, COUNT_OF(HARMLESS));
    tcase_add_test(core, unsafe_ascii_is_replaced);
    tcase_add_loop_test(core, unsafe_unicode_and_broken_utf8_are_replaced, 0, COUNT_OF(UNSAFE));
    tcase_add_test(core, words_are_equal_whatever_their_case);
    tcase_add_loop_test(core, trimming_takes_blanks_and_tabs, 0, COUNT_OF(TRIMS));
    tcase_add_test(core, trimming_lines_takes_their_ends_too);
    tcase_add_test(core, only_ascii_digits_and_blanks_count);
    tcase_add_test(limits, a_broken_sequence_hides_nothing);
    tcase_add_test(limits, random_bytes_come_out_clean);
    tcase_add_loop_test(limits, the_cut_counts_characters, 0, COUNT_OF(CUTS));
    text_add_secret_cases(suite);
    tcase_add_test(core, what_looks_like_a_key);
    tcase_add_test(core, sameness_looks_at_every_byte);
    return suite;
}
