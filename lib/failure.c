/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failed requests, gathered by reason; see failure.h. */
#include "failure.h"

#include <stdio.h>
#include <string.h>

/* Each class keeps places for what doesn't fit, sent or not. */
static const size_t ROOM_FOR_REASONS = FAILURES_MAX - 2 * FAILURE_CLASSES;

static struct failure *find(struct failure_list *list, enum failure_class class, bool was_sent,
                            const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        struct failure *failure = &list->items[i];
        if (failure->class == class && (failure->requests > 0) == was_sent &&
            strcmp(failure->text, text) == 0)
            return failure;
    }
    return NULL;
}

void failure_add(struct failure_list *list, enum failure_class class, uint64_t requests,
                 uint64_t messages, const char *text)
{
    bool was_sent = requests > 0;
    struct failure *failure = find(list, class, was_sent, text);
    if (!failure && list->count >= ROOM_FOR_REASONS) {
        text = "other reasons";
        failure = find(list, class, was_sent, text);
    }
    if (!failure) {
        failure = &list->items[list->count++];
        *failure = (struct failure){.class = class};
        snprintf(failure->text, sizeof failure->text, "%s", text);
    }
    failure->requests += requests;
    failure->messages += messages;
}

uint64_t failure_messages(const struct failure_list *list, enum failure_class class)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].class == class)
            sum += list->items[i].messages;
    return sum;
}
