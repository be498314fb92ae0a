/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text: decimals with a point, whole numbers with a maximum, durations, and the printed
 * form that perfdata and JSON share. What is not a number must leave the value alone.
 */
#include "number.h"
#include "suites.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text;
    double value;
} DECIMALS[] = {
    {"0", 0},
    {"95", 95},
    {"-5", -5},
    {"0.5", 0.5},
    {".25", 0.25},
    {"-.5", -0.5},
    {"010", 10},
    {"95.000", 95},
    {"1000000000000000", 1e15},
    {"-1000000000000000", -1e15},
    {"0.000001", 1e-6},
    {"123456.789", 123456.789},
};

START_TEST(reads_decimals)
{
    double value = 77;
    bool fine = number_parse(DECIMALS[_i].text, strlen(DECIMALS[_i].text), &value);
    ck_assert_msg(fine && value == DECIMALS[_i].value, "'%s': expected %.9f, got %s %.9f",
                  DECIMALS[_i].text, DECIMALS[_i].value, fine ? "number" : "nothing", value);
}
END_TEST

static const struct {
    const char *name, *text;
    size_t length;
} NO_DECIMALS[] = {
    {"empty", "", 0},
    {"blank", " ", 1},
    {"leading blank", " 1", 2},
    {"trailing blank", "1 ", 2},
    {"comma", "1,5", 3},
    {"exponent", "1e3", 3},
    {"capital exponent", "1E3", 3},
    {"nan", "nan", 3},
    {"inf", "inf", 3},
    {"minus inf", "-inf", 4},
    {"hexadecimal", "0x10", 4},
    {"garbage", "10abc", 5},
    {"minus alone", "-", 1},
    {"point alone", ".", 1},
    {"minus point", "-.", 2},
    {"no decimals", "5.", 2},
    {"two points", "1.2.3", 5},
    {"two signs", "--1", 3},
    {"sign at the end", "1-", 2},
    {"too large", "1000000000000001", 16},
    {"too small", "-1000000000000001", 17},
    {"400 digits", NULL, 400},
    {"NUL inside",
     "1\0"
     "2",
     3},
    {"NUL behind", "1\0", 2},
};

START_TEST(refuses_what_is_no_decimal)
{
    char digits[400];
    double value = 77;
    memset(digits, '9', sizeof digits);
    const char *text = NO_DECIMALS[_i].text ? NO_DECIMALS[_i].text : digits;
    bool fine = number_parse(text, NO_DECIMALS[_i].length, &value);
    ck_assert_msg(!fine && value == 77, "%s: expected nothing, got %g", NO_DECIMALS[_i].name,
                  value);
}
END_TEST

static const struct {
    const char *text;
    uint64_t max;
    bool fine;
    uint64_t value;
} WHOLE[] = {
    {"0", 0, true, 0},
    {"1", 0, false, 0},
    {"9", 0, false, 0},
    {"5", 5, true, 5},
    {"6", 5, false, 0},
    {"9", 5, false, 0},
    {"8", 8, true, 8},
    {"9", 8, false, 0},
    {"9", 9, true, 9},
    {"10", 9, false, 0},
    {"007", 7, true, 7},
    {"25", 25, true, 25},
    {"26", 25, false, 0},
    {"30", 25, false, 0},
    {"65535", 65535, true, 65535},
    {"65536", 65535, false, 0},
    {"18446744073709551615", UINT64_MAX, true, UINT64_MAX},
    {"18446744073709551616", UINT64_MAX, false, 0},
    {"99999999999999999999", UINT64_MAX, false, 0},
    {"36893488147419103232", UINT64_MAX, false, 0},
    {"000000000000000000000000000012", 12, true, 12},
    {"000000000000000000000000000013", 12, false, 0},
    {"00000018446744073709551615", UINT64_MAX, true, UINT64_MAX},
    {"0000001844674407370955161x", UINT64_MAX, false, 0},
    {"", 9, false, 0},
    {"+1", 9, false, 0},
    {"-1", 9, false, 0},
    {" 1", 9, false, 0},
    {"1 ", 9, false, 0},
    {"1.0", 9, false, 0},
    {"0x1", 99, false, 0},
    {"1e0", 99, false, 0},
    {"1,0", 99, false, 0},
};

