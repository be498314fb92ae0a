/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Performance data; see perfdata.h. Labels are unquoted: they hold nothing special. */
#include "perfdata.h"

#include <string.h>

static void write_range(struct buf *out, const struct threshold *threshold)
{
    char text[RANGE_SIZE];
    buf_add_string(out, ";");
    if (threshold->set)
        buf_add_string(out, range_format(text, &threshold->range));
}

static void write_limit(struct buf *out, const struct metric_spec *spec,
                        const struct metrics *metrics)
{
    char text[NUMBER_SIZE];
    if (spec->limit == METRIC_LIMIT_HUNDRED)
        buf_add_string(out, ";100");
    else if (spec->limit == METRIC_LIMIT_MESSAGES)
        buf_addf(out, ";%s", number_format(text, metrics->of[METRIC_MESSAGES].value));
}

static void write_item(struct buf *out, const struct metrics *metrics,
                       const struct thresholds *judged, enum metric_id id)
{
    char text[NUMBER_SIZE];
    const struct metric_spec *spec = metric_spec(id);
    if (metrics->of[id].known)
        buf_addf(out, " %s=%s%s", spec->name, number_format(text, metrics->of[id].value),
                 metric_unit_text(spec->unit));
    else
        buf_addf(out, " %s=U", spec->name);
    write_range(out, &judged->of[THRESHOLD_WARNING][id]);
    write_range(out, &judged->of[THRESHOLD_CRITICAL][id]);
    buf_add_string(out, ";0");
    write_limit(out, spec, metrics);
}

void perfdata_write(struct buf *out, const struct metrics *metrics, const struct thresholds *judged,
                    enum perfdata_mode mode)
{
    if (mode == PERFDATA_NONE)
        return;
    bool is_first = true;
    for (int id = 0; id < METRICS; id++)
        if (mode == PERFDATA_ALL || metrics->of[id].known) {
            buf_add_string(out, is_first ? " |" : "");
            write_item(out, metrics, judged, (enum metric_id)id);
            is_first = false;
        }
}
