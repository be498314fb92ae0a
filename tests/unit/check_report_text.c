/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report as text: the wording of the first line, alerts, problem
 * messages in their groups, diagnostics; and that hostile text stays text.
 */
#include "fixture_report.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static const struct said DELIVERED = {200, "Delivered", false, false},
                         KO = {200, "Not delivered", false, false};
static const struct said NOT_FOUND = {4, "Number not found", false, false},
                         WAITING = {200, "Waiting", false, false};

static void add_manual_example(struct scene *scene)
{
    scene_add(scene, OUTCOME_NOT_FOUND, 1, NOT_FOUND);
    scene_add(scene, OUTCOME_OVERDUE, 3, WAITING);
    scene_add(scene, OUTCOME_UNDELIVERED, 18, KO);
    scene_add(scene, OUTCOME_UNDELIVERED, 2, (struct said){200, "Not delivered", true, false});
    scene_add(scene, OUTCOME_DELIVERED, 176, DELIVERED);
}

START_TEST(the_manuals_example)
{
    struct scene scene;
    char line[2000];
    static const char first[] = "SMSPARTNER CRITICAL - 88.00% delivered (176 of 200), 20 not "
                                "delivered, 3 overdue, 1 not found, "
                                "2 spam | delivered_ratio=88%;95:;90:;0;100 failed_ratio=12%;";
    scene_init(&scene);
    add_manual_example(&scene);
    scene_line(&scene, 0, line, sizeof line);
    ck_assert_msg(strncmp(line, first, strlen(first)) == 0, "got '%s'", line);
    ck_assert_str_eq(scene_line(&scene, 1, line, sizeof line),
                     "[CRITICAL] delivered_ratio 88% is outside 90:");
    ck_assert_str_eq(scene_line(&scene, 2, line, sizeof line), "[WARNING] spam 2 is outside 0");
    ck_assert_str_eq(scene_line(&scene, 3, line, sizeof line),
                     "[not delivered] message 1004 to +336*****996: Not delivered");
    ck_assert_str_eq(scene_line(&scene, 13, line, sizeof line), "... and 14 more");
    ck_assert_str_eq(scene_line(&scene, 14, line, sizeof line), "");
    scene.report.list_max = REPORT_LIST_ALL;
    ck_assert_str_eq(scene_line(&scene, 23, line, sizeof line),
                     "[overdue] message 1001 to +336*****993: Waiting");
    ck_assert_str_eq(scene_line(&scene, 26, line, sizeof line),
                     "[not found] message 1000 to +336*****992: Number not found (code 4)");
    ck_assert_str_eq(scene_line(&scene, 27, line, sizeof line), "");
    scene_release(&scene);
}
END_TEST

START_TEST(the_state_may_be_coloured)
{
    struct scene scene;
    char line[2000];
    static const char first[] = "SMSPARTNER \033[31mCRITICAL\033[0m - 88.00% delivered";
    scene_init(&scene);
    add_manual_example(&scene);
    scene.report.colours = true;
    scene_line(&scene, 0, line, sizeof line);
    ck_assert_msg(strncmp(line, first, strlen(first)) == 0, "got '%s'", line);
    ck_assert_ptr_null(strchr(line + strlen(first), '\033'));
    ck_assert_str_eq(scene_line(&scene, 1, line, sizeof line),
                     "[CRITICAL] delivered_ratio 88% is outside 90:");
    ck_assert_ptr_null(strchr(scene_json(&scene), '\033'));
    scene_release(&scene);
}
END_TEST

