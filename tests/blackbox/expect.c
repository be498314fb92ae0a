/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests ask of a result: exit code, texts, metrics from perfdata or JSON, and the words in
 * which a failing test shows it.
 */
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Check refuses long messages, and a message must be printable. */
static char *legible(const char *text, size_t room)
{
    char *copy = format("%.*s", (int)room, text);

    for (char *p = copy; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' && *p != '\n') {
            *p = '?';
        }
    }
    return copy;
}

const char *shown(const struct result *result)
{
    return format("arguments: %s\nexit %d after %.1f s\n%s\nstandard error: %s",
                  legible(result->command, 400), result->exit_code, result->seconds,
                  legible(result->out, 1800), legible(result->err, 600));
}

bool contains(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

void expect_exit(const struct result *result, int exit_code)
{
    ck_assert_msg(result->exit_code == exit_code, "exit %d expected\n%s", exit_code, shown(result));
}

void expect_within(const struct result *result, double seconds)
{
    ck_assert_msg(result->seconds < seconds * harness_patience() || harness_wrapped(),
                  "%.2f s, not %.2f\n%s", result->seconds, seconds, shown(result));
}

void expect_first(const struct result *result, const char *part)
{
    ck_assert_msg(contains(result->first, part), "first line should hold '%s'\n%s",
                  legible(part, 200), shown(result));
}

void expect_text(const struct result *result, const char *part)
{
    ck_assert_msg(contains(result->out, part), "output should hold '%s'\n%s", legible(part, 200),
                  shown(result));
}

void expect_no_text(const struct result *result, const char *part)
{
    ck_assert_msg(!contains(result->out, part), "output should not hold '%s'\n%s",
                  legible(part, 200), shown(result));
}

void expect_no_markup(const struct result *result)
{
    for (const char *p = result->out; (p = strpbrk(p, "<>")) != NULL; p++) {
        ck_assert_msg(p > result->out && p[-1] == '\n' && p[1] == ' ', "markup\n%s", shown(result));
    }
}

/* False when the metric has no value. */
static bool metric_of(const struct result *result, const char *label, double *value)
{
    if (result->object != NULL) {
        json found = json_at(result->object, format("metrics.%s", label));

        *value = YAJL_IS_NUMBER(found) ? strtod(found->u.number.r, NULL) : 0;
        return YAJL_IS_NUMBER(found);
    }
    const struct perf_item *item = perfdata_find(&result->perfdata, label);

    ck_assert_msg(item != NULL, "no %s in perfdata\n%s", label, shown(result));
    *value = item->number;
    return item->known;
}

/* "U", "3", "~16" (within 1 %) or "0..5". */
static bool value_fits(const char *expected, bool known, double value)
{
    const char *dots = strstr(expected, "..");
    double first = strtod(expected + (expected[0] == '~'), NULL);

    if (expected[0] == 'U' || !known) {
        return expected[0] == 'U' && !known;
    }
    if (dots != NULL) {
        return value >= first && value <= strtod(dots + 2, NULL);
    }
    return fabs(value - first) <= (expected[0] == '~' ? 0.01 * first : 1e-6);
}

void expect_metrics(const struct result *result, const char *expected)
{
    const char **words = split_words(expected);

    for (size_t i = 0; words[i] != NULL; i++) {
        const char *equals = strchr(words[i], '=');
        const char *label;
        double value;
        bool known;

        ck_assert_msg(equals != NULL, "test error: '%s'", words[i]);
        label = format("%.*s", (int)(equals - words[i]), words[i]);
        known = metric_of(result, label, &value);
        ck_assert_msg(value_fits(equals + 1, known, value), "%s should be %s\n%s", label,
                      equals + 1, shown(result));
    }
}

void expect_limits(const struct result *result, const char *label, const char *limits)
{
    const struct perf_item *item = perfdata_find(&result->perfdata, label);
    char *found;

    ck_assert_msg(item != NULL, "no %s in perfdata\n%s", label, shown(result));
    found = format("%s;%s;%s;%s", item->warn, item->crit, item->min, item->max);
    ck_assert_msg(strncmp(found, limits, strlen(limits)) == 0, "%s: %s expected, found %s\n%s",
                  label, limits, found, shown(result));
}

size_t count_lines(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        count += *text == '\n';
    }
    return count;
}

size_t count_problems(const struct result *result)
{
    size_t count = 0;

    for (const char *line = result->rest; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        const char *named = strstr(line, "] message ");

        count += line[0] == '[' && named != NULL && named < line + length;
        line += length + (line[length] != '\0');
    }
    return count;
}
