/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_ITEM_H
#define SIMULATOR_ITEM_H

#include "fate.h"
#include "options.h"
#include "writer.h"

/* A message and what became of it; number and id as they were sent, NULL when they were not. */
struct subject {
    const char *number;
    const char *id;
    struct fate fate;
};

/* Writes one element of StatutResponse_List. */
void item_write(struct writer *out, const struct options *options, const struct subject *subject);

/* Writes a code, and success before it, as every object of an answer starts with. */
void item_write_code(struct writer *out, const struct options *options, int code);

#endif
