/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distinct answers, each kept once; see detail.h. Found through a hash of status and code. */
#include "detail.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 2 * (DETAILS_MAX + 1) };

struct detail_table {
    struct detail *items;
    size_t count, capacity;
    uint16_t *slots; /* numbers, 0: free (the first numbers are never looked up) */
};

struct detail_table *detail_table_new(void)
{
    struct detail_table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->capacity = 16;
    table->count = DETAIL_FIRST;
    table->items = calloc(table->capacity, sizeof *table->items);
    table->slots = calloc(SLOTS, sizeof *table->slots);
    if (table->items && table->slots)
        return table;
    detail_table_free(table);
    return NULL;
}

void detail_table_free(struct detail_table *table)
{
    if (!table)
        return;
    for (size_t i = DETAIL_FIRST; table->items && i < table->count; i++)
        free((char *)table->items[i].status);
    free(table->items);
    free(table->slots);
    free(table);
}

/* A NUL inside would end the stored text. */
static char storable(char c)
{
    return (char)(c == '\0' ? ' ' : c);
}

/* FNV-1a */
static size_t hash(const struct detail *detail, size_t status_length)
{
    uint32_t sum = 2166136261U ^ (uint32_t)(detail->has_code ? detail->code : -1);
    sum *= 16777619U;
    for (size_t i = 0; i < status_length; i++)
        sum = (sum ^ (unsigned char)storable(detail->status[i])) * 16777619U;
    return (sum ^ sum >> 15) % SLOTS;
}

/* a is in the table, b has length bytes of status. */
static bool is_same(const struct detail *a, const struct detail *b, size_t length)
{
    if (a->has_code != b->has_code || a->code != b->code || !a->status != !b->status)
        return false;
    if (!a->status)
        return true;
    for (size_t i = 0; i < length; i++)
        if (a->status[i] != storable(b->status[i])) /* also at the end of a, which is no blank */
            return false;
    return a->status[length] == '\0';
}

static char *copy_status(const char *status, size_t length)
{
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    for (size_t i = 0; i < length; i++)
        copy[i] = storable(status[i]);
    copy[length] = '\0';
    return copy;
}

static bool append(struct detail_table *table, const struct detail *detail, size_t length)
{
    struct detail added = *detail;
    if (table->count == table->capacity) {
        struct detail *larger = realloc(table->items, 2 * table->capacity * sizeof *larger);
        if (!larger)
            return false;
        table->items = larger;
        table->capacity *= 2;
    }
    if (detail->status && !(added.status = copy_status(detail->status, length)))
        return false;
    table->items[table->count++] = added;
    return true;
}

bool detail_intern(struct detail_table *table, const struct detail *detail, size_t status_length,
                   uint16_t *number)
{
    size_t length = status_length < DETAIL_STATUS_MAX ? status_length : DETAIL_STATUS_MAX;
    size_t slot = hash(detail, detail->status ? length : 0);
    for (; table->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        *number = table->slots[slot];
        if (is_same(&table->items[*number], detail, length))
            return true;
    }
    *number = DETAIL_TOO_MANY;
    if (table->count >= DETAILS_MAX)
        return true;
    if (!append(table, detail, length))
        return false;
    *number = table->slots[slot] = (uint16_t)(table->count - 1);
    return true;
}

struct detail detail_get(const struct detail_table *table, uint16_t number)
{
    return table->items[number];
}
