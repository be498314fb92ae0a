/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the API said of messages beside the outcome: code and status text. Few different ones occur
 * in a batch, so each is kept once and an outcome holds its number.
 */
#ifndef DETAIL_H
#define DETAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DETAIL_NOT_ANSWERED, /* its request failed, or was never sent */
    DETAIL_NO_ENTRY,     /* its request was answered, but without an entry for it */
    DETAIL_TOO_MANY,     /* the API said more different things than we keep */
    DETAIL_FIRST         /* the first that came from the API */
};

enum { DETAILS_MAX = UINT16_MAX, DETAIL_STATUS_MAX = 1024 };

struct detail {
    bool has_code;
    int code;
    const char *status; /* as it came, at most DETAIL_STATUS_MAX bytes; NULL: none */
};

struct detail_table;

/* NULL when out of memory. Freed by detail_table_free, which takes NULL too. */
struct detail_table *detail_table_new(void);
void detail_table_free(struct detail_table *table);

/* The number of this code and status. status may be NULL. False when out of memory. */
bool detail_intern(struct detail_table *table, const struct detail *detail, size_t status_length,
                   uint16_t *number);

/* What a number stands for; its status is good as long as the table. Numbers below DETAIL_FIRST
 * have neither code nor status. */
struct detail detail_get(const struct detail_table *table, uint16_t number);

#endif
