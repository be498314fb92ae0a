/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must not be read from foreign text: the API key in no circumstances, phone numbers only with
 * their middle hidden. Dates and short numbers stay.
 */
#include "suites.h"
#include "support.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* As long as the provider's keys, and like them it begins with a digit. */
static const char KEY[] = "9f3ac1d25b7e4860aa11bb22cc33dd44ee55ff66";

/* The part that must not be seen: a few characters of the key in a row. */
static bool leaks(const char *out)
{
    char part[9];
    for (size_t i = 0; i + 8 <= strlen(KEY); i++) {
        memcpy(part, KEY + i, 8);
        part[8] = '\0';
        if (contains(out, part))
            return true;
    }
    return false;
}

static const struct {
    const char *name, *before, *after;
} PLACES[] = {
    {"alone", "", ""},
    {"in the middle", "wrong key ", " given"},
    {"at the end", "key=", ""},
    {"quoted", "\"apiKey\":\"", "\",\"x\":1"},
    {"behind a letter", "k", "k"},
    {"behind a digit", "1", ""},
    {"behind eight digits", "12345678", ""},
    {"behind a number and a blank", "+33612345678 ", ""},
    {"behind a number and a dash", "0612345678-", " x"},
    {"behind a zero and a blank", "code 0 ", ""},
    {"behind another number", "33612345678", "33612345678"},
    {"before digits", "", "12345678"},
    {"behind broken UTF-8", "\xE2\x82", "\xE2"},
    {"behind a plus", "+", ""},
    {"behind brackets", "(06 12 34 56 78) (", ")"},
    {"behind an address", "10.0.0.", ""},
    {"behind a date", "2026-11-2", ""},
    {"behind a date and a time", "2026-11-23 12:34:5", ""},
};

START_TEST(the_key_is_redacted_everywhere)
{
    char raw[256], out[TEXT_SIZE];
    for (int mask = 0; mask < 2; mask++) {
        struct text_rules rules = {.secret = KEY, .mask_numbers = mask == 1};
        snprintf(raw, sizeof raw, "%s%s%s", PLACES[_i].before, KEY, PLACES[_i].after);
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!leaks(out), "%s, numbers %s: the key shows in '%s'", PLACES[_i].name,
                      mask ? "masked" : "whole", out);
    }
}
END_TEST

START_TEST(every_occurrence_is_redacted)
{
    struct text_rules rules = {.secret = KEY};
    char raw[256], out[TEXT_SIZE];
    snprintf(raw, sizeof raw, "%s%s %s", KEY, KEY, KEY);
    text_clean_string(out, raw, &rules);
    ck_assert_msg(!leaks(out), "the key shows in '%s'", out);
    snprintf(raw, sizeof raw, "a %s b", KEY);
    text_clean_string(out, raw, &rules);
    ck_assert_msg(strncmp(out, "a ", 2) == 0 && strcmp(out + strlen(out) - 2, " b") == 0,
                  "expected the text around it, got '%s'", out);
}
END_TEST

/* Whatever part of it lies before the cut of 120 characters. */
START_TEST(the_key_is_redacted_at_the_cut)
{
    struct text_rules rules = {.secret = KEY, .mask_numbers = true};
    for (size_t before = 70; before <= 121; before++) {
        char raw[256] = "", out[TEXT_SIZE];
        memset(raw, 'x', before);
        strcat(raw, KEY);
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!leaks(out) && strlen(out) <= TEXT_MAX_CHARACTERS,
                      "behind %zu characters: '%s'", before, out);
        ck_assert_msg(before > 119 || !contains(out, "x9"),
                      "behind %zu characters the key begins to show: '%s'", before, out);
    }
}
END_TEST

START_TEST(a_key_of_visible_signs_is_redacted)
{
    static const char *const keys[] = {"<|>\"\\%s&'", "........", "00000000", "(06)1234"};
    for (int i = 0; i < COUNT_OF(keys); i++) {
        struct text_rules rules = {.secret = keys[i], .mask_numbers = true};
        char raw[64], out[TEXT_SIZE];
        snprintf(raw, sizeof raw, "a%sb", keys[i]);
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!contains(out, keys[i]), "key %s: '%s'", keys[i], out);
        ck_assert_msg(out[0] == 'a' && out[strlen(out) - 1] == 'b', "key %s: '%s'", keys[i], out);
    }
}
END_TEST

/* As JSON and URLs write it. The key holds what both have to escape. */
START_TEST(an_escaped_key_is_redacted)
{
    static const char key[] = "ab\"cd\\ef/gh&ij";
    static const char *const spellings[] = {
        "ab\\\"cd\\\\ef/gh&ij",   "ab\\\"cd\\\\ef\\/gh&ij", "ab\\u0022cd\\u005cef/gh\\u0026ij",
        "ab%22cd%5Cef%2Fgh%26ij", "ab%22cd%5cef%2fgh%26ij",
    };
    struct text_rules rules = {.secret = key, .mask_numbers = true};
    for (int i = 0; i < COUNT_OF(spellings); i++) {
        char raw[128], out[TEXT_SIZE];
        snprintf(raw, sizeof raw, "key=%s end", spellings[i]);
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!contains(out, "cd") && !contains(out, "gh") && contains(out, " end"),
                      "%s: the key shows in '%s'", spellings[i], out);
    }
}
END_TEST

