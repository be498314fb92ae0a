/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_BYTES_H
#define SIMULATOR_BYTES_H

#include <stddef.h>

/* Text that grows; all zero is an empty one. `data` is free()d by whoever has the struct. */
struct bytes {
    char *data; /* with a NUL behind it; NULL before anything was added */
    size_t length;
    size_t room;
};

/* Appends; the text is copied. */
void bytes_add(struct bytes *bytes, const char *data, size_t size);
void bytes_add_text(struct bytes *bytes, const char *text);

#endif
