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
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { NUMBER_LOWEST_FIRST = 1 };
#else
enum { NUMBER_LOWEST_FIRST = 0 };
#endif

enum { NUMBER_SIZE = 32, NUMBER_SAFE_DIGITS = 19 /* so many always fit 64 bits */ };

/*
 * Eight digits at once, in a dozen operations where a loop takes eighty; batches and answers are
 * made of digits. True, and their value, when all eight are; never true where the first byte in
 * memory isn't the lowest of an integer, which only costs time.
 */
static inline bool number_take_eight(const char *text, uint64_t *value)
{
    const uint64_t high_halves = 0xF0F0F0F0F0F0F0F0U;
    uint64_t eight;
    memcpy(&eight, text, sizeof eight);
    bool all_digits = ((eight & high_halves) |
                       ((eight + 0x0606060606060606U) & high_halves) >> 4) == 0x3333333333333333U;
    eight = (eight & 0x0F0F0F0F0F0F0F0FU) * (10 << 8 | 1) >> 8;    /* four times two digits */
    eight = (eight & 0x00FF00FF00FF00FFU) * (100 << 16 | 1) >> 16; /* twice four */
    *value = (eight & 0x0000FFFF0000FFFFU) * (UINT64_C(10000) << 32 | 1) >> 32;
    return all_digits && NUMBER_LOWEST_FIRST;
}

/* Reads the digits that the text begins with, NUMBER_SAFE_DIGITS at most, and returns how many. */
static inline size_t number_take_digits(const char *text, size_t length, uint64_t *value)
{
    const char *at = text,
               *end = text + (length < NUMBER_SAFE_DIGITS ? length : NUMBER_SAFE_DIGITS);
    uint64_t sum = 0;
    if (end - at >= 8 && number_take_eight(at, &sum))
        at += 8;
    else
        sum = 0;
    for (; at < end; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        if (digit > 9)
            break;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return (size_t)(at - text);
}

/* A decimal such as 95, -0.5 or .25, at most 10^15 either way. False, *value untouched, for all
 * else. */
bool number_parse(const char *text, size_t length, double *value);

/* Digits only, at most max. False, *value untouched, for all else. */
bool number_parse_unsigned(const char *text, size_t length, uint64_t max, uint64_t *value);

/* A number not below 0 with s, m, h, d or no unit (seconds), at most 10^12 s; in milliseconds. */
bool number_parse_duration(const char *text, int64_t *milliseconds);

/* The digits of value; returns how many. What a request has hundreds of is too dear for printf. */
size_t number_format_unsigned(char out[NUMBER_SIZE], uint64_t value);

/* floor() without libm. */
double number_floor(double value);

/* At most 6 decimals, none that are zero, no exponent, no -0. value must be within 10^20 (a share
 * of the messages in percent). */
const char *number_format(char out[NUMBER_SIZE], double value);

#endif
