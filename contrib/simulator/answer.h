/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_ANSWER_H
#define SIMULATOR_ANSWER_H

#include "item.h"
#include "options.h"
#include "writer.h"

#include <stddef.h>

/* All that goes back, independent of how it is sent. Release it. */
struct answer {
    unsigned http;
    int code; /* of the API; 0 when the answer is not the API's */
    const char *type;
    char *body;
    size_t length;
    char *location; /* the headers of these names; NULL: none */
    char *retry_after;
};

/* The answer to a good request: an item per subject. */
struct answer answer_list(const struct options *options, enum format format,
                          const struct subject *subjects, size_t count);

/* A refusal of the whole request; its usual text when text is NULL. */
struct answer answer_error(const struct options *options, enum format format, int code,
                           const char *text);

/* A page of the web server or framework instead of an API answer. */
struct answer answer_page(unsigned http);

/* Frees what the answer holds and leaves it empty. */
void answer_release(struct answer *answer);

#endif
