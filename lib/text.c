/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts and cleans foreign text; see text.h. */
#include "text.h"

#include <stdint.h>
#include <string.h>

enum { PHONE_DIGITS_MIN = 8, PHONE_DIGITS_SHOWN = 3 };

static const char REDACTED[] = "[key]";

/* Where a cleaned text is being written. */
struct sink {
    char *out;
    size_t size;
    int characters;
};

static bool sink_put(struct sink *sink, const char *character, size_t length)
{
    if (sink->characters == TEXT_MAX_CHARACTERS)
        return false;
    memcpy(sink->out + sink->size, character, length);
    sink->size += length;
    sink->characters++;
    return true;
}

bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool text_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Length of the UTF-8 character at s and its code point, or 0 where the bytes are not valid. */
static size_t utf8_decode(const unsigned char *s, size_t length, uint32_t *point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t need = s[0] < 0x80   ? 1
                  : s[0] < 0xC2 ? 0
                  : s[0] < 0xE0 ? 2
                  : s[0] < 0xF0 ? 3
                  : s[0] < 0xF5 ? 4
                                : 0;
    if (need == 0 || need > length)
        return 0;
    uint32_t value = need == 1 ? s[0] : s[0] & (0x7FU >> need);
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (s[i] & 0x3FU);
    }
    if (value < smallest[need] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *point = value;
    return need;
}

/* Characters that end lines, steer terminals or readers, start perfdata or open HTML. */
static bool is_unsafe(uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } unsafe[] = {
        {0x00, 0x1F},     {'<', '<'},       {'>', '>'},       {'|', '|'},       {0x7F, 0x9F},
        {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F},
    };
    for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
        if (point >= unsafe[i].first && point <= unsafe[i].last)
            return true;
    return false;
}

static bool is_phone_separator(char c)
{
    return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')';
}

/*
 * Bytes at s that look like a phone number, and how many digits they hold; 0 if none. Separators
 * between digits count only after + or 0, or every date would look like a number.
 */
static size_t phone_span(const char *s, size_t length, size_t *digits)
{
    bool spaced = s[0] == '+' || s[0] == '0';
    size_t end = 0;
    *digits = 0;
    for (size_t i = s[0] == '+' ? 1 : 0; i < length; i++) {
        if (text_is_digit(s[i])) {
            ++*digits;
            end = i + 1;
        } else if (!spaced || !is_phone_separator(s[i])) {
            break;
        }
    }
    return *digits >= PHONE_DIGITS_MIN ? end : 0;
}

static void put_masked(struct sink *sink, const char *s, size_t length, size_t digits)
{
    size_t seen = 0;
    for (size_t i = 0; i < length; i++) {
        bool hidden = text_is_digit(s[i]) && ++seen > PHONE_DIGITS_SHOWN &&
                      seen <= digits - PHONE_DIGITS_SHOWN;
        sink_put(sink, hidden ? "*" : s + i, 1);
    }
}

static void put_character(struct sink *sink, const char *s, size_t *length)
{
    uint32_t point = 0;
    size_t used = utf8_decode((const unsigned char *)s, *length, &point);
    if (used == 0 || is_unsafe(point))
        sink_put(sink, "?", 1);
    else
        sink_put(sink, s, used);
    *length = used == 0 ? 1 : used;
}

/* True when raw[at] goes on with a number: a phone number doesn't begin inside 127.0.0.1. */
static bool is_inside_number(const char *raw, size_t at)
{
    if (at > 0 && (raw[at - 1] == '.' || raw[at - 1] == '-'))
        at--;
    return at > 0 && text_is_digit(raw[at - 1]);
}

/* Handles what stands at s and returns how many bytes of it are done. */
static size_t put_next(struct sink *sink, const char *s, size_t length, bool inside_number,
                       const struct text_rules *rules)
{
    size_t secret_length = rules && rules->secret ? strlen(rules->secret) : 0;
    if (secret_length > 0 && length >= secret_length &&
        memcmp(s, rules->secret, secret_length) == 0) {
        for (const char *r = REDACTED; *r != '\0'; r++)
            sink_put(sink, r, 1);
        return secret_length;
    }
    size_t digits = 0;
    size_t span =
        rules && rules->mask_numbers && !inside_number ? phone_span(s, length, &digits) : 0;
    if (span > 0) {
        put_masked(sink, s, span, digits);
        return span;
    }
    put_character(sink, s, &length);
    return length;
}

const char *text_clean(char out[TEXT_SIZE], const char *raw, size_t length,
                       const struct text_rules *rules)
{
    struct sink sink = {.out = out};
    size_t done = 0;
    while (done < length && sink.characters < TEXT_MAX_CHARACTERS) {
        bool inside_number = is_inside_number(raw, done);
        done += put_next(&sink, raw + done, length - done, inside_number, rules);
    }
    out[sink.size] = '\0';
    return out;
}

const char *text_clean_string(char out[TEXT_SIZE], const char *raw, const struct text_rules *rules)
{
    return text_clean(out, raw, strlen(raw), rules);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equals_ignoring_case(const char *a, size_t length, const char *word)
{
    for (size_t i = 0; i < length; i++)
        if (word[i] == '\0' || lower(a[i]) != lower(word[i]))
            return false;
    return word[length] == '\0';
}

void text_trim(const char **text, size_t *length)
{
    while (*length > 0 && text_is_blank(**text)) {
        ++*text;
        --*length;
    }
    while (*length > 0 && text_is_blank((*text)[*length - 1]))
        --*length;
}
