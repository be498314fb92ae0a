/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report as JSON, read back with another part of yajl:
 * members, types, null where there is no value, and one object on one line whatever happened.
 */
#include "fixture_report.h"
#include "json_reader.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct said DELIVERED = {200, "Delivered", false, false},
                         NOT_FOUND = {4, "Num\xC3\xA9ro introuvable", false, true};

/* The report as a tree; its one line end is the last byte. */
static yajl_val read_report(struct scene *scene)
{
    const char *text = scene_json(scene);
    ck_assert_msg(strchr(text, '\n') == text + strlen(text) - 1, "expected one line, got '%s'",
                  text);
    ck_assert_msg(is_utf8(text), "no UTF-8: '%s'", text);
    return json_read(text);
}

START_TEST(members_come_in_their_order)
{
    static const char *const names[] = {"plugin",  "version", "state",    "exit_code", "summary",
                                        "metrics", "alerts",  "problems", "errors"};
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 3, DELIVERED);
    yajl_val tree = read_report(&scene);
    ck_assert_uint_eq(YAJL_GET_OBJECT(tree)->len, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        ck_assert_str_eq(YAJL_GET_OBJECT(tree)->keys[i], names[i]);
    ck_assert_str_eq(json_text(json_member(tree, "plugin")), "check_smspartner_status");
    ck_assert_str_eq(json_text(json_member(tree, "version")), "0.1.0");
    ck_assert_str_eq(json_text(json_member(tree, "state")), "OK");
    ck_assert_str_eq(json_number(json_member(tree, "exit_code")), "0");
    ck_assert_str_eq(json_text(json_member(tree, "summary")), "100.00% delivered (3 of 3)");
    ck_assert_uint_eq(json_length(json_member(tree, "alerts")), 0);
    ck_assert_uint_eq(json_length(json_member(tree, "problems")), 0);
    ck_assert_uint_eq(json_length(json_member(tree, "errors")), 0);
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

static const struct {
    enum outcome_kind kind;
    size_t count;
    const char *state, *exit_code;
} STATES_SEEN[] = {
    {OUTCOME_DELIVERED, 1, "OK", "0"},
    {OUTCOME_UNDELIVERED, 1, "CRITICAL", "2"},
    {OUTCOME_WAITING, 1, "UNKNOWN", "3"},
};

START_TEST(state_and_exit_code_agree)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, STATES_SEEN[_i].kind, STATES_SEEN[_i].count, DELIVERED);
    yajl_val tree = read_report(&scene);
    ck_assert_str_eq(json_text(json_member(tree, "state")), STATES_SEEN[_i].state);
    ck_assert_str_eq(json_number(json_member(tree, "exit_code")), STATES_SEEN[_i].exit_code);
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(metrics_are_numbers_or_null)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 2, DELIVERED);
    scene_add(&scene, OUTCOME_NOT_FOUND, 1, NOT_FOUND);
    metrics_set(&scene.metrics, METRIC_TIME, 0.1);
    yajl_val tree = read_report(&scene), metrics = json_member(tree, "metrics");
    ck_assert_uint_eq(YAJL_GET_OBJECT(metrics)->len, METRICS);
    for (int id = 0; id < METRICS; id++) {
        const char *name = metric_spec((enum metric_id)id)->name;
        ck_assert_str_eq(YAJL_GET_OBJECT(metrics)->keys[id], name);
        ck_assert_msg(YAJL_IS_NULL(json_member(metrics, name)) == !scene.metrics.of[id].known,
                      "%s: null or not", name);
    }
    ck_assert_str_eq(json_number(json_member(metrics, "delivered_ratio")), "66.666667");
    ck_assert_str_eq(json_number(json_member(metrics, "messages")), "3");
    ck_assert_str_eq(json_number(json_member(metrics, "stop")), "1");
    ck_assert_str_eq(json_number(json_member(metrics, "time")), "0.1");
    ck_assert(YAJL_IS_NULL(json_member(metrics, "latency_p50")));
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(alerts_have_four_members)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 2, (struct said){200, "Delivered", true, false});
    scene_add(&scene, OUTCOME_UNDELIVERED, 1, DELIVERED);
    yajl_val tree = read_report(&scene), alerts = json_member(tree, "alerts");
    ck_assert_uint_eq(json_length(alerts), 2);
    yajl_val first = json_element(alerts, 0), second = json_element(alerts, 1);
    ck_assert_uint_eq(YAJL_GET_OBJECT(first)->len, 4);
    ck_assert_str_eq(json_text(json_member(first, "metric")), "delivered_ratio");
    ck_assert_str_eq(json_number(json_member(first, "value")), "66.666667");
    ck_assert_str_eq(json_text(json_member(first, "state")), "CRITICAL");
    ck_assert_str_eq(json_text(json_member(first, "range")), "90:");
    ck_assert_str_eq(json_text(json_member(second, "metric")), "spam");
    ck_assert_str_eq(json_text(json_member(second, "state")), "WARNING");
    ck_assert_str_eq(json_text(json_member(second, "range")), "0");
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

static void expect_problem(yajl_val problem, const char *id, const char *phone, const char *outcome,
                           const char *status, const char *code)
{
    ck_assert_uint_eq(YAJL_GET_OBJECT(problem)->len, 7);
    ck_assert_str_eq(json_text(json_member(problem, "message_id")), id);
    ck_assert_str_eq(json_text(json_member(problem, "phone_number")), phone);
    ck_assert_str_eq(json_text(json_member(problem, "outcome")), outcome);
    yajl_val said = json_member(problem, "status"), number = json_member(problem, "code");
    ck_assert_msg(status ? strcmp(json_text(said), status) == 0 : YAJL_IS_NULL(said),
                  "%s: another status", id);
    ck_assert_msg(code ? strcmp(json_number(number), code) == 0 : YAJL_IS_NULL(number),
                  "%s: another code", id);
}

