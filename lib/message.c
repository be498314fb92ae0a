/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flat array of messages; see message.h. */
#include "message.h"

#include <stdlib.h>

bool message_list_grow(struct message_list *list)
{
    size_t capacity = list->capacity ? list->capacity * 2 : 512;
    if (capacity > SIZE_MAX / sizeof *list->items)
        return false;
    struct message *larger = realloc(list->items, capacity * sizeof *larger);
    if (!larger)
        return false;
    list->items = larger;
    list->capacity = capacity;
    return true;
}

void message_list_trim(struct message_list *list)
{
    if (list->count == 0 || list->count == list->capacity)
        return;
    struct message *smaller = realloc(list->items, list->count * sizeof *smaller);
    if (!smaller)
        return;
    list->items = smaller;
    list->capacity = list->count;
}

void message_list_release(struct message_list *list)
{
    free(list->items);
    *list = (struct message_list){0};
}

/* Multiply and fold twice: ids and numbers run in sequences, their low bits must not. */
uint64_t message_hash(uint64_t number, uint64_t id)
{
    uint64_t mixed = number * 0x9E3779B97F4A7C15U ^ id;
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93U;
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93U;
    return mixed ^ mixed >> 32;
}
