/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a file or standard input in pieces or in lines, within the deadline of the clock. It keeps
 * one fixed buffer and knows nothing of what it reads.
 */
#ifndef READER_H
#define READER_H

#include "clock.h"
#include "error.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { READER_LINE_MAX = 64 * 1024, READER_PEEK_MAX = 4096 };

/* Owned by the caller: open, use, close. */
struct reader {
    int fd;
    char name[TEXT_SIZE]; /* clean, for messages */
    const struct clock *clock;
    char *data;
    size_t start, next, end;  /* of the current line, of what follows it, of what is read */
    uint64_t line, next_line; /* number of the current line, of the next one */
    bool at_end, in_long_line;
};

/* text points into the reader's buffer and is good until the next call; its line end is left out.
 */
struct line {
    char *text;
    size_t length;
    bool too_long; /* over READER_LINE_MAX bytes: text is its beginning */
};

enum reader_result { READER_LINE, READER_END, READER_ERROR };

/* path and secret are borrowed for the call, clock for the life of the reader; "-" is standard
 * input. The name in messages doesn't show the secret (NULL: none is known yet), nor what looks
 * like an API key and is no file. */
bool reader_open(struct reader *reader, const char *path, const char *secret,
                 const struct clock *clock, struct error *err);
void reader_close(struct reader *reader);

/* The next line, without its LF or CRLF. */
enum reader_result reader_next_line(struct reader *reader, struct line *line, struct error *err);

/*
 * Makes *line one line longer, line end in between kept, for a quoted field that goes on. Not
 * READER_LINE: there is no further line, or the two are too long together; *line is as it was.
 */
enum reader_result reader_extend_line(struct reader *reader, struct line *line, struct error *err);

/* Undoes all extensions: *line is its first line again and the others will be read anew. */
void reader_shorten_line(struct reader *reader, struct line *line);

/* What is read but not yet handed out, or the next piece; length 0 at the end of the input. */
bool reader_next_piece(struct reader *reader, const char **piece, size_t *length,
                       struct error *err);

/* The current line, however long, and all behind it are handed out again by the next call. */
void reader_back(struct reader *reader);

/* Looks at the first bytes, up to READER_PEEK_MAX, without taking them; fewer only at the end. */
bool reader_peek(struct reader *reader, const char **bytes, size_t *length, struct error *err);

/* Drops bytes that reader_peek showed. */
void reader_skip(struct reader *reader, size_t length);

#endif
