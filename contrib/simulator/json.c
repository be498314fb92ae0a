/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thin names over yajl's generator, and the one thing it can't do: writing non-ASCII characters as
 * escapes.
 */
#include "json.h"

#include "memory.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ESCAPE_MAX = 12 }; /* "\ud83d\ude00" */

void json_key(yajl_gen out, const char *key)
{
    json_text(out, key);
}

void json_text(yajl_gen out, const char *text)
{
    static const char stand_in[] = "(not UTF-8)";
    if (text == NULL)
        yajl_gen_null(out);
    else if (yajl_gen_string(out, (const unsigned char *)text, strlen(text)) ==
             yajl_gen_invalid_string)
        yajl_gen_string(out, (const unsigned char *)stand_in, sizeof stand_in - 1);
}

void json_integer(yajl_gen out, int64_t value)
{
    yajl_gen_integer(out, value);
}

void json_digits(yajl_gen out, const char *digits)
{
    yajl_gen_number(out, digits, strlen(digits));
}

void json_bool(yajl_gen out, bool value)
{
    yajl_gen_bool(out, value);
}

void json_null(yajl_gen out)
{
    yajl_gen_null(out);
}

char *json_take(yajl_gen out, size_t *length)
{
    const unsigned char *text = NULL;
    size_t size = 0;
    yajl_gen_get_buf(out, &text, &size);
    char *copy = memory_get(size + 1);
    if (size > 0)
        memcpy(copy, text, size);
    *length = size;
    return copy;
}

yajl_gen json_new(bool pretty)
{
    yajl_gen out = yajl_gen_alloc(NULL);
    yajl_gen_config(out, yajl_gen_validate_utf8, 1);
    yajl_gen_config(out, yajl_gen_beautify, pretty ? 1 : 0);
    return out;
}

static size_t put(char *out, uint32_t character)
{
    if (character == '/')
        return (size_t)snprintf(out, ESCAPE_MAX + 1, "\\/");
    if (character < 0x80) {
        *out = (char)character;
        return 1;
    }
    if (character < 0x10000)
        return (size_t)snprintf(out, ESCAPE_MAX + 1, "\\u%04" PRIx32, character);
    character -= 0x10000;
    return (size_t)snprintf(out, ESCAPE_MAX + 1, "\\u%04" PRIx32 "\\u%04" PRIx32,
                            0xd800 + (character >> 10), 0xdc00 + (character & 0x3ff));
}

char *json_escape(char *json, size_t *length)
{
    /* No byte grows more than sixfold: \ud83d\ude00 comes from four, \u00e9 from two. */
    char *out = memory_get(6 * *length + ESCAPE_MAX + 1);
    size_t used = 0;
    /* It is valid UTF-8, the generator checked. */
    for (const char *text = json; *text != '\0';)
        used += put(out + used, utf8_next(&text));
    free(json);
    *length = used;
    return out;
}
