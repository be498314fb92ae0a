/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that failed for good, gathered by reason: 2000 requests rarely have 2000 reasons. */
#ifndef FAILURE_H
#define FAILURE_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a failure means to the state; the judge has the table. */
enum failure_class {
    FAILURE_UNREACHABLE, /* the API gave no answer */
    FAILURE_DEADLINE,    /* time was up */
    FAILURE_STOPPED,     /* a signal came */
    FAILURE_REQUEST,     /* the API refused, or what came is no answer */
    FAILURE_ACCOUNT,     /* the account can't send any more */
    FAILURE_INTERNAL,    /* out of memory, or the HTTP library failed */
    FAILURE_CLASSES
};

enum { FAILURE_TEXT_SIZE = 3 * TEXT_SIZE, FAILURES_MAX = 24 };

struct failure {
    enum failure_class class;
    uint64_t messages, requests;
    char text[FAILURE_TEXT_SIZE]; /* for the user, clean */
};

/* {0} is an empty list. */
struct failure_list {
    struct failure items[FAILURES_MAX];
    size_t count;
};

/* Adds requests (0: never sent) that failed with their messages; text is copied. When the list is
 * full, the text of what comes is lost, its class and numbers are not. */
void failure_add(struct failure_list *list, enum failure_class class, uint64_t requests,
                 uint64_t messages, const char *text);

/* Messages that failed for this class. */
uint64_t failure_messages(const struct failure_list *list, enum failure_class class);

#endif
