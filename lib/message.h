/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message to ask about: three integers, so that a million of them stay small. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESSAGE_SENT_UNKNOWN INT64_MIN

struct message {
    uint64_t number; /* E.164 digits without the + */
    uint64_t id;
    int64_t sent_ms; /* since 1970, or MESSAGE_SENT_UNKNOWN */
};

/* Owned by the caller; {0} is an empty list. */
struct message_list {
    struct message *items;
    size_t count, capacity;
};

/* False when there is no memory; the list is then as it was. */
bool message_list_grow(struct message_list *list);
static inline bool message_list_add(struct message_list *list, struct message message)
{
    if (list->count == list->capacity && !message_list_grow(list))
        return false;
    list->items[list->count++] = message;
    return true;
}

/* Gives back what the list doesn't use. */
void message_list_trim(struct message_list *list);
void message_list_release(struct message_list *list);

/* Spreads (number, id) evenly over 64 bits, for hash tables and for --shard: since machines with
 * different releases may share a batch, it never changes. */
uint64_t message_hash(uint64_t number, uint64_t id);

#endif
