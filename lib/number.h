/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text, both ways, whatever the locale: a point is the only decimal sign, no exponent,
 * nothing before or behind. The only file that may call strtod.
 */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMBER_SIZE = 32 };

/* A decimal such as 95, -0.5 or .25, at most 10^15 either way. False, *value untouched, for all
 * else. */
bool number_parse(const char *text, size_t length, double *value);

/* Digits only, at most max. False, *value untouched, for all else. */
bool number_parse_unsigned(const char *text, size_t length, uint64_t max, uint64_t *value);

/* A number not below 0 with s, m, h, d or no unit (seconds), at most 10^12 s; in milliseconds. */
bool number_parse_duration(const char *text, int64_t *milliseconds);

/* At most 6 decimals, none that are zero, no exponent, no -0. value must be within 10^15. */
const char *number_format(char out[NUMBER_SIZE], double value);

#endif
