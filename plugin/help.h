/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Usage and help, made from the table of options. */
#ifndef HELP_H
#define HELP_H

#include "buf.h"

#include <stddef.h>

/* At most 23 lines of 80 columns, for usage errors. */
void help_usage(struct buf *out);

/* All of it, within 80 columns. */
void help_full(struct buf *out);

void help_version(struct buf *out);

/* Appends words, wrapped at 79 columns; the first line begins at column at, the others at indent.
 */
void help_wrap(struct buf *out, const char *text, size_t at, size_t indent);

#endif
