/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Models of Nagios' and Icinga 2's reading of plugin output; blanks around the separator are
 * stripped as both do. Memory belongs to the test.
 */
#include "output_readers.h"

#include <string.h>

#include "store.h"

struct buffer {
    char *text;
    size_t used;
};

static struct buffer buffer_for(const char *output)
{
    return (struct buffer){store_alloc(2 * strlen(output) + 2), 0};
}

static void append(struct buffer *buffer, const char *from, size_t length)
{
    while (length > 0 && (*from == ' ' || *from == '\n')) {
        from++;
        length--;
    }
    while (length > 0 && strchr(" \r\n", from[length - 1]) != NULL) {
        length--;
    }
    if (length > 0 && buffer->used > 0) {
        buffer->text[buffer->used++] = ' ';
    }
    memcpy(buffer->text + buffer->used, from, length);
    buffer->used += length;
}

static void split_at_bar(const char *from, size_t length, struct buffer *text, struct buffer *perf)
{
    const char *bar = memchr(from, '|', length);
    size_t before = bar == NULL ? length : (size_t)(bar - from);

    append(text, from, before);
    if (bar != NULL) {
        append(perf, bar + 1, length - before - 1);
    }
}

struct split_output nagios_split(const char *output)
{
    struct buffer text = buffer_for(output);
    struct buffer perf = buffer_for(output);
    size_t first = strcspn(output, "\n");

    split_at_bar(output, first, &text, &perf);
    split_at_bar(output + first, strlen(output + first), &text, &perf);
    return (struct split_output){text.text, perf.text};
}

struct split_output icinga_split(const char *output)
{
    struct buffer text = buffer_for(output);
    struct buffer perf = buffer_for(output);

    while (*output != '\0') {
        size_t length = strcspn(output, "\r\n");
        const char *bar = memchr(output, '|', length);

        if (bar != NULL && memchr(bar, '=', length - (size_t)(bar - output)) != NULL) {
            split_at_bar(output, length, &text, &perf);
        } else {
            append(&text, output, length);
        }
        output += length + (output[length] != '\0');
    }
    return (struct split_output){text.text, perf.text};
}