/* First lines up to the perfdata, in the order of enum outcome_kind. */
static const struct {
    size_t of[OUTCOME_KINDS];
    size_t spam, stop; /* among further delivered ones */
    const char *first;
} FIRST_LINES[] = {
    {{5, 0, 0, 0, 0, 0}, 0, 0, "SMSPARTNER OK - 100.00% delivered (5 of 5)"},
    {{0, 5, 0, 0, 0, 0}, 0, 0, "SMSPARTNER CRITICAL - 0.00% delivered (0 of 5), 5 not delivered"},
    {{2, 1, 0, 0, 0, 0}, 0, 0, "SMSPARTNER CRITICAL - 66.66% delivered (2 of 3), 1 not delivered"},
    {{95, 5, 0, 0, 0, 0}, 0, 0, "SMSPARTNER OK - 95.00% delivered (95 of 100), 5 not delivered"},
    {{94, 6, 0, 0, 0, 0},
     0,
     0,
     "SMSPARTNER WARNING - 94.00% delivered (94 of 100), 6 not delivered"},
    {{9, 0, 2, 0, 0, 0}, 0, 0, "SMSPARTNER OK - 100.00% delivered (9 of 9), 2 waiting"},
    {{0, 0, 2, 0, 0, 0}, 0, 0, "SMSPARTNER UNKNOWN - no message settled yet, 2 waiting"},
    {{0, 0, 2, 0, 0, 3}, 0, 0, "SMSPARTNER UNKNOWN - no message settled yet, 2 waiting, 3 unknown"},
    {{9, 1, 1, 1, 1, 1},
     0,
     0,
     "SMSPARTNER CRITICAL - 75.00% delivered (9 of 12), 1 not delivered, 1 waiting, 1 overdue, 1 "
     "not found, 1 unknown"},
    {{99, 0, 0, 0, 0, 1}, 0, 0, "SMSPARTNER UNKNOWN - 100.00% delivered (99 of 99), 1 unknown"},
    {{5, 0, 0, 0, 0, 0}, 1, 2, "SMSPARTNER WARNING - 100.00% delivered (8 of 8), 1 spam, 2 stop"},
};

START_TEST(first_lines)
{
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    for (int kind = 0; kind < OUTCOME_KINDS; kind++)
        scene_add(&scene, (enum outcome_kind)kind, FIRST_LINES[_i].of[kind], DELIVERED);
    scene_add(&scene, OUTCOME_DELIVERED, FIRST_LINES[_i].spam,
              (struct said){200, "Delivered", true, false});
    scene_add(&scene, OUTCOME_DELIVERED, FIRST_LINES[_i].stop,
              (struct said){200, "Delivered", false, true});
    scene.report.perfdata = PERFDATA_NONE;
    ck_assert_str_eq(scene_line(&scene, 0, line, sizeof line), FIRST_LINES[_i].first);
    scene.report.perfdata = PERFDATA_ALL;
    scene_line(&scene, 0, line, sizeof line);
    size_t length = strlen(FIRST_LINES[_i].first);
    ck_assert_msg(strncmp(line, FIRST_LINES[_i].first, length) == 0 &&
                      strncmp(line + length, " | delivered_ratio=", 19) == 0,
                  "got '%s'", line);
    scene_release(&scene);
}
END_TEST

START_TEST(an_empty_batch_says_so)
{
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    scene_line(&scene, 0, line, sizeof line);
    ck_assert_msg(strncmp(line, "SMSPARTNER UNKNOWN - no message settled yet", 43) == 0, "got '%s'",
                  line);
    ck_assert_str_eq(scene_line(&scene, 1, line, sizeof line), "");
    scene_release(&scene);
}
END_TEST

/* Counts and ratios by hand, as of a batch too large for a scene. */
static void set_large(struct scene *scene, double delivered, double undelivered)
{
    metrics_set(&scene->metrics, METRIC_MESSAGES, delivered + undelivered);
    metrics_set(&scene->metrics, METRIC_DELIVERED, delivered);
    metrics_set(&scene->metrics, METRIC_UNDELIVERED, undelivered);
    metrics_set(&scene->metrics, METRIC_DELIVERED_RATIO,
                100 * delivered / (delivered + undelivered));
    metrics_set(&scene->metrics, METRIC_FAILED_RATIO,
                100 * undelivered / (delivered + undelivered));
    scene->verdict = judge_run(&scene->metrics, &scene->thresholds, &scene->failures,
                               (uint64_t)(delivered + undelivered), &scene->policy);
    scene->report.state = scene->verdict.state;
    report_text(&scene->out, &scene->report);
}

