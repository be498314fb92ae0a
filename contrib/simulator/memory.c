/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that is there or the program is not. A stand-in for a web service has nobody to tell that
 * it ran out of memory, so it says so and ends; the callers stay short.
 */
#define _POSIX_C_SOURCE 200809L

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory)
{
    if (memory == NULL) {
        fputs("smspartner-simulator: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

void *memory_get(size_t size)
{
    return or_end(calloc(1, size > 0 ? size : 1));
}

void *memory_resize(void *old, size_t size)
{
    return or_end(realloc(old, size > 0 ? size : 1));
}

char *memory_copy(const char *text)
{
    return or_end(strdup(text));
}

char *memory_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = memory_get(size);
    va_start(arguments, format);
    vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return text;
}
