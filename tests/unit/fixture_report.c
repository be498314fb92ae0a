/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenes for tests of the report; see fixture_report.h. */
#include "fixture_report.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

void scene_init(struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    scene->details = detail_table_new();
    ck_assert_ptr_nonnull(scene->details);
    scene->thresholds = thresholds_default();
    scene->policy = (struct judge_policy){1, STATE_UNKNOWN, STATE_CRITICAL, STATE_CRITICAL};
    scene->report = (struct report){
        .plugin = "check_smspartner_status",
        .version = "0.1.0",
        .batch = &scene->batch,
        .outcomes = scene->outcomes,
        .details = scene->details,
        .metrics = &scene->metrics,
        .verdict = &scene->verdict,
        .failures = &scene->failures,
        .rules = {.mask_numbers = true},
        .perfdata = PERFDATA_ALL,
        .min_sample = 1,
        .list_max = 10,
        .trace = &scene->trace,
    };
    trace_init(&scene->trace, 0, &scene->report.rules);
    buf_init(&scene->out, 1024 * 1024);
}

void scene_release(struct scene *scene)
{
    batch_release(&scene->batch);
    detail_table_free(scene->details);
    trace_release(&scene->trace);
    buf_release(&scene->out);
}

static void add_message(struct scene *scene, struct outcome outcome)
{
    size_t i = scene->batch.messages.count;
    ck_assert_uint_lt(i, SCENE_MESSAGES_MAX);
    struct message message = {33699999992 + i, 1000 + i, MESSAGE_SENT_UNKNOWN};
    ck_assert(message_list_add(&scene->batch.messages, message));
    scene->outcomes[i] = outcome;
}

void scene_add(struct scene *scene, enum outcome_kind kind, size_t count, struct said said)
{
    struct detail detail = {said.code >= 0, said.code >= 0 ? said.code : 0, said.status};
    struct outcome outcome = outcome_initial();
    uint16_t number = 0;
    ck_assert(
        detail_intern(scene->details, &detail, said.status ? strlen(said.status) : 0, &number));
    outcome.detail = number;
    outcome.kind = (unsigned)kind & 7U;
    outcome.answered = 1;
    outcome.spam = said.spam;
    outcome.stop = said.stop;
    for (size_t i = 0; i < count; i++)
        add_message(scene, outcome);
}

void scene_add_unanswered(struct scene *scene, uint16_t detail)
{
    struct outcome outcome = outcome_initial();
    outcome.detail = detail;
    add_message(scene, outcome);
}

static void count(struct scene *scene)
{
    static const enum metric_id ids[OUTCOME_KINDS] = {METRIC_DELIVERED, METRIC_UNDELIVERED,
                                                      METRIC_WAITING,   METRIC_OVERDUE,
                                                      METRIC_NOT_FOUND, METRIC_UNKNOWN};
    struct metrics *metrics = &scene->metrics;
    metrics_set(metrics, METRIC_MESSAGES, (double)scene->batch.messages.count);
    for (int kind = 0; kind < OUTCOME_KINDS; kind++)
        metrics_set(metrics, ids[kind], 0);
    metrics_set(metrics, METRIC_SPAM, 0);
    metrics_set(metrics, METRIC_STOP, 0);
    for (size_t i = 0; i < scene->batch.messages.count; i++) {
        metrics->of[ids[scene->outcomes[i].kind]].value += 1;
        metrics->of[METRIC_SPAM].value += scene->outcomes[i].spam;
        metrics->of[METRIC_STOP].value += scene->outcomes[i].stop;
    }
    double delivered = metrics->of[METRIC_DELIVERED].value;
    double settled = delivered + metrics->of[METRIC_UNDELIVERED].value +
                     metrics->of[METRIC_OVERDUE].value + metrics->of[METRIC_NOT_FOUND].value;
    if (settled > 0) {
        metrics_set(metrics, METRIC_DELIVERED_RATIO, 100 * delivered / settled);
        metrics_set(metrics, METRIC_FAILED_RATIO, 100 * (settled - delivered) / settled);
    }
}

static void judge(struct scene *scene)
{
    if (scene->report.error)
        return;
    uint64_t answered = 0;
    count(scene);
    for (size_t i = 0; i < scene->batch.messages.count; i++)
        answered += scene->outcomes[i].detail != DETAIL_NOT_ANSWERED;
    scene->verdict =
        judge_run(&scene->metrics, &scene->thresholds, &scene->failures, answered, &scene->policy);
    scene->report.state = scene->verdict.state;
}

const char *scene_text(struct scene *scene)
{
    judge(scene);
    buf_clear(&scene->out);
    report_text(&scene->out, &scene->report);
    ck_assert(!buf_failed(&scene->out));
    return scene->out.data;
}

const char *scene_json(struct scene *scene)
{
    judge(scene);
    buf_clear(&scene->out);
    report_json(&scene->out, &scene->report);
    ck_assert(!buf_failed(&scene->out));
    return scene->out.data;
}

const char *scene_line(struct scene *scene, size_t n, char *line, size_t size)
{
    const char *at = scene_text(scene);
    for (; n > 0 && *at != '\0'; n--)
        at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
    snprintf(line, size, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}
