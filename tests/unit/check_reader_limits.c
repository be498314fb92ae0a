/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader where its buffer ends: lines on the border, too long ones, pieces of large files, and
 * a pipe that gives a few bytes at a time.
 */
#include "fixture_reader.h"
#include "suites.h"
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Line i is its own number, then letters that depend on it. */
static size_t make_line(char *out, int i, uint64_t *seed)
{
    size_t length = (size_t)sprintf(out, "%d ", i),
           more = random_below(seed, i % 100 == 0 ? 60000 : 200);
    memset(out + length, 'a' + i % 26, more);
    out[length + more] = '\0';
    return length + more;
}

enum { LINES = 10000, ROOM = READER_LINE_MAX + 100 };

START_TEST(lines_cross_the_borders_of_the_buffer)
{
    char *expected = malloc(ROOM);
    FILE *file = fopen("input", "w");
    uint64_t seed = 3;
    struct reader reader;
    for (int i = 1; i <= LINES; i++) {
        make_line(expected, i, &seed);
        fprintf(file, "%s%s\n", expected, i % 7 ? "" : "\r");
    }
    ck_assert_int_eq(fclose(file), 0);
    reader_open_path(&reader, "input");
    seed = 3;
    for (int i = 1; i <= LINES; i++) {
        make_line(expected, i, &seed);
        expect_line(&reader, (uint64_t)i, expected);
    }
    expect_end(&reader);
    reader_close(&reader);
    free(expected);
}
END_TEST

/* "first", a line of that many bytes, "last"; with or without a line end behind the long one. */
static void expect_long_line(size_t length, bool too_long, bool is_last)
{
    char *text = malloc(length + 20);
    struct reader reader;
    struct line line;
    struct error err;
    memcpy(text, "first\n", 6);
    memset(text + 6, 'x', length);
    memcpy(text + 6 + length, "\nlast\n", 6);
    reader_open_bytes(&reader, text, 6 + length + (is_last ? 0 : 6));
    free(text);
    expect_line(&reader, 1, "first");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_msg(line.too_long == too_long, "%zu bytes: expected a %s line", length,
                  too_long ? "long" : "whole");
    ck_assert_msg(too_long ? line.length > 0 && line.length <= length : line.length == length,
                  "%zu bytes: got %zu", length, line.length);
    ck_assert_msg(line.text[0] == 'x' && line.text[line.length - 1] == 'x', "%zu bytes: other text",
                  length);
    if (!is_last)
        expect_line(&reader, 3, "last");
    expect_end(&reader);
    reader_close(&reader);
}

START_TEST(long_lines_are_told_and_passed)
{
    static const struct {
        size_t length;
        bool too_long;
    } rows[] = {
        {65000, false},
        {READER_LINE_MAX - 1, false},
        {READER_LINE_MAX + 1, true},
        {2 * READER_LINE_MAX - 7, true},
        {2 * READER_LINE_MAX - 6, true},
        {2 * READER_LINE_MAX - 1, true},
        {2 * READER_LINE_MAX, true},
        {3 * READER_LINE_MAX, true},
        {1000000, true},
    };
    expect_long_line(rows[_i].length, rows[_i].too_long, false);
    expect_long_line(rows[_i].length, rows[_i].too_long, true);
}
END_TEST

/* Extended over the border of the buffer, until it would be too long; then all is still there. */
START_TEST(extending_ends_at_the_limit)
{
    char text[1024], wanted[32];
    struct reader reader;
    struct line line;
    struct error err = {0};
    FILE *file = fopen("input", "w");
    memset(text, 'x', sizeof text);
    for (int i = 1; i <= 300; i++)
        fprintf(file, "%03d%.*s\n", i, 996, text);
    ck_assert_int_eq(fclose(file), 0);
    reader_open_path(&reader, "input");
    for (uint64_t first = 1; first <= 260; first += 37) {
        do
            ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
        while (reader.line < first);
        int more = 0;
        while (reader_extend_line(&reader, &line, &err) == READER_LINE)
            more++;
        size_t expected = first + 65 > 300 ? 300 - first : 64;
        ck_assert_msg(more == (int)expected, "from line %ju: expected %zu more, got %d",
                      (uintmax_t)first, expected, more);
        snprintf(wanted, sizeof wanted, "%03jux", (uintmax_t)first);
        ck_assert_msg(strncmp(line.text, wanted, 4) == 0 &&
                          line.length == (expected + 1) * 1000 - 1,
                      "from line %ju: got %zu bytes", (uintmax_t)first, line.length);
        reader_shorten_line(&reader, &line);
        ck_assert_msg(strncmp(line.text, wanted, 4) == 0 && line.length == 999,
                      "shortened to %zu bytes", line.length);
    }
    reader_close(&reader);
}
END_TEST

