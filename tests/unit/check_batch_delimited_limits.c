/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Delimited batches with something wrong in them: each bad record is counted once, the first is
 * named as FILE:LINE, and the records around it are still read.
 */
#include "fixture_batch.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Files with valid and invalid records; place and part are of the first invalid one. */
static const struct {
    const char *name, *text;
    size_t valid;
    uint64_t invalid;
    const char *place, *part;
} FILES[] = {
    {"no id", "+33612345678\n", 0, 1, "batch:1: ", "message id"},
    {"empty id", "+33612345678,\n", 0, 1, "batch:1: ", "message id"},
    {"id NULL", "+33612345678,1\n+33612345678,NULL\n", 1, 1, "batch:2: ", "message id"},
    {"id null", "+33612345678,null\n", 0, 1, "batch:1: ", "message id"},
    {"quoted empty id", "+33612345678,\"\"\n", 0, 1, "batch:1: ", "message id"},
    {"no number", ",1000\n", 0, 1, "batch:1: ", "phone number"},
    {"number NULL", "phone,id\nNULL,1000\n", 0, 1, "batch:2: ", "phone number"},
    {"id of 19 digits", "+33612345678,9999999999999999999\n", 1, 0, "", ""},
    {"id of 20 digits", "+33612345678,10000000000000000000\n", 0, 1, "batch:1: ", "19 digits"},
    {"id of 20 digits with zeros", "+33612345678,00000000000000000001\n", 0, 1,
     "batch:1: ", "19 digits"},
    {"negative id", "+33612345678,-1\n", 0, 1, "batch:1: ", "'-1'"},
    {"id with decimals", "+33612345678,1.0\n", 0, 1, "batch:1: ", "'1.0'"},
    {"id as words", "+33612345678,MOCK-1A2B3C4D\n", 0, 1, "batch:1: ", "'MOCK-1A2B3C4D'"},
    {"bad number", "+33612,1000\n", 0, 1, "batch:1: ", "fewer than 8"},
    {"bad sent time", "+33612345678,1000,yesterday\n", 0, 1, "batch:1: ", "'yesterday'"},
    {"impossible date", "+33612345678,1000,2026-02-29T00:00:00Z\n", 0, 1,
     "batch:1: ", "2026-02-29"},
    {"date without time, blanks", "+33612345678 1000 2026-11-23\n", 0, 1,
     "batch:1: ", "2026-11-23"},
    {"bad first line", "hello world\n+33612345678;1\n+33612345678;2\n", 2, 1, "batch:1: ", ""},
    {"bad first line, blanks", "x\n+33612345678 1\n+33612345678 2\n", 2, 1, "batch:1: ", ""},
    {"bad lines among good ones", "+33612345678,1\nx,2\n+33612345678,3\ny,4\n", 2, 2,
     "batch:2: ", "'x'"},
    {"comments and blanks count as lines", "# a\n\n+33612345678,x\n", 0, 1, "batch:3: ", "'x'"},
    {"text behind a quote", "+33612345678,1\n+33612345678,\"1000\"x\n", 1, 1, "batch:2: ", "1000"},
    {"another separator later", "+33612345678,1\n+33612345678;2\n", 1, 1, "batch:2: ", ""},
    {"lines in quotes count", "+33612345678,1,,\"a\nb\nc\"\n+33612345678,x\n", 1, 1,
     "batch:4: ", "'x'"},
    {"a record in quotes begins at its first line", "+33612345678,1\n+33612345678,x,,\"a\nb\"\n", 1,
     1, "batch:2: ", "'x'"},
    {"unclosed quote", "+33612345678,1,,\"abc\n+33612345678,2\n+33612345678,3\n", 2, 1,
     "batch:1: ", "quote"},
    {"unclosed quote in the last line", "+33612345678,1\n+33612345678,2,,\"abc", 1, 1,
     "batch:2: ", "quote"},
    {"unclosed quote at the first cell", "\"+33612345678,1\n+33612345678,2\n", 1, 1,
     "batch:1: ", "quote"},
    {"lines count behind an unclosed quote",
     "+33612345678,1,,\"abc\n+33612345678,2\n+33612345678,x\n", 1, 2, "batch:1: ", "quote"},
    {"CRLF counts one line", "+33612345678,1\r\n+33612345678,x\r\n", 1, 1, "batch:2: ", "'x'"},
    {"control characters are replaced", "+33612345678,a|b<c>\x1B[31m\n", 0, 1,
     "batch:1: ", "'a?b?c??[31m'"},
    {"byte order mark", "\xEF\xBB\xBF+33612345678,x\n", 0, 1, "batch:1: ", "'x'"},
};

