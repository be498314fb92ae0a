/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges; see range.h. */
#include "range.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool parse_end(const char *text, size_t length, double *value, bool *percent)
{
    if (length > 0 && text[length - 1] == '%') {
        *percent = true;
        length--;
    }
    return number_parse(text, length, value);
}

/* "start:" and "start:end"; ~ is a start only. */
static bool parse_both_ends(const char *text, size_t length, const char *colon, struct range *range)
{
    size_t before = (size_t)(colon - text), after = length - before - 1;
    bool open_start = before == 1 && text[0] == '~';
    range->start = -INFINITY;
    range->end = INFINITY;
    if (!open_start && !parse_end(text, before, &range->start, &range->percent))
        return false;
    return after == 0 || parse_end(colon + 1, after, &range->end, &range->percent);
}

bool range_parse(const char *text, size_t length, struct range *range)
{
    struct range parsed = {0};
    if (length > 0 && text[0] == '@') {
        parsed.inside = true;
        text++;
        length--;
    }
    const char *colon = length > 0 ? memchr(text, ':', length) : NULL;
    bool fine = colon ? parse_both_ends(text, length, colon, &parsed)
                      : parse_end(text, length, &parsed.end, &parsed.percent);
    if (!fine || parsed.start > parsed.end)
        return false;
    *range = parsed;
    return true;
}

bool range_alerts(const struct range *range, double value)
{
    bool within = value >= range->start && value <= range->end;
    return within == range->inside;
}

/* To the six decimals that are printed: what is judged is what is shown. 64.6 % of 500 would be a
 * hair below 323 otherwise. */
static double share(double percent, double whole)
{
    return isfinite(percent) ? number_floor(percent * whole / 100 * 1e6 + 0.5) / 1e6 : percent;
}

struct range range_of_share(const struct range *range, double whole)
{
    struct range amount = *range;
    if (!range->percent)
        return amount;
    amount.percent = false;
    amount.start = share(amount.start, whole);
    amount.end = share(amount.end, whole);
    return amount;
}

const char *range_format(char out[RANGE_SIZE], const struct range *range)
{
    char start[NUMBER_SIZE] = "~", end[NUMBER_SIZE] = "";
    if (isfinite(range->start))
        number_format(start, range->start);
    if (isfinite(range->end))
        number_format(end, range->end);
    bool from_zero = strcmp(start, "0") == 0 && end[0] != '\0';
    snprintf(out, RANGE_SIZE, "%s%s%s%s", range->inside ? "@" : "", from_zero ? "" : start,
             from_zero ? "" : ":", end);
    return out;
}
