/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guidelines' grammar of performance data and ranges, read strictly: what a forgiving reader
 * would let pass is an error here. Numbers are plain decimals, at most six of them, never "-0".
 */
#include "perfdata_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the plain decimal at the start of text, 0 if there is none. */
static size_t decimal_length(const char *text)
{
    const char *p = text + (text[0] == '-');
    const char *whole = p;
    const char *fraction;

    while (is_digit(*p)) {
        p++;
    }
    if (p == whole || (whole[0] == '0' && p - whole > 1)) {
        return 0;
    }
    if (*p == '.') {
        fraction = ++p;
        while (is_digit(*p)) {
            p++;
        }
        if (p == fraction || p - fraction > 6) {
            return 0;
        }
    }
    if (text[0] == '-' && strspn(whole, "0.") >= (size_t)(p - whole)) {
        return 0;
    }
    return (size_t)(p - text);
}

static bool decimal_read(const char *text, size_t length, double *number)
{
    if (length == 0 || decimal_length(text) != length) {
        return false;
    }
    *number = strtod(text, NULL);
    return true;
}

bool range_read(const char *text, struct range_reading *range)
{
    const char *colon;
    bool minus_infinity;

    *range = (struct range_reading){text[0] == '@', 0, INFINITY};
    text += range->inside;
    colon = strchr(text, ':');
    if (colon == NULL) {
        return decimal_read(text, strlen(text), &range->end) && range->end >= 0;
    }
    minus_infinity = colon == text + 1 && text[0] == '~';
    if (minus_infinity) {
        range->start = -INFINITY;
    } else if (!decimal_read(text, (size_t)(colon - text), &range->start)) {
        return false;
    }
    if (colon[1] != '\0' && !decimal_read(colon + 1, strlen(colon + 1), &range->end)) {
        return false;
    }
    return range->start <= range->end;
}

bool range_alerts(const struct range_reading *range, double value)
{
    bool within = value >= range->start && value <= range->end;

    return within == range->inside;
}

static bool fail(struct perfdata *perfdata, const char *what, const char *where)
{
    snprintf(perfdata->error, sizeof perfdata->error, "%s at '%.60s'", what, where);
    return false;
}

static bool copy(char *to, size_t room, const char *from, size_t length)
{
    if (length >= room) {
        return false;
    }
    memcpy(to, from, length);
    to[length] = '\0';
    return true;
}

/* A label in quotes ends at a quote that isn't doubled, a bare one at '='. */
static const char *read_label(const char *text, struct perf_item *item)
{
    const char *end;

    item->quoted = text[0] == '\'';
    if (!item->quoted) {
        end = text + strcspn(text, "= '");
        return copy(item->label, sizeof item->label, text, (size_t)(end - text)) ? end : NULL;
    }
    for (end = text + 1; *end != '\0' && (*end != '\'' || end[1] == '\''); end++) {
        end += *end == '\'';
    }
    if (*end == '\0' ||
        !copy(item->label, sizeof item->label, text + 1, (size_t)(end - text - 1))) {
        return NULL;
    }
    return end + 1;
}

static const char *read_value(const char *text, struct perf_item *item)
{
    size_t length = decimal_length(text);
    size_t unit;

    item->known = text[0] != 'U';
    if (!item->known) {
        length = 1;
    }
    if (length == 0 || !copy(item->value, sizeof item->value, text, length)) {
        return NULL;
    }
    item->number = item->known ? strtod(item->value, NULL) : 0;
    unit = item->known && (text[length] == '%' || text[length] == 's') ? 1 : 0;
    copy(item->unit, sizeof item->unit, text + length, unit);
    return text + length + unit;
}

/* The next ";field": warn, crit, min or max. */
static const char *read_field(const char *text, char *to, size_t room)
{
    size_t length;

    if (*text != ';') {
        return text;
    }
    length = strcspn(text + 1, "; ");
    return copy(to, room, text + 1, length) ? text + 1 + length : NULL;
}

static bool fields_valid(const struct perf_item *item)
{
    struct range_reading range;
    double number;

    return (item->warn[0] == '\0' || range_read(item->warn, &range)) &&
           (item->crit[0] == '\0' || range_read(item->crit, &range)) &&
           (item->min[0] == '\0' || decimal_read(item->min, strlen(item->min), &number)) &&
           (item->max[0] == '\0' || decimal_read(item->max, strlen(item->max), &number));
}

static const char *read_item(const char *text, struct perf_item *item)
{
    *item = (struct perf_item){.known = false};
    text = read_label(text, item);
    if (text == NULL || item->label[0] == '\0' || *text != '=') {
        return NULL;
    }
    text = read_value(text + 1, item);
    if (text != NULL) {
        text = read_field(text, item->warn, sizeof item->warn);
    }
    if (text != NULL) {
        text = read_field(text, item->crit, sizeof item->crit);
    }
    if (text != NULL) {
        text = read_field(text, item->min, sizeof item->min);
    }
    if (text != NULL) {
        text = read_field(text, item->max, sizeof item->max);
    }
    return text;
}

bool perfdata_read(const char *text, struct perfdata *perfdata)
{
    *perfdata = (struct perfdata){.count = 0};
    while (*text != '\0') {
        struct perf_item *item = &perfdata->items[perfdata->count];
        const char *end;

        if (perfdata->count == sizeof perfdata->items / sizeof perfdata->items[0]) {
            return fail(perfdata, "too many items", text);
        }
        end = read_item(text, item);
        if (end == NULL || (*end != ' ' && *end != '\0') || (*end == ' ' && end[1] == '\0')) {
            return fail(perfdata, "bad item", text);
        }
        if (!fields_valid(item)) {
            return fail(perfdata, "bad range or limit", text);
        }
        if (perfdata_find(perfdata, item->label) != NULL) {
            return fail(perfdata, "label twice", text);
        }
        perfdata->count++;
        text = end + (*end == ' ');
    }
    return true;
}

const struct perf_item *perfdata_find(const struct perfdata *perfdata, const char *label)
{
    for (size_t i = 0; i < perfdata->count; i++) {
        if (strcmp(perfdata->items[i].label, label) == 0) {
            return &perfdata->items[i];
        }
    }
    return NULL;
}
