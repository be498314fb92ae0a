/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches for the tests of batch.h: text becomes a file, the file a batch. The folder of
 * support.h has to be in place.
 */
#ifndef FIXTURE_BATCH_H
#define FIXTURE_BATCH_H

#include "batch.h"

#include <stdbool.h>
#include <stddef.h>

/* France, numbers masked, sent times optional. */
extern const struct record_rules USUAL_RULES;

/* The two numbers and the sent time that most rows hold. */
#define NUMBER_A UINT64_C(33612345678)
#define NUMBER_B UINT64_C(33687654321)
#define SENT_MS  INT64_C(1795421880000) /* 2026-11-23T08:18:00Z */

/* Reads bytes as a file of that name, with all the time in the world. *batch and *err are set anew.
 */
bool read_batch_bytes(struct batch *batch, const char *name, const void *bytes, size_t length,
                      struct error *err);

/* The same for text in a file named "batch"; fails the test when the file is refused. */
void read_batch(struct batch *batch, const char *row, const char *text);

/* One message as the row wants it. */
void expect_message(const char *row, const struct batch *batch, size_t i, uint64_t number,
                    uint64_t id, int64_t sent_ms);

/* So many valid and invalid records. */
void expect_counts(const char *row, const struct batch *batch, size_t valid, uint64_t invalid);

/* The first invalid record's text begins with place and holds part. */
void expect_first_invalid(const char *row, const struct batch *batch, const char *place,
                          const char *part);

#endif