/* All pieces from here on, put together. */
static size_t collect(struct reader *reader, char *out)
{
    const char *piece = NULL;
    size_t length = 0, sum = 0;
    struct error err = {0};
    do {
        ck_assert_msg(reader_next_piece(reader, &piece, &length, &err), "%s", err.text);
        memcpy(out + sum, piece, length);
        sum += length;
    } while (length > 0);
    return sum;
}

START_TEST(pieces_are_the_whole_input)
{
    enum { SIZE = 500000 };
    char *text = malloc(SIZE), *out = malloc(SIZE);
    struct reader reader;
    struct line line;
    struct error err = {0};
    for (int i = 0; i < SIZE; i++)
        text[i] = (char)(i % 50 == 49 ? '\n' : 'a' + i % 23);
    reader_open_bytes(&reader, text, SIZE);
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    reader_back(&reader);
    ck_assert_uint_eq(reader.next_line, 2);
    ck_assert_uint_eq(collect(&reader, out), SIZE - 50);
    ck_assert_msg(memcmp(out, text + 50, SIZE - 50) == 0, "the pieces hold other bytes");
    reader_close(&reader);
    free(text);
    free(out);
}
END_TEST

START_TEST(a_long_line_can_be_taken_back)
{
    enum { SIZE = 300000 };
    char *text = malloc(SIZE), *out = malloc(SIZE);
    struct reader reader;
    struct line line;
    struct error err = {0};
    memset(text, 'x', SIZE);
    reader_open_bytes(&reader, text, SIZE);
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert(line.too_long);
    reader_back(&reader);
    ck_assert_uint_eq(collect(&reader, out), SIZE);
    reader_close(&reader);
    free(text);
    free(out);
}
END_TEST

enum { PIPED_LINES = 3000 };

static size_t make_piped_line(char *out, size_t size, int i)
{
    char dashes[90];
    memset(dashes, '-', sizeof dashes);
    return (size_t)snprintf(out, size, "line %d %.*s\n", i, i % 90, dashes);
}

/* A writer of its own, a few bytes at a time. */
static void *write_lines(void *context)
{
    const int *fd = context;
    uint64_t seed = 8;
    for (int i = 1; i <= PIPED_LINES; i++) {
        char text[200];
        size_t length = make_piped_line(text, sizeof text, i), at = 0;
        while (at < length) {
            size_t part = 1 + random_below(&seed, 7), left = length - at;
            ssize_t done = write(*fd, text + at, part < left ? part : left);
            at = done > 0 ? at + (size_t)done : length;
        }
    }
    close(*fd);
    return NULL;
}

START_TEST(a_pipe_is_read_as_it_comes)
{
    int ends[2], saved_stdin = dup(STDIN_FILENO);
    pthread_t writer;
    struct reader reader;
    char expected[200];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_lines, &ends[1]), 0);
    reader_open_path(&reader, "-");
    ck_assert_str_eq(reader.name, "standard input");
    for (int i = 1; i <= PIPED_LINES; i++) {
        expected[make_piped_line(expected, sizeof expected, i) - 1] = '\0';
        expect_line(&reader, (uint64_t)i, expected);
    }
    expect_end(&reader);
    reader_close(&reader);
    ck_assert_msg(fcntl(STDIN_FILENO, F_GETFD) >= 0, "standard input was closed");
    ck_assert_int_eq(pthread_join(writer, NULL), 0);
    dup2(saved_stdin, STDIN_FILENO);
    close(saved_stdin);
}
END_TEST

void reader_add_limits(Suite *suite)
{
    TCase *limits = add_slow_case(suite, "limits");
    add_folder(limits);
    tcase_add_test(limits, lines_cross_the_borders_of_the_buffer);
    tcase_add_loop_test(limits, long_lines_are_told_and_passed, 0, 9);
    tcase_add_test(limits, extending_ends_at_the_limit);
    tcase_add_test(limits, pieces_are_the_whole_input);
    tcase_add_test(limits, a_long_line_can_be_taken_back);
    tcase_add_test(limits, a_pipe_is_read_as_it_comes);
}
