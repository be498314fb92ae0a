/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_UTF8_H
#define SIMULATOR_UTF8_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a text is UTF-8 by the book: no stray, missing or needless bytes, no surrogates. */
bool utf8_valid(const char *text);

/* The character at *text, which is valid and not at its end; moves *text behind it. */
uint32_t utf8_next(const char **text);

#endif
