/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers; see phone.h. Lengths are checked, national plans are not: the API knows them. */
#include "phone.h"

#include "number.h"
#include "text.h"

#include <string.h>

enum { DIGITS_MIN = 8, DIGITS_MAX = 15, DIGITS_ROOM = 32, SHOWN_EACH_END = 3 };

/* What is left of a spelling when its separators are gone. */
struct spelling {
    bool plus;
    char digits[DIGITS_ROOM];
    size_t count;
};

static bool is_separator(char c)
{
    return text_is_blank(c) || c == '.' || c == '-' || c == '(' || c == ')';
}

/* +33 (0)6...: the national 0 that some write for callers at home. */
static bool is_bracketed_zero(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "(0)", 3) == 0;
}

static bool read_spelling(struct spelling *spelling, const char *text, size_t length,
                          const char **reason)
{
    spelling->plus = false;
    spelling->count = 0;
    for (size_t i = 0; i < length; i++) {
        if (text_is_digit(text[i]) && spelling->count < DIGITS_ROOM) {
            spelling->digits[spelling->count++] = text[i];
            continue;
        }
        bool first = spelling->count == 0 && !spelling->plus;
        if (!first && is_bracketed_zero(text + i, length - i))
            i += 2;
        else if (text[i] == '+' && first)
            spelling->plus = true;
        else if (!is_separator(text[i])) {
            *reason = text_is_digit(text[i]) ? "more than 15 digits"
                                             : "it holds other characters than digits";
            return false;
        }
    }
    return true;
}

/* Puts the country code in front of what is left after dropping the first digits. */
static void make_international(struct spelling *spelling, size_t drop, const char *country_code)
{
    size_t code_length = strlen(country_code);
    memmove(spelling->digits + code_length, spelling->digits + drop, spelling->count - drop);
    memcpy(spelling->digits, country_code, code_length);
    spelling->count = spelling->count - drop + code_length;
}

bool phone_parse_plain(const char *text, size_t length, uint64_t *number)
{
    if (length <= DIGITS_MIN || length > DIGITS_MAX + 1 || text[0] != '+' || text[1] == '0')
        return false;
    return number_take_digits(text + 1, length - 1, number) == length - 1;
}

static bool parse_spelling(const char *text, size_t length, const char *country_code,
                           uint64_t *number, const char **reason)
{
    struct spelling spelling;
    if (!read_spelling(&spelling, text, length, reason))
        return false;
    bool zero = spelling.count > 0 && spelling.digits[0] == '0';
    bool international = spelling.count > 1 && zero && spelling.digits[1] == '0';
    if (spelling.count <= DIGITS_MAX + 2 && zero && !spelling.plus)
        make_international(&spelling, international ? 2 : 1, international ? "" : country_code);
    *reason = spelling.count < DIGITS_MIN   ? "fewer than 8 digits"
              : spelling.count > DIGITS_MAX ? "more than 15 digits"
                                            : "no country calling code begins with 0";
    if (spelling.count < DIGITS_MIN || spelling.count > DIGITS_MAX || spelling.digits[0] == '0')
        return false;
    *number = 0;
    for (size_t i = 0; i < spelling.count; i++)
        *number = *number * 10 + (uint64_t)(spelling.digits[i] - '0');
    return true;
}

bool phone_parse(const char *text, size_t length, const char *country_code, uint64_t *number,
                 const char **reason)
{
    return phone_parse_plain(text, length, number) ||
           parse_spelling(text, length, country_code, number, reason);
}

const char *phone_format(char out[PHONE_SIZE], uint64_t number)
{
    char digits[NUMBER_SIZE];
    size_t length = number_format_unsigned(digits, number % UINT64_C(1000000000000000));
    out[0] = '+';
    memcpy(out + 1, digits, length + 1);
    return out;
}

const char *phone_mask(char out[PHONE_SIZE], uint64_t number)
{
    phone_format(out, number);
    size_t length = strlen(out);
    for (size_t i = 1 + SHOWN_EACH_END; i + SHOWN_EACH_END < length; i++)
        out[i] = '*';
    return out;
}
