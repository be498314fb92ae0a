/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text; see number.h. The program never calls setlocale, so strtod and printf speak C.
 */
#include "number.h"

#include "text.h"

#include <math.h>
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
    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!text_is_digit(text[i]))
            return false;
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (digit > max || sum > (max - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
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
    *milliseconds = (int64_t)llround(number * factor * 1000);
    return true;
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
