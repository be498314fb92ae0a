/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ranges as in the table of the Monitoring Plugins guidelines: what
 * alerts on, inside and outside the ends, what is no range at all, and what is printed back.
 */
#include "range.h"
#include "suites.h"
#include "support.h"

#include <math.h>
#include <string.h>

static bool parse(const char *text, struct range *range)
{
    return range_parse(text, strlen(text), range);
}

/* The guidelines' table: 10, 10:, ~:10, 10:20, @10:20; and what users get wrong elsewhere. */
static const struct {
    const char *range;
    double value;
    bool alerts;
} JUDGED[] = {
    {"10", -0.000001, true},
    {"10", 0, false},
    {"10", 5, false},
    {"10", 10, false},
    {"10", 10.000001, true},
    {"10:", 9.999999, true},
    {"10:", 10, false},
    {"10:", 1e12, false},
    {"10:", -5, true},
    {"~:10", -1e12, false},
    {"~:10", 10, false},
    {"~:10", 10.000001, true},
    {"10:20", 9.999999, true},
    {"10:20", 10, false},
    {"10:20", 15, false},
    {"10:20", 20, false},
    {"10:20", 20.000001, true},
    {"@10:20", 9.999999, false},
    {"@10:20", 10, true},
    {"@10:20", 15, true},
    {"@10:20", 20, true},
    {"@10:20", 20.000001, false},
    {"@10", -1, false},
    {"@10", 0, true},
    {"@10", 10, true},
    {"@10", 11, false},
    {"@10:", 9, false},
    {"@10:", 10, true},
    {"@10:", 1e9, true},
    {"@~:10", -1e9, true},
    {"@~:10", 11, false},
    {"0", 0, false},
    {"0", 1, true},
    {"0", -1, true},
    {"0:", 0, false},
    {"0:", -1, true},
    {"~:", -1e12, false},
    {"~:", 0, false},
    {"~:", 1e12, false},
    {"@~:", 0, true},
    {"-10:-5", -10, false},
    {"-10:-5", -11, true},
    {"-10:-5", -4, true},
    {"-5:", -5, false},
    {"-5:", -6, true},
    {"7:7", 7, false},
    {"7:7", 8, true},
    {"@7:7", 7, true},
    {"95:", 94.996, true},
    {"95:", 95, false},
    {"0.5:1.25", 0.5, false},
    {"0.5:1.25", 1.26, true},
    {".5:", 0.4, true},
    {".5:", 0.5, false},
    {"010", 10, false},
    {"010", 9, false},
    {"010", 11, true},
};

START_TEST(alerts_as_the_guidelines_say)
{
    struct range range = {0};
    ck_assert_msg(parse(JUDGED[_i].range, &range), "%s: expected a range", JUDGED[_i].range);
    bool got = range_alerts(&range, JUDGED[_i].value);
    ck_assert_msg(got == JUDGED[_i].alerts, "%s at %.6f: expected %s, got %s", JUDGED[_i].range,
                  JUDGED[_i].value, JUDGED[_i].alerts ? "alert" : "none", got ? "alert" : "none");
}
END_TEST

static const struct {
    const char *name, *text;
} BAD[] = {
    {"empty", ""},
    {"colon alone", ":"},
    {"no start before the colon", ":10"},
    {"tilde alone", "~"},
    {"at alone", "@"},
    {"start above end", "10:5"},
    {"start above end, inside", "@10:5"},
    {"negative end without a start", "-5"},
    {"exponent", "1e3"},
    {"exponent behind a colon", "1:1e3"},
    {"nan", "nan"},
    {"inf", "inf"},
    {"minus inf", "-inf:"},
    {"infinity as end", "10:infinity"},
    {"hexadecimal", "0x10"},
    {"trailing garbage", "10abc"},
    {"garbage behind the end", "1:10x"},
    {"leading blank", " 10"},
    {"trailing blank", "10 "},
    {"blank inside", "10: 20"},
    {"tab", "\t10"},
    {"line end", "10\n"},
    {"decimal comma", "5,5"},
    {"tilde as end", "10:~"},
    {"two tildes", "~:~"},
    {"tilde without a colon", "~10"},
    {"tilde with a number", "~10:20"},
    {"at and colon", "@:"},
    {"at without a start", "@:10"},
    {"at tilde", "@~"},
    {"two ats", "@@10"},
    {"at in the middle", "10:@20"},
    {"two colons", "10::20"},
    {"three numbers", "10:20:30"},
    {"dash as separator", "10-20"},
    {"two points", "1.2.3"},
    {"point alone", "."},
    {"minus alone", "-"},
    {"minus point", "-."},
    {"two minuses", "--5:"},
    {"point without decimals", "5."},
    {"thousands", "1'000"},
    {"letters", "abc"},
    {"above all numbers", "1000000000000001"},
    {"other digits", "\xD9\xA3"},
    {"percent alone", "%"},
    {"two percents", "5%%"},
    {"percent in front", "%5"},
    {"blank before percent", "5 %"},
    {"tilde percent", "~%:5"},
    {"percent without a start", ":5%"},
    {"percent inside a number", "5%10"},
    {"at percent", "@%"},
    {"share with start above end", "10%:5%"},
};

START_TEST(refuses_what_is_no_range)
{
    struct range range = {.start = 1, .end = 2};
    ck_assert_msg(!parse(BAD[_i].text, &range), "%s ('%s'): expected no range, got %g to %g",
                  BAD[_i].name, BAD[_i].text, range.start, range.end);
    ck_assert_msg(range.start == 1 && range.end == 2, "%s ('%s'): the range was touched",
                  BAD[_i].name, BAD[_i].text);
}
END_TEST

