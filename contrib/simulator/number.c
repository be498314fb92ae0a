/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict whole numbers: no sign, no blanks, no locale, nothing after the digits, a stated maximum.
 */
#include "number.h"

#include <string.h>

bool number_read_part(const char *text, size_t length, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (digit > max || sum > (max - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (length == 0)
        return false;
    *value = sum;
    return true;
}

bool number_read(const char *text, uint64_t max, uint64_t *value)
{
    return number_read_part(text, strlen(text), max, value);
}
