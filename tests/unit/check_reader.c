/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader: lines, lines that are extended for a quoted field and shortened again, a look ahead,
 * and an end to waiting. What is larger than its buffer is in check_reader_limits.c.
 */
#include "fixture_reader.h"
#include "reader.h"
#include "suites.h"
#include "support.h"

#include <string.h>

START_TEST(lines_lose_their_ends)
{
    struct reader reader;
    reader_open_text(&reader, "one\ntwo\r\n\n\r\n a b \r\r\nlast");
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
    reader_open_text(&reader, "");
    expect_end(&reader);
    reader_close(&reader);
    reader_open_text(&reader, "\n");
    expect_line(&reader, 1, "");
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

START_TEST(a_line_can_be_extended_and_shortened)
{
    struct reader reader;
    struct line line;
    struct error err = {0};
    reader_open_text(&reader, "zero\none \"\r\ntwo\nthree\"\nfour\n");
    expect_line(&reader, 1, "zero");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_msg(line.length == 17 && memcmp(line.text, "one \"\r\ntwo\nthree\"", 17) == 0,
                  "got '%.*s'", (int)line.length, line.text);
    ck_assert_uint_eq(reader.line, 2);
    reader_shorten_line(&reader, &line);
    ck_assert_msg(line.length == 5 && memcmp(line.text, "one \"", 5) == 0, "got '%.*s'",
                  (int)line.length, line.text);
    expect_line(&reader, 3, "two");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_END);
    ck_assert_msg(line.length == 11 && memcmp(line.text, "three\"\nfour", 11) == 0, "got '%.*s'",
                  (int)line.length, line.text);
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

START_TEST(lines_extended_count_on)
{
    struct reader reader;
    struct line line;
    struct error err = {0};
    reader_open_text(&reader, "one\ntwo\nthree\n");
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_LINE);
    ck_assert_int_eq(reader_extend_line(&reader, &line, &err), READER_LINE);
    expect_line(&reader, 3, "three");
    expect_end(&reader);
    reader_close(&reader);
}
END_TEST

START_TEST(looking_at_the_beginning_takes_nothing)
{
    struct reader reader;
    struct error err = {0};
    const char *bytes = NULL;
    size_t length = 0;
    reader_open_text(&reader, "\xEF\xBB\xBFone\ntwo\n");
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

START_TEST(opening_what_is_not_there_is_an_error)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct reader reader;
    struct error err = {0};
    ck_assert(!reader_open(&reader, "a|missing", NULL, &clock, &err));
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
    reader_open_bytes(&reader, text, sizeof text);
    reader_time.step_ms = 600;
    while (result == READER_LINE)
        result = reader_next_line(&reader, &line, &err);
    ck_assert_int_eq(result, READER_ERROR);
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
    reader_close(&reader);
    reader_open_bytes(&reader, text, sizeof text);
    reader_time.stop_signal = SIGINT;
    ck_assert_int_eq(reader_next_line(&reader, &line, &err), READER_ERROR);
    ck_assert_int_eq(err.kind, ERROR_SIGNAL);
    reader_close(&reader);
}
END_TEST

Suite *reader_suite(void)
{
    Suite *suite = suite_create("reader");
    TCase *core = add_case(suite, "core");
    add_folder(core);
    tcase_add_test(core, lines_lose_their_ends);
    tcase_add_test(core, an_empty_file_has_no_line);
    tcase_add_test(core, a_line_can_be_extended_and_shortened);
    tcase_add_test(core, lines_extended_count_on);
    tcase_add_test(core, looking_at_the_beginning_takes_nothing);
    tcase_add_test(core, opening_what_is_not_there_is_an_error);
    tcase_add_test(core, time_and_signals_end_reading);
    reader_add_limits(suite);
    return suite;
}
