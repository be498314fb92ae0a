/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fuzz targets share; see fuzz.h. It judges texts by rules of its own, not by lib/text.c.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_MASK = 0x3F };

struct fuzz_input fuzz_split(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {.text = ""};
    size_t steering = size < FUZZ_STEERING ? size : FUZZ_STEERING;
    if (steering > 0)
        memcpy(input.steer, data, steering);
    if (size > FUZZ_STEERING + 1) {
        input.text = (const char *)data + FUZZ_STEERING + 1;
        input.length = size - FUZZ_STEERING - 1;
    }
    return input;
}

struct fuzz_cuts fuzz_cuts_start(const struct fuzz_input *input)
{
    return (struct fuzz_cuts){.state = input->steer[1],
                              .longest = 1 + (size_t)(input->steer[0] & LONGEST_MASK)};
}

size_t fuzz_cuts_next(struct fuzz_cuts *cuts, size_t left)
{
    cuts->state = cuts->state * 1664525U + 1013904223U;
    size_t length = 1 + (cuts->state >> 16) % cuts->longest;
    return length < left ? length : left;
}

static int64_t stand_still(void *context)
{
    (void)context;
    return 0;
}

struct clock fuzz_clock(void)
{
    return (struct clock){.monotonic_ms = stand_still, .wall_ms = stand_still, .deadline_ms = 1000};
}

_Noreturn void fuzz_fail(const char *what)
{
    fprintf(stderr, "%s: does not hold: %s\n", FUZZ_NAME, what);
    abort();
}

/* Length of the UTF-8 character at s and its code point; 0: invalid, by table 3-7 of Unicode. */
static size_t decode(const unsigned char *s, uint32_t *point)
{
    unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
    size_t need = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if ((s[0] >= 0x80 && s[0] < 0xC2) || s[0] > 0xF4)
        return 0;
    *point = need == 1 ? s[0] : s[0] & (0x7FU >> need);
    for (size_t i = 1; i < need; i++) {
        if (s[i] < (i == 1 ? low : 0x80) || s[i] > (i == 1 ? high : 0xBF))
            return 0;
        *point = *point << 6 | (s[i] & 0x3FU);
    }
    return need;
}

static bool is_plain(uint32_t point)
{
    bool is_control = point < 0x20 || (point >= 0x7F && point <= 0x9F);
    bool ends_line = point == 0x2028 || point == 0x2029;
    bool turns_text = point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
                      (point >= 0x2066 && point <= 0x2069);
    return !is_control && !ends_line && !turns_text && point != '|' && point != '<' && point != '>';
}

void fuzz_require_clean(const char *text, size_t characters_max, const char *what)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t characters = 0, length = 1;
    bool clean = true;
    for (; *at != '\0' && clean; at += length, characters++) {
        uint32_t point = 0;
        length = decode(at, &point);
        clean = length > 0 && is_plain(point);
    }
    if (!clean || characters > characters_max)
        fprintf(stderr, "at character %zu of '%s'\n", characters, text);
    fuzz_require(clean && characters <= characters_max, what);
}
