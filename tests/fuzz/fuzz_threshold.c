/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzes ranges and threshold lists: what was read is printed and read again, judged and written as
 * perfdata. The third steering byte: 1 critical, 2 a million messages instead of 200.
 */
#include "fuzz.h"
#include "judge.h"
#include "perfdata.h"
#include "range.h"
#include "threshold.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char FUZZ_NAME[] = "threshold";

enum { CRITICAL = 1, MANY_MESSAGES = 2, PERFDATA_MAX = 8192 };

/* Six decimals are printed. */
static bool is_near(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-6;
}

/* The percent sign is the caller's. */
static void require_round_trip(const struct range *range)
{
    char text[RANGE_SIZE], again[RANGE_SIZE];
    struct range reread;
    range_format(text, range);
    fuzz_require(strlen(text) < RANGE_SIZE - 1, "a range is printed whole");
    fuzz_require(range_parse(text, strlen(text), &reread), "what is printed is a range");
    fuzz_require(reread.inside == range->inside && !reread.percent &&
                     is_near(reread.start, range->start) && is_near(reread.end, range->end),
                 "what is printed is the same range");
    fuzz_require(strcmp(range_format(again, &reread), text) == 0, "it is printed the same way");
}

static void require_sound(const struct range *range)
{
    fuzz_require(!isnan(range->start) && !isnan(range->end), "the ends are numbers");
    fuzz_require(range->start <= range->end, "the start is not above the end");
    fuzz_require(isinf(range->start) <= (range->start < 0) && isinf(range->end) <= (range->end > 0),
                 "the open ends are outside");
}

static void require_judged_alike(const struct range *range)
{
    const double values[] = {0, 0.5, 1, 95, 100, -1, 1e15, range->start, range->end};
    struct range opposite = *range;
    opposite.inside = !range->inside;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        fuzz_require(range_alerts(range, values[i]) != range_alerts(&opposite, values[i]),
                     "a value is either inside or outside");
}

static void check_range(const struct fuzz_input *input)
{
    struct range range;
    if (!range_parse(input->text, input->length, &range))
        return;
    require_sound(&range);
    require_round_trip(&range);
    range = range_of_share(&range, 1000000);
    fuzz_require(!range.percent, "a share becomes a count");
    require_sound(&range);
    require_judged_alike(&range);
}

static struct metrics make_metrics(const struct fuzz_input *input)
{
    struct metrics metrics = {0};
    double messages = input->steer[2] & MANY_MESSAGES ? 1000000 : 200;
    for (int id = 0; id < METRICS; id++)
        metrics_set(&metrics, (enum metric_id)id, 1);
    metrics_set(&metrics, METRIC_MESSAGES, messages);
    metrics_set(&metrics, METRIC_DELIVERED, messages - 3);
    return metrics;
}

/* " | label=value[unit];warn;crit;min;max ...", nothing that readers would stumble on. */
static void require_perfdata(const struct metrics *metrics, const struct thresholds *judged)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz_0123456789=;:@~.-% ";
    struct buf out;
    buf_init(&out, PERFDATA_MAX);
    perfdata_write(&out, metrics, judged, PERFDATA_ALL);
    fuzz_require(!buf_failed(&out), "perfdata are short");
    fuzz_require(strncmp(out.data, " |", 2) == 0, "perfdata begin with a bar");
    fuzz_require(strspn(out.data + 2, allowed) == strlen(out.data + 2), "perfdata are plain");
    for (const char *at = out.data; (at = strpbrk(at, "=;:")) != NULL; at++)
        fuzz_require(!isalpha((unsigned char)at[1]), "perfdata hold neither inf nor nan");
    buf_release(&out);
}

static void judge(const struct fuzz_input *input, const struct thresholds *thresholds)
{
    static const struct failure_list none;
    const struct judge_policy policy = {1, STATE_UNKNOWN, STATE_CRITICAL, STATE_CRITICAL};
    struct metrics metrics = make_metrics(input);
    struct verdict verdict = judge_run(&metrics, thresholds, &none, 200, &policy);
    fuzz_require(verdict.state < STATES, "there is a state");
    fuzz_require(verdict.alert_count <= METRICS, "a metric has one alert");
    require_perfdata(&metrics, &verdict.judged);
}

static void check_thresholds(const struct fuzz_input *input, const char *text)
{
    struct thresholds thresholds = thresholds_default();
    struct error err = {0};
    enum threshold_level level =
        input->steer[2] & CRITICAL ? THRESHOLD_CRITICAL : THRESHOLD_WARNING;
    bool fine = thresholds_set(&thresholds, level, text, &err);
    fuzz_require(fine == (err.kind == ERROR_NONE), "failures have a reason");
    fuzz_require(fine || err.kind == ERROR_USAGE, "the command line is to blame");
    fuzz_require_clean(err.text, ERROR_TEXT_SIZE, "errors are clean");
    for (int id = 0; id < METRICS; id++) {
        const struct threshold *threshold = &thresholds.of[level][id];
        if (!threshold->set)
            continue;
        require_sound(&threshold->range);
        require_round_trip(&threshold->range);
    }
    if (fine)
        judge(input, &thresholds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_split(data, size);
    char *text = malloc(input.length + 1);
    fuzz_require(text != NULL, "there is memory");
    memcpy(text, input.text, input.length);
    text[input.length] = '\0';
    check_range(&input);
    check_thresholds(&input, text);
    free(text);
    return 0;
}
