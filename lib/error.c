/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as values; see error.h. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut in the middle of a character would make the JSON report invalid. */
static void drop_partial_character(char *text)
{
    size_t end = strlen(text);
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0xC0)
        end--;
    text[end] = '\0';
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    if (length >= (int)sizeof err->text)
        drop_partial_character(err->text);
    err->kind = kind;
    return false;
}

bool error_no_memory(struct error *err)
{
    return error_set(err, ERROR_INTERNAL, "out of memory");
}
