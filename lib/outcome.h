/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of one message, in eight bytes, and the provider's words for it. */
#ifndef OUTCOME_H
#define OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outcome_kind {
    OUTCOME_DELIVERED,
    OUTCOME_UNDELIVERED,
    OUTCOME_WAITING,
    OUTCOME_OVERDUE,
    OUTCOME_NOT_FOUND,
    OUTCOME_UNKNOWN,
    OUTCOME_KINDS
};

#define OUTCOME_LATENCY_BITS 42 /* 139 years of milliseconds */
#define OUTCOME_NO_LATENCY   ((UINT64_C(1) << OUTCOME_LATENCY_BITS) - 1)

struct outcome {
    uint64_t latency_ms : OUTCOME_LATENCY_BITS; /* or OUTCOME_NO_LATENCY */
    uint64_t detail : 16;                       /* what the API said, see detail.h */
    uint64_t kind : 3;                          /* enum outcome_kind */
    uint64_t answered : 1;                      /* an entry of the answer was about it */
    uint64_t spam : 1;
    uint64_t stop : 1;
};

/* Before anything is known: unknown, without an answer. */
struct outcome outcome_initial(void);

/*
 * The outcome that a status word stands for, letter case ignored: waiting for all words that say
 * so, overdue never (grace is the caller's), unknown for words that nobody has documented.
 */
enum outcome_kind outcome_from_status(const char *status, size_t length);

/* not_found, as in metrics and JSON; "not found", as people read it. */
const char *outcome_name(enum outcome_kind kind);
const char *outcome_words(enum outcome_kind kind);

#endif
