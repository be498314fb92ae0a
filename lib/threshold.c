/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thresholds; see threshold.h. */
#include "threshold.h"

#include "text.h"

#include <string.h>

struct thresholds thresholds_default(void)
{
    static const struct {
        enum threshold_level level;
        const char *text;
    } defaults[] = {{THRESHOLD_WARNING, "95:,spam=0,stop=0"}, {THRESHOLD_CRITICAL, "90:"}};
    struct thresholds thresholds = {0};
    struct error none;
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++)
        thresholds_set(&thresholds, defaults[i].level, defaults[i].text, &none);
    return thresholds;
}

/* One [METRIC=]RANGE; the metric it was for is in *id. */
static bool set_one(struct threshold *of, const char *item, size_t length, enum metric_id *id,
                    struct error *err)
{
    char clean[TEXT_SIZE];
    struct range range;
    const char *equals = length > 0 ? memchr(item, '=', length) : NULL;
    const char *text = equals ? equals + 1 : item;
    const struct text_rules rules = {.mask_numbers = memchr(item, '+', length) != NULL};
    size_t left = length - (size_t)(text - item);
    *id = equals ? metric_named(item, (size_t)(equals - item)) : METRIC_DELIVERED_RATIO;
    if (*id == METRICS)
        return error_set(err, ERROR_USAGE, "unknown metric '%s'",
                         text_clean(clean, item, (size_t)(equals - item), &rules));
    if (!range_parse(text, left, &range))
        return error_set(
            err, ERROR_USAGE,
            "'%s' is not a range: [@]end, [@]start: or [@]start:end, start not above end",
            text_clean(clean, text, left, &rules));
    if (range.percent && metric_spec(*id)->unit != METRIC_UNIT_COUNT)
        return error_set(err, ERROR_USAGE, "'%s': %s is no count, so it has no share in percent",
                         text_clean(clean, text, left, &rules), metric_spec(*id)->name);
    of[*id] = (struct threshold){true, range};
    return true;
}

bool thresholds_set(struct thresholds *thresholds, enum threshold_level level, const char *text,
                    struct error *err)
{
    bool seen[METRICS] = {false};
    for (;;) {
        size_t length = strcspn(text, ",");
        enum metric_id id = METRICS;
        if (!set_one(thresholds->of[level], text, length, &id, err))
            return false;
        if (seen[id])
            return error_set(err, ERROR_USAGE,
                             "%s has two ranges (the decimal sign is a point, not a comma)",
                             metric_spec(id)->name);
        seen[id] = true;
        if (text[length] == '\0')
            return true;
        text += length + 1;
    }
}
