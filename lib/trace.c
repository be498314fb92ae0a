/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of -vv and -vvv; see trace.h. */
#include "trace.h"

static const size_t TRACE_MAX = 1024 * 1024;

void trace_init(struct trace *trace, int verbosity, const struct text_rules *rules)
{
    *trace = (struct trace){.verbosity = verbosity, .rules = *rules};
    buf_init(&trace->lines, TRACE_MAX);
}

void trace_release(struct trace *trace)
{
    buf_release(&trace->lines);
}

void trace_line(struct trace *trace, const char *line)
{
    buf_addf(&trace->lines, "%s\n", line);
}

void trace_foreign(struct trace *trace, const char *prefix, const char *text, size_t length)
{
    char clean[TEXT_SIZE];
    buf_addf(&trace->lines, "%s%s\n", prefix, text_clean(clean, text, length, &trace->rules));
}
