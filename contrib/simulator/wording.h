/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_WORDING_H
#define SIMULATOR_WORDING_H

#include "options.h"
#include "writer.h"

#include <stdint.h>

/* A status word as the oddities want it; free() it. */
char *wording_status(const struct options *options, const char *word);

/* Any other text for people as the oddities want it; free() it. */
char *wording_text(const struct options *options, const char *text);

/* Writes a date as the value of a key, in the form the oddities want. */
void wording_date(struct writer *out, const struct options *options, int64_t seconds);

#endif
