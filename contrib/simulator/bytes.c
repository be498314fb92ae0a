/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text that grows at its end. Has no ceiling of its own: whoever takes in bytes from outside sets
 * one.
 */
#include "bytes.h"

#include "memory.h"

#include <string.h>

void bytes_add(struct bytes *bytes, const char *data, size_t size)
{
    size_t needed = bytes->length + size + 1;
    if (needed > bytes->room) {
        bytes->room = 2 * needed;
        bytes->data = memory_resize(bytes->data, bytes->room);
    }
    if (size > 0)
        memcpy(bytes->data + bytes->length, data, size);
    bytes->length += size;
    bytes->data[bytes->length] = '\0';
}

void bytes_add_text(struct bytes *bytes, const char *text)
{
    bytes_add(bytes, text, strlen(text));
}
