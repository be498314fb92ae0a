/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The instruments before the measurement: the perfdata and range readers, the models of the
 * servers' splitting, the splitting of command lines.
 */
#include "harness.h"
#include "output_readers.h"
#include "suites.h"

static const char *const good_perfdata[] = {
    "a=1",
    "a=1;;;0 b=U c=2%;95:;@1:2;0;100",
    "'with blank'=1.5s;~:10;-5:5",
    "a=-3;10;20;0;",
    "it=0.000001",
};

static const char *const bad_perfdata[] = {
    "a=1 ",  " a=1",    "a=1  b=2",  "a=1,5", "a=1e3", "a=-0",          "a=1x",
    "a=",    "=1",      "a=1 a=2",   "a=nan", "a=1.",  "a=1.1234567",   "a=1;20:10",
    "a=1;:", "a=1;;;x", "a=01",      "a b=1", "'a=1",  "a=1;2;3;4;5;6", "a=1;@",
    "a=U%",  "a=1ms",   "a=1;10;-5",
};

struct range_row {
    const char *text;
    double calm;
    double alerting;
};

static const struct range_row ranges[] = {
    {"10", 10, 11},    {"10", 0, -1},    {"10:", 10, 9},    {"~:10", -99, 11},
    {"10:20", 20, 21}, {"10:20", 10, 9}, {"@10:20", 9, 10}, {"@10:20", 21, 20},
};

START_TEST(perfdata_accepted)
{
    struct perfdata perfdata;

    ck_assert_msg(perfdata_read(good_perfdata[_i], &perfdata), "'%s': %s", good_perfdata[_i],
                  perfdata.error);
}
END_TEST

START_TEST(perfdata_refused)
{
    struct perfdata perfdata;

    ck_assert_msg(!perfdata_read(bad_perfdata[_i], &perfdata), "'%s'", bad_perfdata[_i]);
}
END_TEST

START_TEST(ranges_of_the_guidelines)
{
    const struct range_row *row = &ranges[_i];
    struct range_reading range;

    ck_assert(range_read(row->text, &range));
    ck_assert_msg(!range_alerts(&range, row->calm), "%s: %g", row->text, row->calm);
    ck_assert_msg(range_alerts(&range, row->alerting), "%s: %g", row->text, row->alerting);
}
END_TEST

START_TEST(servers_disagree_on_a_stray_bar)
{
    const char *output = "S OK - fine | a=1\nline | two\nthree | b=2\n";

    ck_assert_str_eq(nagios_split(output).perfdata, "a=1 two\nthree | b=2");
    ck_assert_str_eq(icinga_split(output).perfdata, "a=1 b=2");
    ck_assert_str_eq(icinga_split(output).text, "S OK - fine line | two three");
}
END_TEST

START_TEST(words_are_split)
{
    const char **words = split_words("-b 'a b'  -w '' x{key}y 'it{'");

    ck_assert_str_eq(words[0], "-b");
    ck_assert_str_eq(words[1], "a b");
    ck_assert_str_eq(words[2], "-w");
    ck_assert_str_eq(words[3], "");
    ck_assert_str_eq(words[4], "xkeyy");
    ck_assert_str_eq(words[5], "it{");
    ck_assert_ptr_null(words[6]);
}
END_TEST

Suite *harness_suite(void)
{
    Suite *suite = suite_create("harness");
    TCase *tcase = harness_case(suite, "readers");

    tcase_add_loop_test(tcase, perfdata_accepted, 0, ROWS(good_perfdata));
    tcase_add_loop_test(tcase, perfdata_refused, 0, ROWS(bad_perfdata));
    tcase_add_loop_test(tcase, ranges_of_the_guidelines, 0, ROWS(ranges));
    tcase_add_test(tcase, servers_disagree_on_a_stray_bar);
    tcase_add_test(tcase, words_are_split);
    return suite;
}
