/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Phone numbers as people type them, reduced to the digits after the plus sign, and back. Knows the
 * French national form and nothing of other countries' plans, like the service it stands for.
 */
#include "phone.h"

#include "number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Most digits of an international number (E.164). */
enum { DIGITS_MIN = 8, DIGITS_MAX = 15, DIGITS_ROOM = 24 };

static const uint64_t FRANCE_FIRST = UINT64_C(33000000000);
static const uint64_t FRANCE_LAST = UINT64_C(33999999999);

/* Length in bytes of the separator at the start of the text, 0 if there is none. The two long ones
 * are the no-break spaces that spreadsheets and web pages put into numbers. */
static size_t separator(const char *text)
{
    if (*text != '\0' && strchr(" \t.-/()", *text) != NULL)
        return 1;
    if (strncmp(text, "\xc2\xa0", 2) == 0)
        return 2;
    if (strncmp(text, "\xe2\x80\xaf", 3) == 0)
        return 3;
    return 0;
}

/* Keeps the digits only, and whether a plus sign came before them all. */
static bool squeeze(const char *text, char out[DIGITS_ROOM], bool *plus)
{
    size_t length = 0;
    *plus = false;
    while (*text != '\0') {
        size_t skip = separator(text);
        if (skip > 0) {
            text += skip;
        } else if (*text == '+' && length == 0 && !*plus) {
            *plus = true;
            text++;
        } else if (*text >= '0' && *text <= '9' && length < DIGITS_ROOM - 1) {
            out[length++] = *text++;
        } else {
            return false;
        }
    }
    out[length] = '\0';
    return length > 0;
}

static bool international(const char *digits, uint64_t *value)
{
    size_t length = strlen(digits);
    if (length < DIGITS_MIN || length > DIGITS_MAX || *digits == '0')
        return false;
    return number_read(digits, UINT64_MAX, value);
}

bool phone_read(const char *text, uint64_t *digits)
{
    char kept[DIGITS_ROOM] = "";
    bool plus;
    if (!squeeze(text, kept, &plus))
        return false;

    const char *rest = kept;
    if (!plus && strncmp(rest, "00", 2) == 0) {
        plus = true;
        rest += 2;
    }
    uint64_t national;
    if (!plus && *rest == '0' && strlen(rest) == 10 && number_read(rest, UINT64_MAX, &national)) {
        *digits = FRANCE_FIRST + national;
        return true;
    }
    /* +33 (0)6 39...: the bracketed zero is for callers inside the country only. */
    if (strncmp(rest, "330", 3) == 0 && strlen(rest) == 12 &&
        number_read(rest + 3, UINT64_MAX, &national)) {
        *digits = FRANCE_FIRST + national;
        return true;
    }
    return international(rest, digits);
}

static void write_spaced(uint64_t digits, char out[PHONE_SIZE])
{
    char d[PHONE_SIZE];
    snprintf(d, sizeof d, "%" PRIu64, digits);
    snprintf(out, PHONE_SIZE, "+%.2s %c %.2s %.2s %.2s %.2s", d, d[2], d + 3, d + 5, d + 7, d + 9);
}

void phone_write(uint64_t digits, enum phone_spelling spelling, char out[PHONE_SIZE])
{
    bool french = digits >= FRANCE_FIRST && digits <= FRANCE_LAST;
    if (spelling == PHONE_NATIONAL && french)
        snprintf(out, PHONE_SIZE, "0%09" PRIu64, digits - FRANCE_FIRST);
    else if (spelling == PHONE_SPACED && french)
        write_spaced(digits, out);
    else if (spelling == PHONE_00)
        snprintf(out, PHONE_SIZE, "00%" PRIu64, digits);
    else if (spelling == PHONE_DIGITS)
        snprintf(out, PHONE_SIZE, "%" PRIu64, digits);
    else
        snprintf(out, PHONE_SIZE, "+%" PRIu64, digits);
}
