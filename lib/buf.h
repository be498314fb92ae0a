/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing byte buffer with a ceiling set at birth. The first failure (no memory, ceiling reached)
 * sticks: later additions do nothing, and whoever uses the bytes asks buf_failed() once.
 */
#ifndef BUF_H
#define BUF_H

#include <stdbool.h>
#include <stddef.h>

/* Owned by the caller: init, use, release. data is terminated after every successful addition. */
struct buf {
    char *data;
    size_t length, capacity, ceiling;
    bool failed;
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_release(struct buf *buf); /* wipes the bytes, which may hold the key; leaves it reusable */
void buf_clear(struct buf *buf);   /* empties it, keeps its memory */
bool buf_failed(const struct buf *buf);

/* Room for so many bytes more, for who writes them himself from data + length on and then sets
 * length; NULL, and failed, when they don't fit. */
char *buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_string(struct buf *buf, const char *string);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