START_TEST(problems_have_seven_members)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_NOT_FOUND, 1, NOT_FOUND);
    scene_add(&scene, OUTCOME_UNDELIVERED, 1, (struct said){-1, "ko", true, false});
    scene_add_unanswered(&scene, DETAIL_NO_ENTRY);
    scene.batch.messages.items[1].id = UINT64_C(9999999999999999999);
    yajl_val tree = read_report(&scene), problems = json_member(tree, "problems");
    ck_assert_uint_eq(json_length(problems), 3);
    yajl_val ko = json_element(problems, 0), not_found = json_element(problems, 1);
    expect_problem(ko, "9999999999999999999", "+336*****993", "undelivered", "ko", NULL);
    ck_assert(YAJL_IS_TRUE(json_member(ko, "spam")) && YAJL_IS_FALSE(json_member(ko, "stop")));
    expect_problem(not_found, "1000", "+336*****992", "not_found", "Num\xC3\xA9ro introuvable",
                   "4");
    ck_assert(YAJL_IS_FALSE(json_member(not_found, "spam")) &&
              YAJL_IS_TRUE(json_member(not_found, "stop")));
    expect_problem(json_element(problems, 2), "1002", "+336*****994", "unknown", NULL, NULL);
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(the_list_is_limited_and_numbers_may_show)
{
    struct scene scene;
    scene_init(&scene);
    scene.report.list_max = 2;
    scene.report.rules.mask_numbers = false;
    scene_add(&scene, OUTCOME_UNDELIVERED, 5, DELIVERED);
    yajl_val tree = read_report(&scene), problems = json_member(tree, "problems");
    ck_assert_uint_eq(json_length(problems), 2);
    ck_assert_str_eq(json_text(json_member(json_element(problems, 1), "phone_number")),
                     "+33699999993");
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(failures_and_skipped_records_are_errors)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 1, DELIVERED);
    scene_add_unanswered(&scene, DETAIL_NOT_ANSWERED);
    failure_add(&scene.failures, FAILURE_UNREACHABLE, 1, 1, "connection \"refused\" \\");
    scene.batch.invalid = 1;
    error_set(&scene.batch.first_invalid, ERROR_INPUT, "batch:7: no message id");
    yajl_val tree = read_report(&scene), errors = json_member(tree, "errors");
    ck_assert_uint_eq(json_length(errors), 2);
    ck_assert(contains(json_text(json_element(errors, 0)), "connection \"refused\" \\"));
    ck_assert(contains(json_text(json_element(errors, 1)), "batch:7: no message id"));
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(an_error_comes_as_the_same_object)
{
    struct scene scene;
    struct error err;
    scene_init(&scene);
    error_set(&err, ERROR_USAGE, "--grace: '5x' is no \"duration\"");
    scene.report = (struct report){.plugin = "check_smspartner_status",
                                   .version = "0.1.0",
                                   .error = &err,
                                   .state = STATE_UNKNOWN,
                                   .metrics = &scene.metrics};
    yajl_val tree = read_report(&scene), errors = json_member(tree, "errors");
    ck_assert_uint_eq(YAJL_GET_OBJECT(tree)->len, 9);
    ck_assert_str_eq(json_text(json_member(tree, "state")), "UNKNOWN");
    ck_assert_str_eq(json_text(json_member(tree, "summary")), err.text);
    ck_assert_uint_eq(json_length(errors), 1);
    ck_assert_str_eq(json_text(json_element(errors, 0)), err.text);
    ck_assert_uint_eq(json_length(json_member(tree, "alerts")), 0);
    ck_assert_uint_eq(json_length(json_member(tree, "problems")), 0);
    for (int id = 0; id < METRICS; id++)
        ck_assert(YAJL_IS_NULL(
            json_member(json_member(tree, "metrics"), metric_spec((enum metric_id)id)->name)));
    yajl_tree_free(tree);
    scene_release(&scene);
}
END_TEST

START_TEST(hostile_text_stays_text)
{
    static const char *const hostile[] = {"\",\"x\":1",   "a\nb|<c>", "Livr\xE9", "\xED\xA0\x80",
                                          "\xE2\x80\xAE", "\\u0000",  "\x01"};
    for (int i = 0; i < COUNT_OF(hostile); i++) {
        struct scene scene;
        scene_init(&scene);
        scene_add(&scene, OUTCOME_UNKNOWN, 1, (struct said){200, hostile[i], false, false});
        yajl_val tree = read_report(&scene),
                 problem = json_element(json_member(tree, "problems"), 0);
        const char *status = json_text(json_member(problem, "status"));
        ck_assert_msg(is_utf8(status) && strpbrk(status, "\n|<>\x01") == NULL && *status,
                      "row %d: '%s'", i, status);
        ck_assert_uint_eq(YAJL_GET_OBJECT(problem)->len, 7);
        yajl_tree_free(tree);
        scene_release(&scene);
    }
}
END_TEST

Suite *report_json_suite(void)
{
    Suite *suite = suite_create("report_json");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, members_come_in_their_order);
    tcase_add_loop_test(core, state_and_exit_code_agree, 0, COUNT_OF(STATES_SEEN));
    tcase_add_test(core, metrics_are_numbers_or_null);
    tcase_add_test(core, alerts_have_four_members);
    tcase_add_test(core, problems_have_seven_members);
    tcase_add_test(core, the_list_is_limited_and_numbers_may_show);
    tcase_add_test(core, failures_and_skipped_records_are_errors);
    tcase_add_test(limits, an_error_comes_as_the_same_object);
    tcase_add_test(limits, hostile_text_stays_text);
    return suite;
}