START_TEST(bad_records_are_counted_and_the_first_is_named)
{
    struct batch batch;
    read_batch(&batch, FILES[_i].name, FILES[_i].text);
    expect_counts(FILES[_i].name, &batch, FILES[_i].valid, FILES[_i].invalid);
    expect_first_invalid(FILES[_i].name, &batch, FILES[_i].place, FILES[_i].part);
    batch_release(&batch);
}
END_TEST

START_TEST(a_nul_byte_spoils_only_its_line)
{
    static const char text[] = "+33612345678,1\n+336123\0"
                               "45678,2\n+33612345678,3\n";
    struct batch batch;
    struct error err;
    ck_assert(read_batch_bytes(&batch, "batch", text, sizeof text - 1, &err));
    expect_counts("NUL", &batch, 2, 1);
    expect_first_invalid("NUL", &batch, "batch:2: ", "");
    batch_release(&batch);
}
END_TEST

static const struct {
    const char *name;
    char bytes[10];
    size_t length;
} UTF16[] = {
    {"UTF-16, little end first", "\xFF\xFE+\0003\0003\0", 8},
    {"UTF-16, big end first", "\xFE\xFF\0+\0003\0003", 8},
};

START_TEST(utf16_is_refused_by_name)
{
    struct batch batch;
    struct error err;
    ck_assert_msg(!read_batch_bytes(&batch, "batch", UTF16[_i].bytes, UTF16[_i].length, &err),
                  "%s: expected an error", UTF16[_i].name);
    ck_assert_msg(err.kind == ERROR_INPUT && contains(err.text, "UTF-16"), "%s: got '%s'",
                  UTF16[_i].name, err.text);
    batch_release(&batch);
}
END_TEST

static const char *const HALF_HEADERS[] = {"phone,name\n+33612345678,x\n", "id,name\n1,x\n",
                                           "# x\nsentAt\n1\n", "number\n"};

START_TEST(a_header_without_number_or_id_is_an_error)
{
    struct batch batch;
    struct error err;
    ck_assert_msg(
        !read_batch_bytes(&batch, "batch", HALF_HEADERS[_i], strlen(HALF_HEADERS[_i]), &err),
        "%s: expected an error", HALF_HEADERS[_i]);
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strncmp(err.text, "batch:", 6) == 0, "%s: expected the place, got '%s'",
                  HALF_HEADERS[_i], err.text);
    batch_release(&batch);
}
END_TEST

/* A line of length bytes in place of the second record. */
static void read_with_long_line(struct batch *batch, size_t length)
{
    static const char first[] = "+33612345678,1\n", last[] = "\n+33612345678,3\n+33612345678,x\n";
    size_t all = strlen(first) + length + strlen(last);
    char *text = malloc(all);
    struct error err;
    memcpy(text, first, strlen(first));
    memset(text + strlen(first), 'x', length);
    memcpy(text + strlen(first) + length, last, strlen(last));
    bool fine = read_batch_bytes(batch, "batch", text, all, &err);
    free(text);
    ck_assert_msg(fine, "a line of %zu bytes: expected a batch, got '%s'", length, err.text);
}