START_TEST(reads_no_further_than_the_length)
{
    struct range range = {0};
    ck_assert_msg(range_parse("10:20", 2, &range), "'10' of '10:20': expected a range");
    ck_assert_double_eq(range.end, 10);
    ck_assert_msg(!range_parse("10\0x", 4, &range), "a NUL inside: expected no range");
}
END_TEST

static const struct {
    const char *text;
    double start, end;
    bool inside;
} SHARES[] = {
    {"5%", 0, 5, false},      {"5%:10%", 5, 10, false},    {"5%:10", 5, 10, false},
    {"5:10%", 5, 10, false},  {"0%", 0, 0, false},         {"2.5%", 0, 2.5, false},
    {"@5%:10%", 5, 10, true}, {"5%:", 5, INFINITY, false}, {"~:5%", -INFINITY, 5, false},
};

START_TEST(percent_behind_either_number_makes_a_share)
{
    struct range range = {0};
    ck_assert_msg(parse(SHARES[_i].text, &range), "%s: expected a range", SHARES[_i].text);
    ck_assert_msg(range.percent, "%s: expected a share", SHARES[_i].text);
    ck_assert_msg(range.start == SHARES[_i].start && range.end == SHARES[_i].end &&
                      range.inside == SHARES[_i].inside,
                  "%s: expected %g to %g, got %g to %g", SHARES[_i].text, SHARES[_i].start,
                  SHARES[_i].end, range.start, range.end);
}
END_TEST

START_TEST(a_share_amounts_to_a_count)
{
    struct range range = {0}, count;
    ck_assert(parse("5%", &range));
    count = range_of_share(&range, 200);
    ck_assert_double_eq(count.end, 10);
    ck_assert(!count.percent);
    count = range_of_share(&range, 0);
    ck_assert_double_eq(count.end, 0);
    ck_assert(parse("@2.5%:", &range));
    count = range_of_share(&range, 1000);
    ck_assert_double_eq(count.start, 25);
    ck_assert(isinf(count.end) && count.inside);
    ck_assert(parse("5:10", &range));
    count = range_of_share(&range, 200);
    ck_assert_msg(count.start == 5 && count.end == 10, "5:10 is no share: got %g to %g",
                  count.start, count.end);
}
END_TEST

static const struct {
    const char *text, *printed;
} PRINTED[] = {
    {"10", "10"},
    {"0:10", "10"},
    {"0", "0"},
    {"0:0", "0"},
    {"10:", "10:"},
    {"0:", "0:"},
    {"~:10", "~:10"},
    {"~:", "~:"},
    {"10:20", "10:20"},
    {"10:10", "10:10"},
    {"@10:20", "@10:20"},
    {"@10", "@10"},
    {"@0:10", "@10"},
    {"@10:", "@10:"},
    {"@~:10", "@~:10"},
    {"-5:5", "-5:5"},
    {"-10:-5", "-10:-5"},
    {"~:-5", "~:-5"},
    {".5", "0.5"},
    {"95.000:", "95:"},
    {"010", "10"},
    {"0.000001:", "0.000001:"},
    {"-0:5", "5"},
    {"@-0.5:", "@-0.5:"},
    {"1000000000000000", "1000000000000000"},
};

START_TEST(prints_the_shortest_text_of_the_same_range)
{
    char out[RANGE_SIZE];
    struct range range = {0};
    ck_assert_msg(parse(PRINTED[_i].text, &range), "%s: expected a range", PRINTED[_i].text);
    range_format(out, &range);
    ck_assert_msg(strcmp(out, PRINTED[_i].printed) == 0, "%s: expected '%s', got '%s'",
                  PRINTED[_i].text, PRINTED[_i].printed, out);
}
END_TEST

/* An end with up to six decimals, as people write them. */
static double random_end(uint64_t *seed)
{
    static const double scale[] = {1, 10, 100, 1000, 1e6};
    double whole = (double)random_below(seed, 2000000) - 1000000;
    return whole / scale[random_below(seed, 5)];
}

START_TEST(what_is_printed_reads_as_the_same_range)
{
    uint64_t seed = 20261123;
    for (int i = 0; i < 2000; i++) {
        double a = random_end(&seed), b = random_end(&seed);
        struct range range = {.start = a < b ? a : b, .end = a < b ? b : a}, again = {0};
        char out[RANGE_SIZE];
        range.inside = random_below(&seed, 2) == 1;
        if (random_below(&seed, 4) == 0)
            range.start = -INFINITY;
        if (random_below(&seed, 4) == 0)
            range.end = INFINITY;
        range_format(out, &range);
        ck_assert_msg(parse(out, &again), "'%s' doesn't read back", out);
        ck_assert_msg(again.start == range.start && again.end == range.end &&
                          again.inside == range.inside,
                      "'%s': expected %.9f to %.9f, got %.9f to %.9f", out, range.start, range.end,
                      again.start, again.end);
    }
}
END_TEST

Suite *range_suite(void)
{
    Suite *suite = suite_create("range");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, alerts_as_the_guidelines_say, 0, COUNT_OF(JUDGED));
    tcase_add_loop_test(core, percent_behind_either_number_makes_a_share, 0, COUNT_OF(SHARES));
    tcase_add_test(core, a_share_amounts_to_a_count);
    tcase_add_loop_test(core, prints_the_shortest_text_of_the_same_range, 0, COUNT_OF(PRINTED));
    tcase_add_loop_test(limits, refuses_what_is_no_range, 0, COUNT_OF(BAD));
    tcase_add_test(limits, reads_no_further_than_the_length);
    tcase_add_test(limits, what_is_printed_reads_as_the_same_range);
    return suite;
}