/* A text that was cut in the middle of the key before it came here. */
START_TEST(the_beginning_of_the_key_is_redacted_at_the_end)
{
    struct text_rules rules = {.secret = KEY, .mask_numbers = true};
    for (size_t kept = 8; kept < strlen(KEY); kept++) {
        char raw[128], out[TEXT_SIZE];
        snprintf(raw, sizeof raw, "{\"apiKey\":\"%.*s", (int)kept, KEY);
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!leaks(out), "%zu characters: the key shows in '%s'", kept, out);
    }
}
END_TEST

static const struct {
    const char *name, *raw, *shown;
} NUMBERS[] = {
    {"international", "to +33612345678 failed", "to +336*****678 failed"},
    {"national", "0612345678", "061****678"},
    {"without plus", "33612345678", "336*****678"},
    {"00", "0033612345678", "003*******678"},
    {"blanks", "+33 6 12 34 56 78", "+33 6 ** ** *6 78"},
    {"points", "06.12.34.56.78", "06.1*.**.*6.78"},
    {"dashes", "06-12-34-56-78.", "06-1*-**-*6-78."},
    {"without plus, blanks", "33 6 12 34 56 78 x", "33 6 ** ** *6 78 x"},
    {"slashes", "06/12/34/56/78", "06/1*/**/*6/78"},
    {"underscores", "+33_6_12_34_56_78", "+33_6_**_**_*6_78"},
    {"no-break spaces",
     "06\xC2\xA0"
     "12\xC2\xA0"
     "345678",
     "06\xC2\xA0"
     "1*\xC2\xA0"
     "***678"},
    {"narrow no-break spaces",
     "06\xE2\x80\xAF"
     "12 345678",
     "06\xE2\x80\xAF"
     "1* ***678"},
    {"four digits and pairs", "0612-34-56-78", "061*-**-*6-78"},
    {"like an address", "33.612.345.678", "33.6**.***.678"},
    {"two numbers", "+33612345678,+33687654321", "+336*****678,+336*****321"},
    {"eight digits", "12345678", "123**678"},
    {"in quotes", "\"phoneNumber\":\"+33612345678\"", "\"phoneNumber\":\"+336*****678\""},
};

START_TEST(numbers_lose_their_middle)
{
    struct text_rules rules = {.mask_numbers = true};
    char out[TEXT_SIZE];
    text_clean_string(out, NUMBERS[_i].raw, &rules);
    ck_assert_msg(strcmp(out, NUMBERS[_i].shown) == 0, "%s: expected '%s', got '%s'",
                  NUMBERS[_i].name, NUMBERS[_i].shown, out);
    rules.mask_numbers = false;
    text_clean_string(out, NUMBERS[_i].raw, &rules);
    ck_assert_msg(strcmp(out, NUMBERS[_i].raw) == 0, "%s: not masked, got '%s'", NUMBERS[_i].name,
                  out);
}
END_TEST

static const char *const NO_NUMBERS[] = {
    "2026-11-23 08:18:00",
    "2026-11-23T08:18:00Z",
    "2026-01-02 03:04:05",
    "1234567",
    "code 200",
    "HTTP 503",
    "1000",
    "10.0.0.1",
    "192.168.100.254",
    "from 203.0.113.195 port 443",
    "127.0.0.1:8080",
    "0,5",
    "08:18:00",
    "1.2.3",
    "+",
    "0",
    "- - -",
    "2026-11-23 12:34:56.789",
};

START_TEST(dates_and_short_numbers_stay)
{
    struct text_rules rules = {.mask_numbers = true};
    char out[TEXT_SIZE];
    text_clean_string(out, NO_NUMBERS[_i], &rules);
    ck_assert_str_eq(out, NO_NUMBERS[_i]);
}
END_TEST

/* The cut must not turn a number into one that is too short to be noticed. */
START_TEST(numbers_are_masked_at_the_cut)
{
    struct text_rules rules = {.mask_numbers = true};
    for (size_t before = 105; before < 120; before++) {
        char raw[256] = "", out[TEXT_SIZE];
        memset(raw, 'x', before);
        strcat(raw, "+33612345678");
        text_clean_string(out, raw, &rules);
        ck_assert_msg(!contains(out, "+3361"), "behind %zu characters: '%s'", before, out);
    }
}
END_TEST

void text_add_secret_cases(Suite *suite)
{
    TCase *key = add_case(suite, "key"), *numbers = add_case(suite, "numbers");
    tcase_add_loop_test(key, the_key_is_redacted_everywhere, 0, COUNT_OF(PLACES));
    tcase_add_test(key, every_occurrence_is_redacted);
    tcase_add_test(key, the_key_is_redacted_at_the_cut);
    tcase_add_test(key, an_escaped_key_is_redacted);
    tcase_add_test(key, the_beginning_of_the_key_is_redacted_at_the_end);
    tcase_add_test(key, a_key_of_visible_signs_is_redacted);
    tcase_add_loop_test(numbers, numbers_lose_their_middle, 0, COUNT_OF(NUMBERS));
    tcase_add_loop_test(numbers, dates_and_short_numbers_stay, 0, COUNT_OF(NO_NUMBERS));
    tcase_add_test(numbers, numbers_are_masked_at_the_cut);
}