START_TEST(whole_numbers_have_a_maximum)
{
    uint64_t value = 77;
    bool fine =
        number_parse_unsigned(WHOLE[_i].text, strlen(WHOLE[_i].text), WHOLE[_i].max, &value);
    uint64_t expected = WHOLE[_i].fine ? WHOLE[_i].value : 77;
    ck_assert_msg(fine == WHOLE[_i].fine && value == expected,
                  "'%s', at most %ju: expected %s %ju, got %s %ju", WHOLE[_i].text,
                  (uintmax_t)WHOLE[_i].max, WHOLE[_i].fine ? "number" : "nothing",
                  (uintmax_t)expected, fine ? "number" : "nothing", (uintmax_t)value);
}
END_TEST

static const struct {
    const char *text;
    int64_t milliseconds;
} DURATIONS[] = {
    {"0", 0},
    {"0h", 0},
    {"10", 10000},
    {"10s", 10000},
    {"5m", 300000},
    {"48h", 172800000},
    {"2d", 172800000},
    {"1.5h", 5400000},
    {"0.5", 500},
    {".25s", 250},
    {"0.001", 1},
    {"36525d", INT64_C(3155760000000)},
    {"1000000000000s", INT64_C(1000000000000000)},
};

START_TEST(reads_durations)
{
    int64_t ms = 77;
    bool fine = number_parse_duration(DURATIONS[_i].text, &ms);
    ck_assert_msg(fine && ms == DURATIONS[_i].milliseconds, "'%s': expected %jd ms, got %s %jd",
                  DURATIONS[_i].text, (intmax_t)DURATIONS[_i].milliseconds,
                  fine ? "duration" : "nothing", (intmax_t)ms);
}
END_TEST

static const char *const NO_DURATIONS[] = {
    "",
    "s",
    "h",
    "-1",
    "-1h",
    "1w",
    "1y",
    "1ms",
    "1 h",
    " 1h",
    "1h ",
    "1h30m",
    "1hh",
    "1,5h",
    "1e3",
    "nan",
    "inf",
    "infd",
    "0x1",
    "abc",
    "1000000000001",
    "999999999999999d",
    "1.",
    "%",
};

START_TEST(refuses_what_is_no_duration)
{
    int64_t ms = 77;
    bool fine = number_parse_duration(NO_DURATIONS[_i], &ms);
    ck_assert_msg(!fine && ms == 77, "'%s': expected nothing, got %jd ms", NO_DURATIONS[_i],
                  (intmax_t)ms);
}
END_TEST

static const struct {
    double value;
    const char *text;
} PRINTED[] = {
    {0, "0"},
    {-0.0, "0"},
    {-0.0000001, "0"},
    {0.0000001, "0"},
    {1, "1"},
    {-1, "-1"},
    {10, "10"},
    {100, "100"},
    {88, "88"},
    {0.5, "0.5"},
    {-0.5, "-0.5"},
    {1.0 / 3, "0.333333"},
    {2.0 / 3, "0.666667"},
    {89.996, "89.996"},
    {99.9999999, "100"},
    {0.000001, "0.000001"},
    {1000000, "1000000"},
    {123456.789, "123456.789"},
    {1e15, "1000000000000000"},
    {-1e15, "-1000000000000000"},
    {1234567.100001, "1234567.100001"},
};

START_TEST(prints_at_most_six_decimals)
{
    char out[NUMBER_SIZE];
    ck_assert_msg(number_format(out, PRINTED[_i].value) == out, "%.9f: returns something else",
                  PRINTED[_i].value);
    ck_assert_msg(strcmp(out, PRINTED[_i].text) == 0, "%.9f: expected '%s', got '%s'",
                  PRINTED[_i].value, PRINTED[_i].text, out);
}
END_TEST

