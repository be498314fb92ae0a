/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between batch.c and the readers of the forms that a batch comes in. Not for others. */
#ifndef BATCH_SOURCE_H
#define BATCH_SOURCE_H

#include "batch.h"
#include "reader.h"

/* A batch file that is being read. All borrowed. */
struct batch_source {
    struct batch *batch;
    const struct record_rules *rules;
    struct reader *reader;
    const char *name; /* as it is shown in FILE:LINE, clean */
};

/* Checks a record and adds or counts it. False when out of memory, or above BATCH_MAX. */
bool batch_add_record(struct batch_source *source, uint64_t line, const struct record *record,
                      struct error *err);

/* The same for one that needs no checking any more. */
bool batch_add_message(struct batch_source *source, struct message message, struct error *err);

/* Counts something at that line that is no record at all. */
void batch_add_invalid(struct batch_source *source, uint64_t line, const char *reason);

/* Delimited text; the reader stands at its first byte. */
bool batch_read_delimited(struct batch_source *source, struct error *err);

/* JSON array, one object per line, or the API's request; the reader stands at its first byte. */
bool batch_read_json(struct batch_source *source, struct error *err);

#endif
