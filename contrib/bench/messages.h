/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The messages of the benchmark, known to floor.c, server.c and batch.c: number i of them, and
 * how to write them quickly. As in a campaign, the recipients of one sending share its id.
 */
#ifndef BENCH_MESSAGES_H
#define BENCH_MESSAGES_H

#include <stdint.h>
#include <string.h>

#define MESSAGES_KEY "bench-key-0123456789"

/* 100 million different French mobile numbers, in no order. */
static inline uint64_t message_number(uint64_t i)
{
    return 33600000000 + (700 + i * 7919) % 100000000;
}

static inline uint64_t message_id(uint64_t i)
{
    return 96000000 + i / 500;
}

/* Append, and return the new end. */
static inline char *put(char *out, const char *text)
{
    size_t length = strlen(text);
    memcpy(out, text, length);
    return out + length;
}

static inline char *put_number(char *out, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    memcpy(out, digits + at, sizeof digits - at);
    return out + sizeof digits - at;
}

#endif
