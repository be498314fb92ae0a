/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader: lines and pieces from files and pipes, whatever way they fall on its buffer, lines that
 * are extended for a quoted field and shortened again, and an end to waiting.
 */
#include "reader.h"
#include "suites.h"
#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fake_time fake;
static struct clock time_enough;

static void open_bytes(struct reader *reader, const void *bytes, size_t length)
{
    struct error err = {0};
    fake = (struct fake_time){0};
    time_enough = fake_clock(&fake, 1000);
    write_file("input", bytes, length);
    ck_assert_msg(reader_open(reader, "input", &time_enough, &err), "%s", err.text);
}

static void open_text(struct reader *reader, const char *text)
{
    open_bytes(reader, text, strlen(text));
}

static void expect_line(struct reader *reader, uint64_t number, const char *text)
{
    struct line line;
    struct error err = {0};
    enum reader_result result = reader_next_line(reader, &line, &err);
    ck_assert_msg(result == READER_LINE, "line %ju: expected '%s', got result %d %s", (uintmax_t)number, text,
                  (int)result, err.text);
    ck_assert_msg(line.length == strlen(text) && memcmp(line.text, text, line.length) == 0,
                  "line %ju: expected '%s', got '%.*s'", (uintmax_t)number, text, (int)line.length, line.text);
    ck_assert_msg(reader->line == number, "'%s': expected line %ju, got %ju", text, (uintmax_t)number,
                  (uintmax_t)reader->line);
    ck_assert_msg(!line.too_long, "line %ju: expected no long line", (uintmax_t)number);
}

static void expect_end(struct reader *reader)
{
    struct line line;
    struct error err = {0};
    ck_assert_int_eq(reader_next_line(reader, &line, &err), READER_END);
    ck_assert_int_eq(reader_next_line(reader, &line, &err), READER_END);
}