START_TEST(a_long_line_is_one_invalid_record)
{
    static const size_t lengths[] = {1000,   65000,  65536,  65537,  70000,
                                     131071, 131072, 131073, 200000, 1000000};
    for (int i = 0; i < COUNT_OF(lengths); i++) {
        char row[32];
        struct batch batch;
        snprintf(row, sizeof row, "line of %zu bytes", lengths[i]);
        read_with_long_line(&batch, lengths[i]);
        expect_counts(row, &batch, 2, 2);
        expect_first_invalid(row, &batch, "batch:2: ", "");
        expect_message(row, &batch, 1, NUMBER_A, 3, MESSAGE_SENT_UNKNOWN);
        batch_release(&batch);
    }
}
END_TEST

/* Each of the last lines behind an unclosed quote is read, also where the quote would reach too
 * far. */
START_TEST(an_unclosed_quote_in_a_large_file_costs_one_record)
{
    enum { LINES = 20000 };
    char *text = malloc(LINES * 24);
    size_t length = 0;
    struct batch batch;
    struct error err;
    for (int i = 1; i <= LINES; i++)
        length += (size_t)sprintf(text + length, "+33612345678,%d%s\n", i, i == 100 ? ",,\"x" : "");
    bool fine = read_batch_bytes(&batch, "batch", text, length, &err);
    free(text);
    ck_assert_msg(fine, "expected a batch, got '%s'", err.text);
    expect_counts("unclosed quote", &batch, LINES - 1, 1);
    expect_first_invalid("unclosed quote", &batch, "batch:100: ", "quote");
    expect_message("unclosed quote", &batch, LINES - 2, NUMBER_A, LINES, MESSAGE_SENT_UNKNOWN);
    batch_release(&batch);
}
END_TEST

/* Wide exports: what is wanted stands among the first columns. */
START_TEST(hundreds_of_columns_are_no_harm)
{
    char text[5000] = "+33612345678,1000,1795421880";
    struct batch batch;
    for (size_t at = strlen(text); at + 3 < sizeof text; at += 2)
        memcpy(text + at, ",x", 3);
    read_batch(&batch, "2000 columns", text);
    expect_counts("2000 columns", &batch, 1, 0);
    expect_message("2000 columns", &batch, 0, NUMBER_A, 1000, SENT_MS);
    batch_release(&batch);
}
END_TEST

START_TEST(since_needs_a_sent_time)
{
    struct record_rules rules = USUAL_RULES;
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct batch batch = {0};
    struct error err = {0};
    rules.needs_sent_time = true;
    write_file("batch", "+33612345678,1,1795421880\n+33612345678,2\n", 41);
    ck_assert(batch_read_file(&batch, "batch", &rules, &clock, &err));
    expect_counts("--since", &batch, 1, 1);
    expect_first_invalid("--since", &batch, "batch:2: ", "sent time");
    batch_release(&batch);
}
END_TEST

void batch_add_delimited_limits(Suite *suite)
{
    TCase *limits = add_case(suite, "delimited limits"),
          *large = add_slow_case(suite, "delimited large");
    add_folder(limits);
    add_folder(large);
    tcase_add_loop_test(limits, bad_records_are_counted_and_the_first_is_named, 0, COUNT_OF(FILES));
    tcase_add_test(limits, a_nul_byte_spoils_only_its_line);
    tcase_add_loop_test(limits, utf16_is_refused_by_name, 0, COUNT_OF(UTF16));
    tcase_add_loop_test(limits, a_header_without_number_or_id_is_an_error, 0,
                        COUNT_OF(HALF_HEADERS));
    tcase_add_test(limits, hundreds_of_columns_are_no_harm);
    tcase_add_test(limits, since_needs_a_sent_time);
    tcase_add_test(large, a_long_line_is_one_invalid_record);
    tcase_add_test(large, an_unclosed_quote_in_a_large_file_costs_one_record);
}