START_TEST(what_is_printed_reads_as_the_same_number)
{
    uint64_t seed = 4711;
    for (int i = 0; i < 5000; i++) {
        double value = ((double)random_below(&seed, 2000000000) - 1e9) / (i % 2 ? 1000 : 1000000),
               again = NAN;
        char out[NUMBER_SIZE];
        number_format(out, value);
        ck_assert_msg(number_parse(out, strlen(out), &again), "'%s' doesn't read back", out);
        ck_assert_msg(fabs(again - value) <= 5e-7, "'%s': expected %.9f, got %.9f", out, value,
                      again);
        ck_assert_msg(strpbrk(out, "eE,+") == NULL, "'%s' has more than digits, point and minus",
                      out);
    }
}
END_TEST

static const struct {
    uint64_t value;
    const char *text;
} UNSIGNED[] = {
    {0, "0"},
    {7, "7"},
    {10, "10"},
    {99, "99"},
    {100, "100"},
    {1009, "1009"},
    {33612345678, "33612345678"},
    {9999999999999999999U, "9999999999999999999"},
    {UINT64_MAX, "18446744073709551615"},
};

START_TEST(prints_whole_numbers)
{
    char out[NUMBER_SIZE];
    size_t length = number_format_unsigned(out, UNSIGNED[_i].value);
    ck_assert_str_eq(out, UNSIGNED[_i].text);
    ck_assert_uint_eq(length, strlen(UNSIGNED[_i].text));
}
END_TEST

/* Every length, and every byte in every place: only digits count, and all before the first other.
 */
START_TEST(takes_the_digits_in_front)
{
    const char digits[] = "1234567890987654321";
    for (size_t length = 0; length < sizeof digits; length++) {
        uint64_t value = 77, expected = strtoull(digits, NULL, 10);
        for (size_t i = length; i < NUMBER_SAFE_DIGITS; i++)
            expected /= 10;
        ck_assert_uint_eq(number_take_digits(digits, length, &value), length);
        ck_assert_uint_eq(value, expected);
    }
    for (size_t at = 0; at < NUMBER_SAFE_DIGITS; at++)
        for (int byte = 0; byte < 256; byte++) {
            char text[sizeof digits];
            uint64_t value = 0;
            memcpy(text, digits, sizeof text);
            text[at] = (char)byte;
            bool is_digit = byte >= '0' && byte <= '9';
            ck_assert_msg(number_take_digits(text, NUMBER_SAFE_DIGITS, &value) ==
                              (is_digit ? NUMBER_SAFE_DIGITS : at),
                          "byte %d at %zu", byte, at);
        }
}
END_TEST

START_TEST(floor_is_the_next_whole_number_below)
{
    static const double values[][2] = {{0, 0},       {0.5, 0},       {-0.5, -1},
                                       {2, 2},       {-2, -2},       {-2.1, -3},
                                       {1e15, 1e15}, {1e300, 1e300}, {-1e300, -1e300}};
    for (int i = 0; i < COUNT_OF(values); i++)
        ck_assert_double_eq(number_floor(values[i][0]), values[i][1]);
}
END_TEST

Suite *number_suite(void)
{
    Suite *suite = suite_create("number");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, reads_decimals, 0, COUNT_OF(DECIMALS));
    tcase_add_loop_test(core, reads_durations, 0, COUNT_OF(DURATIONS));
    tcase_add_loop_test(core, prints_at_most_six_decimals, 0, COUNT_OF(PRINTED));
    tcase_add_test(core, what_is_printed_reads_as_the_same_number);
    tcase_add_loop_test(core, prints_whole_numbers, 0, COUNT_OF(UNSIGNED));
    tcase_add_test(core, takes_the_digits_in_front);
    tcase_add_test(core, floor_is_the_next_whole_number_below);
    tcase_add_loop_test(limits, refuses_what_is_no_decimal, 0, COUNT_OF(NO_DECIMALS));
    tcase_add_loop_test(limits, whole_numbers_have_a_maximum, 0, COUNT_OF(WHOLE));
    tcase_add_loop_test(limits, refuses_what_is_no_duration, 0, COUNT_OF(NO_DURATIONS));
    return suite;
}
