/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_EXCHANGE_H
#define SIMULATOR_EXCHANGE_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>

/* A request while it arrives. */
struct exchange {
    char *method;
    char *path;
    char *body; /* with a NUL behind it, never NULL */
    size_t length;
    size_t room;
    const struct faults *faults; /* borrowed */
    bool too_big;                /* more than 16 MiB came; the body is empty then */
};

/* Copies method and path; free with exchange_free. */
struct exchange *exchange_new(const char *method, const char *path, const struct faults *faults);

/* Adds a piece of the body. */
void exchange_add(struct exchange *exchange, const char *data, size_t size);

void exchange_free(struct exchange *exchange);

#endif
