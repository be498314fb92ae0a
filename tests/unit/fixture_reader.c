/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers for tests; see fixture_reader.h. */
#include "fixture_reader.h"

#include <string.h>

struct fake_time reader_time;
static struct clock reader_clock;

void reader_open_path(struct reader *reader, const char *path)
{
    struct error err = {0};
    reader_time = (struct fake_time){0};
    reader_clock = fake_clock(&reader_time, 1000);
    ck_assert_msg(reader_open(reader, path, NULL, &reader_clock, &err), "%s", err.text);
}

void reader_open_bytes(struct reader *reader, const void *bytes, size_t length)
{
    write_file("input", bytes, length);
    reader_open_path(reader, "input");
}

void reader_open_text(struct reader *reader, const char *text)
{
    reader_open_bytes(reader, text, strlen(text));
}

void expect_line(struct reader *reader, uint64_t number, const char *text)
{
    struct line line;
    struct error err = {0};
    enum reader_result result = reader_next_line(reader, &line, &err);
    ck_assert_msg(result == READER_LINE, "line %ju: expected '%s', got result %d %s",
                  (uintmax_t)number, text, (int)result, err.text);
    ck_assert_msg(line.length == strlen(text) && memcmp(line.text, text, line.length) == 0,
                  "line %ju: expected '%s', got '%.*s'", (uintmax_t)number, text, (int)line.length,
                  line.text);
    ck_assert_msg(reader->line == number, "'%s': expected line %ju, got %ju", text,
                  (uintmax_t)number, (uintmax_t)reader->line);
    ck_assert_msg(!line.too_long, "line %ju: expected no long line", (uintmax_t)number);
}

void expect_end(struct reader *reader)
{
    struct line line;
    struct error err = {0};
    ck_assert_int_eq(reader_next_line(reader, &line, &err), READER_END);
    ck_assert_int_eq(reader_next_line(reader, &line, &err), READER_END);
}
