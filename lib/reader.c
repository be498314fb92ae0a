/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads input in pieces or lines; see reader.h. main() keeps a timer running whose signal
 * interrupts blocking calls, so that a FIFO nobody writes to can't outlast the deadline.
 */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CAPACITY = 2 * READER_LINE_MAX };

/* False, with *err set, when the run has to stop. */
static bool may_go_on(const struct reader *reader, struct error *err)
{
    enum error_kind stop = clock_stop(reader->clock);
    if (stop == ERROR_NONE)
        return true;
    return error_set(err, stop, "%s while reading %s",
                     stop == ERROR_SIGNAL ? "stopped by a signal" : "deadline reached",
                     reader->name);
}

static bool open_file(struct reader *reader, const char *path, struct error *err)
{
    do {
        if (!may_go_on(reader, err))
            return false;
        reader->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (reader->fd < 0 && errno == EINTR);
    if (reader->fd < 0)
        return error_set(err, ERROR_INPUT, "cannot open %s: %s", reader->name, strerror(errno));
    return true;
}

static void set_name(struct reader *reader, const char *path, const char *secret)
{
    const struct text_rules rules = {.secret = secret};
    const char *shown = path;
    if (strcmp(path, "-") == 0)
        shown = "standard input";
    else if (text_looks_like_key(path, strlen(path)) && access(path, F_OK) != 0)
        shown = "a file (name not shown: it looks like an API key)";
    text_clean_string(reader->name, shown, &rules);
}

bool reader_open(struct reader *reader, const char *path, const char *secret,
                 const struct clock *clock, struct error *err)
{
    *reader = (struct reader){.fd = -1, .clock = clock, .next_line = 1};
    set_name(reader, path, secret);
    reader->data = malloc(CAPACITY);
    if (!reader->data)
        return error_no_memory(err);
    if (strcmp(path, "-") == 0)
        reader->fd = STDIN_FILENO;
    else if (!open_file(reader, path, err)) {
        reader_close(reader);
        return false;
    }
    return true;
}

void reader_close(struct reader *reader)
{
    if (reader->fd > STDIN_FILENO)
        close(reader->fd);
    free(reader->data);
    reader->data = NULL;
    reader->fd = -1;
}

static bool read_some(struct reader *reader, struct error *err)
{
    ssize_t got = 0;
    do {
        if (!may_go_on(reader, err))
            return false;
        got = read(reader->fd, reader->data + reader->end, CAPACITY - reader->end);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_set(err, ERROR_INPUT, "cannot read %s: %s", reader->name, strerror(errno));
    reader->end += (size_t)got;
    reader->at_end = got == 0;
    return true;
}

/* Reads more behind what is there; the current line moves to the front to make room. */
static bool fill(struct reader *reader, struct error *err)
{
    if (reader->start > 0) {
        memmove(reader->data, reader->data + reader->start, reader->end - reader->start);
        reader->end -= reader->start;
        reader->next -= reader->start;
        reader->start = 0;
    }
    return read_some(reader, err);
}

/* Moves reader->next behind the line that begins there. READER_END: it is too long. */
static enum reader_result find_line_end(struct reader *reader, struct error *err)
{
    size_t looked_at = 0;
    for (;;) {
        char *from = reader->data + reader->next + looked_at;
        size_t left = reader->end - reader->next - looked_at;
        char *newline = left > 0 ? memchr(from, '\n', left) : NULL;
        if (newline)
            reader->next = (size_t)(newline - reader->data) + 1;
        else if (reader->at_end)
            reader->next = reader->end;
        if (newline || reader->at_end)
            return reader->next - reader->start <= READER_LINE_MAX ? READER_LINE : READER_END;
        looked_at += left;
        if (reader->end - reader->start > READER_LINE_MAX)
            return READER_END;
        if (!fill(reader, err))
            return READER_ERROR;
    }
}

/* The line is too long: moves reader->next behind it, wherever its end is. */
static bool skip_rest_of_line(struct reader *reader, struct error *err)
{
    enum reader_result result = READER_END;
    while (result == READER_END && reader->next == reader->start) {
        reader->start = reader->next = reader->end;
        result = find_line_end(reader, err);
    }
    return result != READER_ERROR;
}

static void show_line(const struct reader *reader, struct line *line)
{
    line->text = reader->data + reader->start;
    line->length = reader->next - reader->start;
    if (line->length > 0 && line->text[line->length - 1] == '\n')
        line->length--;
    if (line->length > 0 && line->text[line->length - 1] == '\r')
        line->length--;
}

static enum reader_result next_line(struct reader *reader, struct line *line, struct error *err)
{
    if (reader->in_long_line && !skip_rest_of_line(reader, err))
        return READER_ERROR;
    reader->start = reader->next;
    enum reader_result result = find_line_end(reader, err);
    reader->in_long_line = result == READER_END;
    if (result == READER_ERROR)
        return READER_ERROR;
    if (result == READER_LINE && reader->next == reader->start)
        return READER_END;
    reader->line = reader->next_line++;
    show_line(reader, line);
    line->too_long = result == READER_END;
    if (line->too_long)
        line->length = READER_LINE_MAX;
    return READER_LINE;
}

/* Most lines are whole in the buffer, and short. */
enum reader_result reader_next_line(struct reader *reader, struct line *line, struct error *err)
{
    const char *from = reader->data + reader->next;
    size_t left = reader->end - reader->next;
    const char *newline = memchr(from, '\n', left < READER_LINE_MAX ? left : READER_LINE_MAX);
    if (!newline || reader->in_long_line)
        return next_line(reader, line, err);
    reader->start = reader->next;
    reader->next += (size_t)(newline - from) + 1;
    reader->line = reader->next_line++;
    show_line(reader, line);
    line->too_long = false;
    return READER_LINE;
}

enum reader_result reader_extend_line(struct reader *reader, struct line *line, struct error *err)
{
    size_t length = reader->next - reader->start;
    if (!may_go_on(reader, err))
        return READER_ERROR;
    enum reader_result result = find_line_end(reader, err);
    if (result == READER_LINE && reader->next - reader->start > length) {
        reader->next_line++;
        show_line(reader, line);
        return READER_LINE;
    }
    reader->next = reader->start + length;
    line->text = reader->data + reader->start;
    return result == READER_ERROR ? READER_ERROR : READER_END;
}

void reader_shorten_line(struct reader *reader, struct line *line)
{
    const char *newline = memchr(line->text, '\n', reader->next - reader->start);
    if (newline)
        reader->next = (size_t)(newline - reader->data) + 1;
    reader->next_line = reader->line + 1;
    show_line(reader, line);
}

bool reader_next_piece(struct reader *reader, const char **piece, size_t *length, struct error *err)
{
    if (reader->next == reader->end && !reader->at_end) {
        reader->start = reader->next = reader->end = 0;
        if (!read_some(reader, err))
            return false;
    }
    *piece = reader->data + reader->next;
    *length = reader->end - reader->next;
    reader->start = reader->next = reader->end;
    return true;
}

void reader_back(struct reader *reader)
{
    reader->next = reader->start;
    reader->next_line = reader->line;
    reader->in_long_line = false;
}

bool reader_peek(struct reader *reader, const char **bytes, size_t *length, struct error *err)
{
    while (reader->end - reader->next < READER_PEEK_MAX && !reader->at_end) {
        reader->start = reader->next;
        if (!fill(reader, err))
            return false;
    }
    *bytes = reader->data + reader->next;
    *length = reader->end - reader->next;
    if (*length > READER_PEEK_MAX)
        *length = READER_PEEK_MAX;
    return true;
}

void reader_skip(struct reader *reader, size_t length)
{
    reader->next += length;
    reader->start = reader->next;
}
