/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Phone numbers in all spellings become one number, everything else a
 * reason; what is printed reads back, and a mask hides the middle.
 */
#include "phone.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *text, *country_code;
    uint64_t number;
} SPELLINGS[] = {
    {"+33612345678", "33", 33612345678},
    {"0033612345678", "33", 33612345678},
    {"0612345678", "33", 33612345678},
    {"33612345678", "33", 33612345678},
    {"+33 6 12 34 56 78", "33", 33612345678},
    {"06 12 34 56 78", "33", 33612345678},
    {"06.12.34.56.78", "33", 33612345678},
    {"06-12-34-56-78", "33", 33612345678},
    {"(06) 12 34 56 78", "33", 33612345678},
    {"06(12)345678", "33", 33612345678},
    {"+33 (0)6 12 34 56 78", "33", 33612345678},
    {"+33(0)612345678", "33", 33612345678},
    {"0033 (0)6 12 34 56 78", "33", 33612345678},
    {"33 (0)6 12 34 56 78", "33", 33612345678},
    {"(0)612345678", "33", 33612345678},
    {"(+33) 6 12 34 56 78", "33", 33612345678},
    {"00 33 6 12 34 56 78", "33", 33612345678},
    {" +33612345678 ", "33", 33612345678},
    {"+33.6-12 34(56)78", "33", 33612345678},
    {"+33\t612345678", "33", 33612345678},
    {"0612345678", "1", 1612345678},
    {"0612345678", "590", 590612345678},
    {"0612345678", "352", 352612345678},
    {"+33612345678", "1", 33612345678},
    {"0033612345678", "590", 33612345678},
    {"33612345678", "49", 33612345678},
    {"07911123456", "44", 447911123456},
    {"+12345678", "33", 12345678},
    {"12345678", "33", 12345678},
    {"0012345678", "33", 12345678},
    {"0123456", "33", 33123456},
    {"+123456789012345", "33", 123456789012345},
    {"123456789012345", "33", 123456789012345},
    {"00123456789012345", "33", 123456789012345},
    {"01234567890123", "33", 331234567890123},
    {"+999999999999999", "33", 999999999999999},
};

START_TEST(every_spelling_is_one_number)
{
    uint64_t number = 0;
    const char *why = "", *text = SPELLINGS[_i].text;
    bool fine = phone_parse(text, strlen(text), SPELLINGS[_i].country_code, &number, &why);
    ck_assert_msg(fine, "'%s' in %s: expected %ju, got '%s'", text, SPELLINGS[_i].country_code,
                  (uintmax_t)SPELLINGS[_i].number, why);
    ck_assert_msg(number == SPELLINGS[_i].number, "'%s' in %s: expected %ju, got %ju", text,
                  SPELLINGS[_i].country_code, (uintmax_t)SPELLINGS[_i].number, (uintmax_t)number);
}
END_TEST

static const struct {
    const char *name, *text;
    size_t length;
} BAD[] = {
    {"empty", "", 0},
    {"blanks", "   ", 3},
    {"plus alone", "+", 1},
    {"zero alone", "0", 1},
    {"two zeros", "00", 2},
    {"7 digits behind plus", "+1234567", 8},
    {"7 digits", "1234567", 7},
    {"7 digits behind 00", "001234567", 9},
    {"7 digits with country code", "012345", 6},
    {"16 digits behind plus", "+1234567890123456", 17},
    {"16 digits", "1234567890123456", 16},
    {"16 digits behind 00", "001234567890123456", 18},
    {"16 digits with country code", "012345678901234", 15},
    {"40 digits", "1234567890123456789012345678901234567890", 40},
    {"letters", "abcdefgh", 8},
    {"letter inside", "+3361234a5678", 13},
    {"two pluses", "++33612345678", 13},
    {"plus inside", "33+612345678", 12},
    {"plus at the end", "33612345678+", 12},
    {"slash", "06/12/34/56/78", 14},
    {"comma", "0612345678,1", 12},
    {"extension", "+33612345678x9", 14},
    {"country code 0", "+0612345678", 11},
    {"000", "000612345678", 12},
    {"NUL inside",
     "+3361234\0"
     "5678",
     13},
    {"line end", "+33612345678\n", 13},
    {"no-break space",
     "+33\xC2\xA0"
     "612345678",
     14},
    {"other digits", "\xD9\xA3\xD9\xA3\xD9\xA3\xD9\xA3", 8},
    {"tel:", "tel:+33612345678", 16},
    {"null", "NULL", 4},
    {"decimal", "33612345678,0", 13},
};

START_TEST(refuses_what_is_no_number)
{
    uint64_t number = 0;
    const char *why = NULL;
    bool fine = phone_parse(BAD[_i].text, BAD[_i].length, "33", &number, &why);
    ck_assert_msg(!fine, "%s ('%s'): expected no number, got %ju", BAD[_i].name, BAD[_i].text,
                  (uintmax_t)number);
    ck_assert_msg(why && *why, "%s: expected a reason", BAD[_i].name);
}
END_TEST

START_TEST(reads_no_further_than_the_length)
{
    uint64_t number = 0;
    const char *why = NULL;
    ck_assert(phone_parse("+336123456789999", 12, "33", &number, &why));
    ck_assert_uint_eq(number, 33612345678);
}
END_TEST

START_TEST(what_is_printed_reads_as_the_same_number)
{
    uint64_t seed = 33, again = 0;
    const char *why = NULL;
    for (int i = 0; i < 2000; i++) {
        char out[PHONE_SIZE];
        uint64_t number = 10000000 + random_below(&seed, 999999990000000);
        phone_format(out, number);
        ck_assert_msg(out[0] == '+', "'%s' is not in international form", out);
        ck_assert_msg(phone_parse(out, strlen(out), "33", &again, &why),
                      "'%s' doesn't read back: %s", out, why);
        ck_assert_uint_eq(again, number);
    }
}
END_TEST

static const struct {
    uint64_t number;
    const char *whole, *masked;
} MASKS[] = {
    {33699999992, "+33699999992", "+336*****992"},
    {12345678, "+12345678", "+123**678"},
    {123456789012345, "+123456789012345", "+123*********345"},
};

START_TEST(a_mask_hides_the_middle)
{
    char out[PHONE_SIZE];
    ck_assert_str_eq(phone_format(out, MASKS[_i].number), MASKS[_i].whole);
    ck_assert_str_eq(phone_mask(out, MASKS[_i].number), MASKS[_i].masked);
}
END_TEST

Suite *phone_suite(void)
{
    Suite *suite = suite_create("phone");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, every_spelling_is_one_number, 0, COUNT_OF(SPELLINGS));
    tcase_add_loop_test(core, a_mask_hides_the_middle, 0, COUNT_OF(MASKS));
    tcase_add_test(core, what_is_printed_reads_as_the_same_number);
    tcase_add_loop_test(limits, refuses_what_is_no_number, 0, COUNT_OF(BAD));
    tcase_add_test(limits, reads_no_further_than_the_length);
    return suite;
}
