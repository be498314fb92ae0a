/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The messages to check, read and checked whole before anything is asked: from files in whatever
 * form they come, and from the command line. Duplicates and what is out of the asked span go last.
 */
#ifndef BATCH_H
#define BATCH_H

#include "clock.h"
#include "error.h"
#include "message.h"
#include "record.h"

#include <stdbool.h>
#include <stdint.h>

/* Input that never ends must not eat the machine's memory: 10 million take 240 MB, and up to twice
 * that while the list grows. */
enum { BATCH_MAX = 10000000 };

/* Owned by the caller; {0} is an empty batch. */
struct batch {
    struct message_list messages;
    uint64_t other_shards;      /* messages that are another check's, see batch_keep_shard */
    uint64_t invalid;           /* records that are not messages */
    uint64_t duplicates;        /* set by batch_drop_duplicates */
    struct error first_invalid; /* "FILE:LINE: reason", when there are any */
};

/*
 * Adds all records of a file, or of standard input where path is "-". Invalid records are counted,
 * not fatal. False when the file can't be read, isn't what it began as, holds more than BATCH_MAX
 * messages, or time is up.
 */
bool batch_read_file(struct batch *batch, const char *path, const struct record_rules *rules,
                     const struct clock *clock, struct error *err);

/* Adds PHONE:ID[:SENT], the ordinal-th --message of the command line. False when out of memory,
 * or above BATCH_MAX. */
bool batch_read_argument(struct batch *batch, const char *text, unsigned ordinal,
                         const struct record_rules *rules, struct error *err);

/* Keeps messages sent at cutoff_ms (since 1970) or later. */
void batch_keep_since(struct batch *batch, int64_t cutoff_ms);

/* Keeps the last count messages. */
void batch_keep_last(struct batch *batch, uint64_t count);

/*
 * Keeps the messages whose hash modulo shards is shard. All machines agree on the hash, so that
 * checks of all shards share a batch, and a message's duplicates stay with it.
 */
void batch_keep_shard(struct batch *batch, uint64_t shard, uint64_t shards);

/* Keeps the first of each (number, id). False when out of memory. */
bool batch_drop_duplicates(struct batch *batch, struct error *err);

void batch_release(struct batch *batch);

#endif
