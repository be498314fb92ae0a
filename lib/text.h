/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Foreign text (from the API, the batch, the command line, file names) on its way out. Whatever
 * comes in, what goes out is short, valid UTF-8 on one line without anything that Nagios, Icinga,
 * a web view or a terminal would take for more than text.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The byte order mark of UTF-8, which Windows' editors put before a text. */
#define TEXT_MARK "\xEF\xBB\xBF"

enum { TEXT_MAX_CHARACTERS = 120, TEXT_SIZE = TEXT_MAX_CHARACTERS * 4 + 1 };

/* What must not be seen besides. Strings are borrowed. */
struct text_rules {
    const char *secret; /* the API key, or NULL: every occurrence is replaced */
    bool mask_numbers;  /* what looks like a phone number loses its middle digits */
};

/*
 * Writes the first TEXT_MAX_CHARACTERS of raw, cleaned, to out, and returns out. Control
 * characters, line ends, '|', '<', '>', invalid UTF-8 and invisible direction marks become '?'.
 * rules may be NULL.
 */
const char *text_clean(char out[TEXT_SIZE], const char *raw, size_t length,
                       const struct text_rules *rules);

/* The same for a terminated string. */
const char *text_clean_string(char out[TEXT_SIZE], const char *raw, const struct text_rules *rules);

/* True when the two are equal, ASCII letters compared without case. */
bool text_equals_ignoring_case(const char *a, size_t length, const char *word);

/* ASCII only, whatever the locale. In line: they are asked about every byte of a batch. */
static inline bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool text_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/*
 * memcmp() == 0 without the call for 4 to 16 bytes, as most words of an answer are: their beginning
 * and their end are compared, which overlap.
 */
static inline bool text_is_same(const char *a, const char *b, size_t length)
{
    uint64_t begin[2], end[2];
    uint32_t short_begin[2], short_end[2];
    if (length < sizeof *short_begin || length > 2 * sizeof *begin)
        return memcmp(a, b, length) == 0;
    if (length < sizeof *begin) {
        memcpy(&short_begin[0], a, sizeof *short_begin);
        memcpy(&short_begin[1], b, sizeof *short_begin);
        memcpy(&short_end[0], a + length - sizeof *short_end, sizeof *short_end);
        memcpy(&short_end[1], b + length - sizeof *short_end, sizeof *short_end);
        return short_begin[0] == short_begin[1] && short_end[0] == short_end[1];
    }
    memcpy(&begin[0], a, sizeof *begin);
    memcpy(&begin[1], b, sizeof *begin);
    memcpy(&end[0], a + length - sizeof *end, sizeof *end);
    memcpy(&end[1], b + length - sizeof *end, sizeof *end);
    return begin[0] == begin[1] && end[0] == end[1];
}

/* Moves *text and *length past leading blanks and tabs, and cuts trailing ones. */
static inline void text_trim(const char **text, size_t *length)
{
    for (; *length > 0 && text_is_blank(**text); --*length)
        ++*text;
    while (*length > 0 && text_is_blank((*text)[*length - 1]))
        --*length;
}

/* Likewise for white space with line ends. */
void text_trim_lines(const char **text, size_t *length);

/* Moves *text and *length past a byte order mark. False where there is none. */
bool text_skip_mark(const char **text, size_t *length);

/* True for 20 letters and digits or more in a row, some of each: keys are 40 hexadecimal digits,
 * and one may be typed, or its file read, where something else belongs. */
bool text_looks_like_key(const char *text, size_t length);

#endif
