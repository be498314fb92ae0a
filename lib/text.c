/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts and cleans foreign text; see text.h. */
#include "text.h"

#include <stdint.h>
#include <string.h>

enum {
    PHONE_DIGITS_MIN = 8,
    PHONE_DIGITS_SHOWN = 3,
    SECRET_PART_MIN = 4,
    KEY_LIKE_MIN = 20,
    KEY_LIKE_EACH = 4
};

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

static bool is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

static int hex_digit(char c)
{
    return is_between(c, '0', '9')   ? c - '0'
           : is_between(c, 'a', 'f') ? c - 'a' + 10
           : is_between(c, 'A', 'F') ? c - 'A' + 10
                                     : -1;
}

/* Bytes at s that stand for the character c, as JSON, a URL or nobody escapes it; 0: none do. */
static size_t match_escaped(const char *s, size_t length, char c)
{
    if (length >= 2 && s[0] == '\\' && s[1] == c)
        return 2;
    if (length >= 3 && s[0] == '%' && hex_digit(s[1]) * 16 + hex_digit(s[2]) == c)
        return 3;
    if (length >= 6 && memcmp(s, "\\u00", 4) == 0 && hex_digit(s[4]) * 16 + hex_digit(s[5]) == c)
        return 6;
    return length >= 1 && s[0] == c ? 1 : 0;
}

/* Bytes at s that are the secret, plain or escaped; also where the text ends inside of it, as it
 * does when it was cut before it came here. 0: they are not. */
static size_t secret_span(const char *s, size_t length, const char *secret)
{
    size_t secret_length = secret ? strlen(secret) : 0, at = 0, matched = 0;
    if (secret_length == 0)
        return 0;
    if (length >= secret_length && memcmp(s, secret, secret_length) == 0)
        return secret_length;
    for (; matched < secret_length && at < length; matched++) {
        size_t used = match_escaped(s + at, length - at, secret[matched]);
        if (used == 0)
            return 0;
        at += used;
    }
    return matched == secret_length || matched >= SECRET_PART_MIN ? at : 0;
}

/* How far the text goes before the secret begins. */
static size_t length_before_secret(const char *s, size_t length, const char *secret)
{
    size_t at = 0;
    while (at < length && secret_span(s + at, length - at, secret) == 0)
        at++;
    return at;
}

/* Bytes at s that people put between the digits of a phone number; two of them are Unicode blanks.
 */
static size_t phone_separator(const char *s, size_t length)
{
    if (length >= 2 && memcmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    if (length >= 3 && memcmp(s, "\xE2\x80\xAF", 3) == 0)
        return 3;
    return length >= 1 && *s != '\0' && strchr(" \t.-()/_", *s) ? 1 : 0;
}

/* Bytes at s that look like a phone number, and how many digits they hold; 0 if none. */
static size_t phone_span(const char *s, size_t length, size_t *digits)
{
    size_t end = 0, at = s[0] == '+' ? 1 : 0;
    *digits = 0;
    while (at < length) {
        size_t between = phone_separator(s + at, length - at);
        if (text_is_digit(s[at])) {
            ++*digits;
            end = ++at;
        } else if (between > 0 && *digits + at > 0) {
            at += between;
        } else {
            break;
        }
    }
    return *digits >= PHONE_DIGITS_MIN ? end : 0;
}

/* Bytes at s that match a pattern of d for a digit and other characters for themselves. */
static bool has_pattern(const char *s, size_t length, const char *pattern)
{
    size_t i = 0;
    for (; pattern[i] != '\0'; i++)
        if (i >= length || (pattern[i] == 'd' ? !text_is_digit(s[i]) : s[i] != pattern[i]))
            return false;
    return i == length || !text_is_digit(s[i]);
}

/* Length of the IPv4 address at s, or 0. No part of one begins with 0, as phone numbers do. */
static size_t address_span(const char *s, size_t length)
{
    size_t at = 0;
    for (int part = 0; part < 4; part++) {
        int value = 0;
        if (part > 0 && (at >= length || s[at++] != '.'))
            return 0;
        size_t first = at;
        for (; at < length && text_is_digit(s[at]) && value <= 255; at++)
            value = value * 10 + (s[at] - '0');
        if (at == first || value > 255 || (s[first] == '0' && at - first > 1))
            return 0;
    }
    return at;
}

/* Dates and addresses have as many digits as phone numbers, and are worth reading; not where more
 * digits follow. */
static size_t harmless_span(const char *s, size_t length)
{
    bool is_date = (*s == '1' || *s == '2') && has_pattern(s, length, "dddd-dd-dd");
    size_t span = is_date ? 10 : address_span(s, length);
    bool goes_on = span < length && (text_is_digit(s[span]) || s[span] == '.' || s[span] == '-');
    return goes_on ? 0 : span;
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

/* The first and last digits stay, and what stands between digits. */
static void put_masked(struct sink *sink, const char *s, size_t length, size_t digits)
{
    size_t seen = 0, at = 0;
    while (at < length) {
        size_t left = length - at;
        bool is_digit = text_is_digit(s[at]);
        seen += is_digit;
        if (is_digit && seen > PHONE_DIGITS_SHOWN && seen <= digits - PHONE_DIGITS_SHOWN) {
            sink_put(sink, "*", 1);
            left = 1;
        } else {
            put_character(sink, s + at, &left);
        }
        at += left;
    }
}

/* Handles what stands at s and returns how many bytes of it are done. */
static size_t put_next(struct sink *sink, const char *s, size_t length,
                       const struct text_rules *rules)
{
    size_t digits = 0, span = secret_span(s, length, rules->secret);
    if (span > 0) {
        for (const char *r = REDACTED; *r != '\0'; r++)
            sink_put(sink, r, 1);
        return span;
    }
    if (rules->mask_numbers && (s[0] == '+' || text_is_digit(s[0]))) {
        size_t visible = length_before_secret(s, length, rules->secret);
        span = harmless_span(s, visible);
        for (size_t i = 0; i < span; i++)
            sink_put(sink, s + i, 1);
        if (span > 0)
            return span;
        span = phone_span(s, visible, &digits);
    }
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
    static const struct text_rules none;
    struct sink sink = {.out = out};
    size_t done = 0;
    while (done < length && sink.characters < TEXT_MAX_CHARACTERS)
        done += put_next(&sink, raw + done, length - done, rules ? rules : &none);
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
    if (strlen(word) != length)
        return false;
    if (memcmp(a, word, length) == 0) /* as nearly always */
        return true;
    for (size_t i = 0; i < length; i++)
        if (lower(a[i]) != lower(word[i]))
            return false;
    return true;
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

void text_trim_lines(const char **text, size_t *length)
{
    while (*length > 0 && (text_is_blank(**text) || is_line_end(**text))) {
        ++*text;
        --*length;
    }
    while (*length > 0 &&
           (text_is_blank((*text)[*length - 1]) || is_line_end((*text)[*length - 1])))
        --*length;
}

bool text_skip_mark(const char **text, size_t *length)
{
    size_t mark = strlen(TEXT_MARK);
    if (*length < mark || memcmp(*text, TEXT_MARK, mark) != 0)
        return false;
    *text += mark;
    *length -= mark;
    return true;
}

bool text_looks_like_key(const char *text, size_t length)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < length; i++) {
        char c = lower(text[i]);
        if (text_is_digit(c))
            digits++;
        else if (c >= 'a' && c <= 'z')
            letters++;
        else
            return false;
    }
    return length >= KEY_LIKE_MIN && letters >= KEY_LIKE_EACH && digits >= KEY_LIKE_EACH;
}
