/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text; see number.h. The program never calls setlocale, so strtod and printf speak C.
 */
#include "number.h"

#include "text.h"

#include <math.h> /* macros only: a library less to load in every run */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LARGEST = 1e15, LARGEST_DURATION_S = 1e12;

/* -? digits [. digits] with at least one digit, and one behind the point if there is a point. */
static bool is_decimal(const char *text, size_t length)
{
    size_t i = length > 0 && text[0] == '-' ? 1 : 0;
    size_t whole = 0, fraction = 0;
    while (i < length && text_is_digit(text[i]))
        i++, whole++;
    if (i == length)
        return whole > 0;
    if (text[i++] != '.')
        return false;
    while (i < length && text_is_digit(text[i]))
        i++, fraction++;
    return i == length && fraction > 0;
}

bool number_parse(const char *text, size_t length, double *value)
{
    char copy[64];
    if (length >= sizeof copy || !is_decimal(text, length))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    double parsed = strtod(copy, NULL);
    if (!(fabs(parsed) <= LARGEST))
        return false;
    *value = parsed;
    return true;
}

bool number_parse_unsigned(const char *text, size_t length, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;
    for (; length > NUMBER_SAFE_DIGITS && *text == '0'; length--)
        text++;
    size_t taken = number_take_digits(text, length, &sum);
    for (; taken < length; taken++) {
        if (!text_is_digit(text[taken]) || sum > (max - (uint64_t)(text[taken] - '0')) / 10)
            return false;
        sum = sum * 10 + (uint64_t)(text[taken] - '0');
    }
    if (length == 0 || sum > max)
        return false;
    *value = sum;
    return true;
}

bool number_parse_duration(const char *text, int64_t *milliseconds)
{
    static const struct {
        char letter;
        double seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    size_t length = strlen(text);
    double factor = 1, number = 0;
    for (size_t i = 0; length > 0 && i < sizeof units / sizeof units[0]; i++) {
        if (text[length - 1] == units[i].letter) {
            factor = units[i].seconds;
            length--;
            break;
        }
    }
    if (!number_parse(text, length, &number) || number < 0 || number * factor > LARGEST_DURATION_S)
        return false;
    *milliseconds = (int64_t)(number * factor * 1000 + 0.5);
    return true;
}

double number_floor(double value)
{
    const double whole_from = 4503599627370496.0; /* 2^52: no double above it has a fraction */
    if (!(fabs(value) < whole_from))
        return value;
    double cut = (double)(int64_t)value;
    return cut > value ? cut - 1 : cut;
}

size_t number_format_unsigned(char out[NUMBER_SIZE], uint64_t value)
{
    enum { DIGITS_MAX = 24 }; /* 20, and a terminator */
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[2 * DIGITS_MAX] = {0}, *const end = digits + DIGITS_MAX, *first = end;
    for (; value >= 10; value /= 100) { /* two at a time: divisions are what takes long */
        first -= 2;
        memcpy(first, &pairs[value % 100 * 2], 2);
    }
    if (value > 0 || first == end)
        *--first = (char)('0' + value);
    memcpy(out, first, DIGITS_MAX); /* zeros behind them; of constant length, which is quicker */
    return (size_t)(end - first);
}

const char *number_format(char out[NUMBER_SIZE], double value)
{
    int length = snprintf(out, NUMBER_SIZE, "%.6f", value);
    while (length > 1 && out[length - 1] == '0')
        out[--length] = '\0';
    if (out[length - 1] == '.')
        out[--length] = '\0';
    if (strcmp(out, "-0") == 0)
        memcpy(out, "0", 2);
    return out;
}