START_TEST(lines_lose_their_ends)
{
    struct reader reader;
    open_text(&reader, "one\ntwo\r\n\n\r\n a b \r\r\nlast");
    ck_assert_str_eq(reader.name, "input");
    expect_line(&reader, 1, "one");
    expect_line(&reader, 2, "two");
    expect_line(&reader, 3, "");
    expect_line(&reader, 4, "");
    expect_line(&reader, 5, " a b \r");
    expect_line(&reader, 6, "last");
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

START_TEST(an_empty_file_has_no_line)
{
    struct reader reader;
    open_text(&reader, "");
    expect_end(&reader);
    reader_close(&reader);
    open_text(&reader, "\n");
    expect_line(&reader, 1, "");
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

/* Line i is its own number, then letters that depend on it. */
static size_t make_line(char *out, int i, uint64_t *seed)
{
    size_t length = (size_t)sprintf(out, "%d ", i), more = random_below(seed, i % 100 == 0 ? 60000 : 200);
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
    struct error err = {0};
    for (int i = 1; i <= LINES; i++) {
        make_line(expected, i, &seed);
        fprintf(file, "%s%s\n", expected, i % 7 ? "" : "\r");
    }
    ck_assert_int_eq(fclose(file), 0);
    fake = (struct fake_time){0};
    time_enough = fake_clock(&fake, 1000);
    ck_assert(reader_open(&reader, "input", &time_enough, &err));
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
    open_bytes(&reader, text, 6 + length + (is_last ? 0 : 6));
    free(text);
    expect_line(&reader, 1, "first");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_msg(line.too_long == too_long, "%zu bytes: expected a %s line", length, too_long ? "long" : "whole");
    ck_assert_msg(too_long ? line.length > 0 && line.length <= length : line.length == length, "%zu bytes: got %zu",
                  length, line.length);
    ck_assert_msg(line.text[0] == 'x' && line.text[line.length - 1] == 'x', "%zu bytes: other text", length);
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
        {65000, false}, {READER_LINE_MAX - 1, false}, {READER_LINE_MAX + 1, true}, {2 * READER_LINE_MAX - 7, true},
        {2 * READER_LINE_MAX - 6, true}, {2 * READER_LINE_MAX - 1, true}, {2 * READER_LINE_MAX, true},
        {3 * READER_LINE_MAX, true}, {1000000, true},
    };
    expect_long_line(rows[_i].length, rows[_i].too_long, false);
    expect_long_line(rows[_i].length, rows[_i].too_long, true);
}
END_TEST

START_TEST(a_line_can_be_extended_and_shortened)
{
    struct reader reader;
    struct line line;
    struct error err = {0};
    open_text(&reader, "zero\none \"\r\ntwo\nthree\"\nfour\n");
    expect_line(&reader, 1, "zero");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_msg(line.length == 17 && memcmp(line.text, "one \"\r\ntwo\nthree\"", 17) == 0, "got '%.*s'",
                  (int)line.length, line.text);
    ck_assert_uint_eq(reader.line, 2);
    reader_shorten_line(&reader, &line);
    ck_assert_msg(line.length == 5 && memcmp(line.text, "one \"", 5) == 0, "got '%.*s'", (int)line.length, line.text);
    expect_line(&reader, 3, "two");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_END);
    ck_assert_msg(line.length == 11 && memcmp(line.text, "three\"\nfour", 11) == 0, "got '%.*s'", (int)line.length,
                  line.text);
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

START_TEST(lines_extended_count_on)
{
    struct reader reader;
    struct line line;
    struct error err = {0};
    open_text(&reader, "one\ntwo\nthree\n");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    expect_line(&reader, 3, "three");
    expect_end(&reader);
    reader_close(&reader);
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
    fake = (struct fake_time){0};
    time_enough = fake_clock(&fake, 1000);
    ck_assert(reader_open(&reader, "input", &time_enough, &err));
    for (uint64_t first = 1; first <= 260; first += 37) {
        do
            ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
        while (reader.line < first);
        int more = 0;
        while (reader_extend_line(&reader, &line, &err) == READER_LINE)
            more++;
        size_t expected = first + 65 > 300 ? 300 - first : 64;
        ck_assert_msg(more == (int)expected, "from line %ju: expected %zu more, got %d", (uintmax_t)first, expected, more);
        snprintf(wanted, sizeof wanted, "%03jux", (uintmax_t)first);
        ck_assert_msg(strncmp(line.text, wanted, 4) == 0 && line.length == (expected + 1) * 1000 - 1,
                      "from line %ju: got %zu bytes", (uintmax_t)first, line.length);
        reader_shorten_line(&reader, &line);
        ck_assert_msg(strncmp(line.text, wanted, 4) == 0 && line.length == 999, "shortened to %zu bytes", line.length);
    }
    reader_close(&reader);
}
END_TEST

START_TEST(looking_at_the_beginning_takes_nothing)
{
    struct reader reader;
    struct error err = {0};
    const char *bytes = NULL;
    size_t length = 0;
    open_text(&reader, "\xEF\xBB\xBFone\ntwo\n");
    ck_assert(reader_peek(&reader, &bytes, &length, &err));
    ck_assert_uint_eq(length, 11);
    ck_assert(memcmp(bytes, "\xEF\xBB\xBFone\ntwo\n", 11) == 0);
    reader_skip(&reader, 3);
    ck_assert(reader_peek(&reader, &bytes, &length, &err));
    ck_assert_uint_eq(length, 8);
    expect_line(&reader, 1, "one");
    expect_line(&reader, 2, "two");
    expect_end(&reader);
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
        text[i] = i % 50 == 49 ? '\n' : (char)('a' + i % 23);
    open_bytes(&reader, text, SIZE);
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
    open_bytes(&reader, text, SIZE);
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert(line.too_long);
    reader_back(&reader);
    ck_assert_uint_eq(collect(&reader, out), SIZE);
    reader_close(&reader);
    free(text);
    free(out);
}
END_TEST

/* A writer of its own process, a few bytes at a time, on our standard input. */
static pid_t start_writer(int *saved_stdin)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t writer = fork();
    ck_assert_int_ge(writer, 0);
    if (writer == 0) {
        uint64_t seed = 8;
        for (int i = 1; i <= 3000; i++) {
            char text[200] = "";
            int length = snprintf(text, sizeof text, "line %d %.*s\n", i, i % 90, "----------------------------------"
                                  "----------------------------------------------------------");
            for (int at = 0; at < length;) {
                size_t part = 1 + random_below(&seed, 7), left = (size_t)(length - at);
                ssize_t done = write(ends[1], text + at, part < left ? part : left);
                if (done <= 0)
                    _exit(1);
                at += (int)done;
            }
        }
        _exit(0);
    }
    close(ends[1]);
    *saved_stdin = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    return writer;
}

