/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of -vv and -vvv: kept while the run goes on, printed behind the report. */
#ifndef TRACE_H
#define TRACE_H

#include "buf.h"
#include "text.h"

#include <stddef.h>

struct trace {
    int verbosity;           /* number of -v */
    struct text_rules rules; /* the key and phone numbers don't appear in foreign text */
    struct buf lines;        /* each line ends with LF; clean */
};

void trace_init(struct trace *trace, int verbosity, const struct text_rules *rules);
void trace_release(struct trace *trace);

/* Adds a line made by us. */
void trace_line(struct trace *trace, const char *line);

/* Adds a line of foreign text behind a prefix made by us. */
void trace_foreign(struct trace *trace, const char *prefix, const char *text, size_t length);

#endif