/* 89.996 must not read 90.00 beside a CRITICAL, nor 10.004 failed read 10 beside a limit of 10,
 * where two decimals are too few. */
START_TEST(ratios_are_cut_not_rounded)
{
    struct scene scene;
    struct error err;
    scene_init(&scene);
    ck_assert(thresholds_set(&scene.thresholds, THRESHOLD_CRITICAL, "failed_ratio=10,90:", &err));
    set_large(&scene, 22499, 2501);
    ck_assert_msg(
        contains(scene.out.data, "SMSPARTNER CRITICAL - 89.99% delivered (22499 of 25000)"),
        "got %s", scene.out.data);
    ck_assert_msg(
        contains(scene.out.data,
                 " delivered_ratio=89.996%;95:;90:;0;100 failed_ratio=10.004%;;10;0;100 "),
        "got %s", scene.out.data);
    ck_assert_msg(contains(scene.out.data, "\n[CRITICAL] delivered_ratio 89.99% is outside 90:\n"),
                  "got %s", scene.out.data);
    ck_assert_msg(contains(scene.out.data, "\n[CRITICAL] failed_ratio 10.004% is outside 10\n"),
                  "got %s", scene.out.data);
    set_large(&scene, 1, 2);
    ck_assert_msg(contains(scene.out.data, "\n[CRITICAL] failed_ratio 66.66% is outside 10\n"),
                  "got %s", scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(a_full_ratio_is_only_a_full_one)
{
    struct scene scene;
    scene_init(&scene);
    set_large(&scene, 999999, 1);
    ck_assert_msg(contains(scene.out.data, " 99.99% delivered (999999 of 1000000)"), "got %s",
                  scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(below_the_minimum_ratios_show_without_ranges)
{
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    scene.policy.min_sample = scene.report.min_sample = 100;
    scene.policy.no_data = STATE_OK;
    scene_add(&scene, OUTCOME_DELIVERED, 1, DELIVERED);
    scene_add(&scene, OUTCOME_UNDELIVERED, 1, KO);
    scene_line(&scene, 0, line, sizeof line);
    ck_assert_msg(strncmp(line, "SMSPARTNER OK - 50.00% delivered (1 of 2), 1 not delivered", 58) ==
                      0,
                  "got '%s'", line);
    ck_assert_msg(contains(line, "| delivered_ratio=50%;;;0;100 failed_ratio=50%;;;0;100 "),
                  "got '%s'", line);
    scene_release(&scene);
}
END_TEST

START_TEST(at_the_minimum_nothing_is_said_of_it)
{
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    scene.policy.min_sample = scene.report.min_sample = 2;
    scene.report.perfdata = PERFDATA_NONE;
    scene_add(&scene, OUTCOME_DELIVERED, 2, DELIVERED);
    ck_assert_str_eq(scene_line(&scene, 0, line, sizeof line),
                     "SMSPARTNER OK - 100.00% delivered (2 of 2)");
    scene_release(&scene);
}
END_TEST

/* One of each group in the wrong order, and two of the first. */
START_TEST(problems_come_by_group_then_in_batch_order)
{
    static const char *const expected[] = {
        "[not delivered] message 1005 to +33699999997: Not delivered",
        "[not delivered] message 1008 to +33700000000: no status",
        "[overdue] message 1004 to +33699999996: Waiting",
        "[not found] message 1003 to +33699999995: Number not found (code 4)",
        "[unknown] message 1002 to +33699999994: its request has no answer",
        "[unknown] message 1009 to +33700000001: Livr\xC3\xA9",
        "[unknown] message 1010 to +33700000002: no (code 10)",
        "[spam] message 1001 to +33699999993: Delivered",
        "[stop] message 1000 to +33699999992: Delivered",
        "",
    };
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    scene.report.rules.mask_numbers = false;
    scene_add(&scene, OUTCOME_DELIVERED, 1, (struct said){200, "Delivered", false, true});
    scene_add(&scene, OUTCOME_DELIVERED, 1, (struct said){200, "Delivered", true, true});
    scene_add_unanswered(&scene, DETAIL_NOT_ANSWERED);
    scene_add(&scene, OUTCOME_NOT_FOUND, 1, NOT_FOUND);
    scene_add(&scene, OUTCOME_OVERDUE, 1, (struct said){200, "Waiting", true, true});
    scene_add(&scene, OUTCOME_UNDELIVERED, 1, KO);
    scene_add(&scene, OUTCOME_WAITING, 1, WAITING);
    scene_add(&scene, OUTCOME_DELIVERED, 1, DELIVERED);
    scene_add(&scene, OUTCOME_UNDELIVERED, 1, (struct said){-1, NULL, false, false});
    scene_add(&scene, OUTCOME_UNKNOWN, 1, (struct said){200, "Livr\xC3\xA9", false, false});
    scene_add(&scene, OUTCOME_UNKNOWN, 1, (struct said){10, "no", false, false});
    scene_text(&scene);
    size_t alerts = scene.verdict.alert_count;
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        ck_assert_str_eq(scene_line(&scene, 1 + alerts + i, line, sizeof line), expected[i]);
    scene_release(&scene);
}
END_TEST

/* So many listed of 12, and what is said of the rest. */
static const struct {
    size_t list_max, listed;
    const char *rest;
} LISTS[] = {
    {0, 0, "... and 12 more"},
    {1, 1, "... and 11 more"},
    {11, 11, "... and 1 more"},
    {12, 12, ""},
    {13, 12, ""},
    {REPORT_LIST_ALL, 12, ""},
};

START_TEST(the_list_is_limited)
{
    struct scene scene;
    char line[2000], wanted[32];
    scene_init(&scene);
    scene.report.list_max = LISTS[_i].list_max;
    ck_assert(thresholds_set(&scene.thresholds, THRESHOLD_CRITICAL, "~:", &(struct error){0}));
    ck_assert(thresholds_set(&scene.thresholds, THRESHOLD_WARNING, "~:", &(struct error){0}));
    scene_add(&scene, OUTCOME_UNDELIVERED, 7, KO);
    scene_add(&scene, OUTCOME_OVERDUE, 5, WAITING);
    for (size_t i = 0; i < LISTS[_i].listed; i++) {
        snprintf(wanted, sizeof wanted, "message %zu ", 1000 + i);
        ck_assert_msg(contains(scene_line(&scene, 1 + i, line, sizeof line), wanted),
                      "line %zu: got '%s'", 1 + i, line);
    }
    ck_assert_str_eq(scene_line(&scene, 1 + LISTS[_i].listed, line, sizeof line), LISTS[_i].rest);
    scene_release(&scene);
}
END_TEST

Suite *report_text_suite(void)
{
    Suite *suite = suite_create("report_text");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, the_manuals_example);
    tcase_add_loop_test(core, first_lines, 0, COUNT_OF(FIRST_LINES));
    tcase_add_test(core, the_state_may_be_coloured);
    tcase_add_test(core, an_empty_batch_says_so);
    tcase_add_test(core, problems_come_by_group_then_in_batch_order);
    tcase_add_test(core, at_the_minimum_nothing_is_said_of_it);
    tcase_add_test(core, below_the_minimum_ratios_show_without_ranges);
    tcase_add_test(limits, ratios_are_cut_not_rounded);
    tcase_add_test(limits, a_full_ratio_is_only_a_full_one);
    tcase_add_loop_test(limits, the_list_is_limited, 0, COUNT_OF(LISTS));
    report_text_add_failure_cases(suite);
    return suite;
}