START_TEST(a_pipe_is_read_as_it_comes)
{
    int saved_stdin = -1, status = 0, count = 0;
    struct reader reader;
    struct line line;
    struct error err = {0};
    char begin[32];
    fake = (struct fake_time){0};
    time_enough = fake_clock(&fake, 1000);
    pid_t writer = start_writer(&saved_stdin);
    ck_assert(reader_open(&reader, "-", &time_enough, &err));
    ck_assert_str_eq(reader.name, "standard input");
    while (reader_next_line(&reader, &line, &err) == READER_LINE) {
        int length = snprintf(begin, sizeof begin, "line %d ", ++count);
        ck_assert_msg(strncmp(line.text, begin, (size_t)length) == 0 && line.length == (size_t)(length + count % 90),
                      "line %d: got '%.*s'", count, (int)line.length, line.text);
    }
    reader_close(&reader);
    ck_assert_msg(fcntl(STDIN_FILENO, F_GETFD) >= 0, "standard input was closed");
    dup2(saved_stdin, STDIN_FILENO);
    close(saved_stdin);
    ck_assert_int_eq(waitpid(writer, &status, 0), writer);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(count, 3000);
}
END_TEST

START_TEST(opening_what_is_not_there_is_an_error)
{
    struct reader reader;
    struct error err = {0};
    fake = (struct fake_time){0};
    time_enough = fake_clock(&fake, 1000);
    ck_assert(!reader_open(&reader, "a|missing", &time_enough, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(contains(err.text, "a?missing"), "got '%s'", err.text);
}
END_TEST

/* The clock moves with every look at it. */
START_TEST(time_and_signals_end_reading)
{
    char text[400000];
    struct reader reader;
    struct line line;
    struct error err = {0};
    enum reader_result result = READER_LINE;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 100 == 99 ? '\n' : 'x';
    open_bytes(&reader, text, sizeof text);
    fake.step_ms = 600;
    while (result == READER_LINE)
        result = reader_next_line(&reader, &line, &err);
    ck_assert_int_eq(result, READER_ERROR);
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
    reader_close(&reader);
    open_bytes(&reader, text, sizeof text);
    fake.stop_signal = SIGINT;
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_ERROR);
    ck_assert_int_eq(err.kind, ERROR_SIGNAL);
    reader_close(&reader);
}
END_TEST

Suite *reader_suite(void)
{
    Suite *suite = suite_create("reader");
    TCase *core = add_case(suite, "core"), *limits = add_slow_case(suite, "limits");
    tcase_add_checked_fixture(core, folder_enter, folder_leave);
    tcase_add_checked_fixture(limits, folder_enter, folder_leave);
    tcase_add_test(core, lines_lose_their_ends);
    tcase_add_test(core, an_empty_file_has_no_line);
    tcase_add_test(core, a_line_can_be_extended_and_shortened);
    tcase_add_test(core, lines_extended_count_on);
    tcase_add_test(core, looking_at_the_beginning_takes_nothing);
    tcase_add_test(core, opening_what_is_not_there_is_an_error);
    tcase_add_test(core, time_and_signals_end_reading);
    tcase_add_test(limits, lines_cross_the_borders_of_the_buffer);
    tcase_add_loop_test(limits, long_lines_are_told_and_passed, 0, 9);
    tcase_add_test(limits, extending_ends_at_the_limit);
    tcase_add_test(limits, pieces_are_the_whole_input);
    tcase_add_test(limits, a_long_line_can_be_taken_back);
    tcase_add_test(limits, a_pipe_is_read_as_it_comes);
    return suite;
}
