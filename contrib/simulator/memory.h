/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_MEMORY_H
#define SIMULATOR_MEMORY_H

#include <stddef.h>

/* What these give is never NULL and is freed by the caller with free(). */
void *memory_get(size_t size);
void *memory_resize(void *old, size_t size);
char *memory_copy(const char *text);

/* A printf that makes its own room. */
__attribute__((format(printf, 1, 2))) char *memory_format(const char *format, ...);

#endif
