/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_FAULT_H
#define SIMULATOR_FAULT_H

#include "complaint.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ways in which an answer goes wrong on its way; what each does is said in the table of fault.c,
 * which --help prints. */
enum fault {
    FAULT_LATENCY,
    FAULT_DRIP,
    FAULT_DROP,
    FAULT_RESET,
    FAULT_PARTIAL_STATUS,
    FAULT_NOT_HTTP,
    FAULT_HANG,
    FAULT_STATUS,
    FAULT_STATUS_JSON,
    FAULT_REDIRECT,
    FAULT_429,
    FAULT_429_DATE,
    FAULT_503,
    FAULT_LIMIT,
    FAULT_HTML,
    FAULT_EMPTY,
    FAULT_GARBAGE,
    FAULT_NESTED,
    FAULT_CUT_JSON,
    FAULT_TRAILING,
    FAULT_BAD_UTF8,
    FAULT_HUGE,
    FAULT_ENDLESS,
    FAULT_GZIP,
    FAULT_GZIP_BOMB,
    FAULT_CUT,
    FAULT_LONG_LENGTH,
    FAULT_COUNT
};

/* What stands behind the name: NAME, NAME=N, NAME=N/M (M may be left out) or NAME=TEXT. */
enum fault_value_kind { VALUE_NONE, VALUE_NUMBER, VALUE_PAIR, VALUE_TEXT };

struct fault_row {
    const char *name;
    const char *argument; /* as --help shows it, "" for none */
    enum fault_value_kind kind;
    bool optional;   /* the value may be left out */
    bool plain;      /* goes past the HTTP library, which TLS does not allow */
    unsigned rivals; /* no two faults that share a bit here together */
    uint64_t min;
    uint64_t max;
    uint64_t m; /* default of N/M */
    const char *help;
};

extern const struct fault_row fault_table[FAULT_COUNT];

struct fault_setting {
    bool on;
    bool valued; /* there was a value, so that n or the text counts */
    uint64_t n;
    uint64_t m;
    const char *item; /* as it was written, borrowed, `length` bytes */
    size_t length;
};

/* Which faults a request meets; all zero for none. */
struct faults {
    struct fault_setting of[FAULT_COUNT];
};

/* Turns on those of a comma-separated list, which must stay where it is. False, with the reason,
 * for an unknown name, a bad value, or two that exclude each other. */
bool faults_add(struct faults *faults, const char *list, struct complaint *reason);

/* Those that are on, as a list of the same form, to be free()d; NULL when there are none. */
char *faults_text(const struct faults *faults);

/* The TEXT of a fault, to be free()d; `fallback` when it has none. */
char *fault_argument(const struct faults *faults, enum fault fault, const char *fallback);

static inline bool faulty(const struct faults *faults, enum fault fault)
{
    return faults->of[fault].on;
}

#endif
