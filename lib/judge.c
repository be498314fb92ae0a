/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From metrics and failures to a state; see judge.h. */
#include "judge.h"

uint64_t judge_settled(const struct metrics *metrics)
{
    return (uint64_t)(metrics->of[METRIC_DELIVERED].value + metrics->of[METRIC_UNDELIVERED].value +
                      metrics->of[METRIC_OVERDUE].value + metrics->of[METRIC_NOT_FOUND].value);
}

/* A threshold is judged when its metric has a value that means something. */
static bool is_judged(const struct metrics *metrics, enum metric_id id, const struct range *range,
                      bool ratio_judged)
{
    bool is_ratio = id == METRIC_DELIVERED_RATIO || id == METRIC_FAILED_RATIO;
    if (!metrics->of[id].known || (is_ratio && !ratio_judged))
        return false;
    return !range->percent || metrics->of[METRIC_MESSAGES].value > 0;
}

static void resolve_thresholds(struct verdict *verdict, const struct metrics *metrics,
                               const struct thresholds *thresholds)
{
    double messages = metrics->of[METRIC_MESSAGES].value;
    for (int level = 0; level < THRESHOLD_LEVELS; level++) {
        for (int id = 0; id < METRICS; id++) {
            const struct threshold *given = &thresholds->of[level][id];
            if (given->set &&
                is_judged(metrics, (enum metric_id)id, &given->range, verdict->ratio_judged))
                verdict->judged.of[level][id] =
                    (struct threshold){true, range_of_share(&given->range, messages)};
        }
    }
}

/* The metrics that are out of the range of this level, and not already worse. */
static void add_alerts(struct verdict *verdict, const struct metrics *metrics,
                       enum threshold_level level, enum state state)
{
    bool is_worse[METRICS] = {false};
    for (size_t i = 0; i < verdict->alert_count; i++)
        is_worse[verdict->alerts[i].metric] = true;
    for (int id = 0; id < METRICS; id++) {
        const struct threshold *threshold = &verdict->judged.of[level][id];
        double value = metrics->of[id].value;
        if (!threshold->set || is_worse[id] || !range_alerts(&threshold->range, value))
            continue;
        verdict->alerts[verdict->alert_count++] =
            (struct alert){(enum metric_id)id, state, value, threshold->range};
        verdict->state = state_worst(verdict->state, state);
    }
}

static enum state state_of_failure(enum failure_class class, const struct judge_policy *policy)
{
    switch (class) {
    case FAILURE_UNREACHABLE:
        return policy->unreachable;
    case FAILURE_DEADLINE:
        return policy->deadline;
    case FAILURE_ACCOUNT:
        return STATE_CRITICAL;
    default:
        return STATE_UNKNOWN;
    }
}

static void judge_failures(struct verdict *verdict, const struct failure_list *failures,
                           const struct judge_policy *policy)
{
    enum state worst = STATE_OK;
    for (size_t i = 0; i < failures->count; i++) {
        enum state state = state_of_failure(failures->items[i].class, policy);
        if (state_worst(worst, state) == worst)
            continue;
        worst = state;
        verdict->worst_failure = i;
    }
    verdict->state = state_worst(verdict->state, worst);
}

/* Messages lost to an API out of reach or to the deadline have that option's state, not UNKNOWN. */
static uint64_t lost_messages(const struct failure_list *failures)
{
    return failure_messages(failures, FAILURE_UNREACHABLE) +
           failure_messages(failures, FAILURE_DEADLINE);
}

struct verdict judge_run(const struct metrics *metrics, const struct thresholds *thresholds,
                         const struct failure_list *failures, uint64_t answered,
                         const struct judge_policy *policy)
{
    struct verdict verdict = {.state = STATE_OK};
    uint64_t settled = judge_settled(metrics), lost = lost_messages(failures);
    bool all_lost =
        lost > 0 && answered == 0 && lost == (uint64_t)metrics->of[METRIC_MESSAGES].value;
    verdict.ratio_judged = settled > 0 && settled >= policy->min_sample;
    resolve_thresholds(&verdict, metrics, thresholds);
    add_alerts(&verdict, metrics, THRESHOLD_CRITICAL, STATE_CRITICAL);
    add_alerts(&verdict, metrics, THRESHOLD_WARNING, STATE_WARNING);
    judge_failures(&verdict, failures, policy);
    if ((uint64_t)metrics->of[METRIC_UNKNOWN].value > lost)
        verdict.state = state_worst(verdict.state, STATE_UNKNOWN);
    if (!verdict.ratio_judged && !all_lost)
        verdict.state = state_worst(verdict.state, policy->no_data);
    return verdict;
}
