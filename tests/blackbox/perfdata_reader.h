/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A strict reader of performance data and of ranges, written from the guidelines' grammar and apart
 * from the code that prints them: 'label'=value[UOM];[warn];[crit];[min];[max], single blanks
 * between items. It knows units % and s, the only ones the plugin may use.
 */
#ifndef BLACKBOX_PERFDATA_READER_H
#define BLACKBOX_PERFDATA_READER_H

#include <stdbool.h>
#include <stddef.h>

struct perf_item {
    char label[40];
    char value[40];
    char unit[4];
    char warn[60];
    char crit[60];
    char min[40];
    char max[40];
    bool quoted;
    bool known;
    double number;
};

struct perfdata {
    struct perf_item items[40];
    size_t count;
    char error[200];
};

struct range_reading {
    bool inside;
    double start;
    double end;
};

/* False, with the reason in error, when the text breaks the grammar anywhere. */
bool perfdata_read(const char *text, struct perfdata *perfdata);
const struct perf_item *perfdata_find(const struct perfdata *perfdata, const char *label);

bool range_read(const char *text, struct range_reading *range);
bool range_alerts(const struct range_reading *range, double value);

#endif
