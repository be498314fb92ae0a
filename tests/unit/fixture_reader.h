/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Readers for tests: opened on a file named "input" in the folder of support.h, with a clock that
 * the test may move on.
 */
#ifndef FIXTURE_READER_H
#define FIXTURE_READER_H

#include "reader.h"
#include "support.h"

/* What the clock of the reader opened last shows: at first one second is left. */
extern struct fake_time reader_time;

/* Writes the bytes to the file and opens it. */
void reader_open_bytes(struct reader *reader, const void *bytes, size_t length);
void reader_open_text(struct reader *reader, const char *text);

/* Opens what is there already; path as for reader_open. */
void reader_open_path(struct reader *reader, const char *path);

/* The next line is that one, whole, with that number; there is no further line. */
void expect_line(struct reader *reader, uint64_t number, const char *text);
void expect_end(struct reader *reader);

#endif
