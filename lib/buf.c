/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing byte buffer; see buf.h. */
#include "buf.h"

#include "wipe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t ceiling)
{
    *buf = (struct buf){.ceiling = ceiling};
}

void buf_release(struct buf *buf)
{
    if (buf->data)
        wipe(buf->data, buf->capacity);
    free(buf->data);
    buf_init(buf, buf->ceiling);
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->failed = false;
}

bool buf_failed(const struct buf *buf)
{
    return buf->failed;
}

/* Not realloc, which could leave a copy of the key behind in freed memory. */
static bool grow(struct buf *buf, size_t need)
{
    size_t capacity = buf->capacity ? buf->capacity : 256;
    while (capacity < need)
        capacity *= 2;
    char *larger = malloc(capacity);
    if (!larger)
        return false;
    if (buf->data) {
        memcpy(larger, buf->data, buf->length);
        wipe(buf->data, buf->capacity);
        free(buf->data);
    }
    buf->data = larger;
    buf->capacity = capacity;
    return true;
}

char *buf_reserve(struct buf *buf, size_t more)
{
    if (buf->failed)
        return NULL;
    if (more <= buf->ceiling - buf->length &&
        (buf->length + more < buf->capacity || grow(buf, buf->length + more + 1)))
        return buf->data + buf->length;
    buf->failed = true;
    return NULL;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    char *room = buf_reserve(buf, length);
    if (!room)
        return;
    if (length > 0)
        memcpy(room, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_add_string(struct buf *buf, const char *string)
{
    buf_add(buf, string, strlen(string));
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    char small[2048];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length < 0 || length >= (int)sizeof small)
        buf->failed = true;
    else
        buf_add(buf, small, (size_t)length);
}
