/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches apart from their form: files that can't be read, the deadline, --message, --since,
 * --last,
 * --shard and duplicates. The forms are in check_batch_delimited.c and check_batch_json.c.
 */
#include "batch.h"
#include "fixture_batch.h"
#include "suites.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool read_path(const char *path, struct clock *clock, struct error *err)
{
    struct batch batch = {0};
    *err = (struct error){0};
    bool fine = batch_read_file(&batch, path, &USUAL_RULES, clock, err);
    batch_release(&batch);
    return fine;
}

START_TEST(a_file_that_cannot_be_read_is_an_error)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct error err;
    ck_assert(!read_path("missing.csv", &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(contains(err.text, "missing.csv"), "expected the name in '%s'", err.text);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert(!read_path("folder", &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(contains(err.text, "folder"), "expected the name in '%s'", err.text);
}
END_TEST

START_TEST(a_hostile_file_name_is_shown_clean)
{
    struct batch batch;
    struct error err;
    ck_assert(read_batch_bytes(&batch, "a|b<c>\n.csv", "+33612345678,x\n", 15, &err));
    expect_first_invalid("hostile name", &batch, "a?b?c??.csv:1: ", "'x'");
    batch_release(&batch);
}
END_TEST

START_TEST(deadline_and_signal_end_reading)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 0);
    struct error err;
    write_file("batch", "+33612345678,1\n", 15);
    ck_assert(!read_path("batch", &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
    clock = fake_clock(&time, 1000);
    time.stop_signal = SIGTERM;
    ck_assert(!read_path("batch", &clock, &err));
    ck_assert_int_eq(err.kind, ERROR_SIGNAL);
}
END_TEST

/* Time runs out in the middle of a large file: in a quoted field, an array, a row of objects. */
START_TEST(the_deadline_holds_in_every_form)
{
    static const char *const forms[] = {"+33612345678,1\n", "\"", "[\n", "{}\n", "{\n"};
    enum { SIZE = 600000 };
    for (int i = 0; i < COUNT_OF(forms); i++) {
        char *text = malloc(SIZE);
        struct fake_time time = {.step_ms = 300};
        struct clock clock = fake_clock(&time, 1000);
        struct error err;
        for (size_t at = 0; at < SIZE; at++)
            text[at] = at % 50 == 0 ? '\n' : ' ';
        memcpy(text, forms[i], strlen(forms[i]));
        write_file("batch", text, SIZE);
        free(text);
        ck_assert_msg(!read_path("batch", &clock, &err), "form %d: expected an end", i);
        ck_assert_msg(err.kind == ERROR_DEADLINE, "form %d: got '%s'", i, err.text);
    }
}
END_TEST

START_TEST(a_dash_is_standard_input)
{
    static const char text[] = "+33612345678,1\n+33612345678,x\n";
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct batch batch = {0};
    struct error err = {0};
    stdin_from_bytes(text, strlen(text));
    bool fine = batch_read_file(&batch, "-", &USUAL_RULES, &clock, &err);
    stdin_restore();
    ck_assert_msg(fine, "expected a batch, got '%s'", err.text);
    expect_counts("standard input", &batch, 1, 1);
    expect_first_invalid("standard input", &batch, "-:2: ", "'x'");
    batch_release(&batch);
}
END_TEST

START_TEST(several_sources_add_up)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct batch batch;
    struct error err = {0};
    read_batch(&batch, "first file", "+33612345678,1\n+33612345678\n");
    ck_assert(batch_read_argument(&batch, "+33612345678:2", 1, &USUAL_RULES, &err));
    write_file("other", "[{\"phone\":\"+33612345678\",\"id\":3},5]", 35);
    ck_assert(batch_read_file(&batch, "other", &USUAL_RULES, &clock, &err));
    expect_counts("three sources", &batch, 3, 2);
    for (size_t i = 0; i < 3; i++)
        expect_message("three sources", &batch, i, NUMBER_A, i + 1, MESSAGE_SENT_UNKNOWN);
    expect_first_invalid("three sources", &batch, "batch:2: ", "");
    batch_release(&batch);
}
END_TEST

static const struct {
    const char *text;
    uint64_t id;
    int64_t sent_ms;
} ARGUMENTS[] = {
    {"+33612345678:1000", 1000, MESSAGE_SENT_UNKNOWN},
    {"0612345678:1000", 1000, MESSAGE_SENT_UNKNOWN},
    {"06 12 34 56 78:1000", 1000, MESSAGE_SENT_UNKNOWN},
    {"+33612345678:1000:", 1000, MESSAGE_SENT_UNKNOWN},
    {"+33612345678:1000:1795421880", 1000, SENT_MS},
    {"+33612345678:1000:2026-11-23T08:18:00Z", 1000, SENT_MS},
    {"+33612345678:1000:2026-11-23 09:18:00+01:00", 1000, SENT_MS},
    {"+33612345678:9999999999999999999:1795421880000", UINT64_C(9999999999999999999), SENT_MS},
};

START_TEST(a_message_can_be_an_argument)
{
    struct batch batch = {0};
    struct error err = {0};
    ck_assert(batch_read_argument(&batch, ARGUMENTS[_i].text, 1, &USUAL_RULES, &err));
    expect_message(ARGUMENTS[_i].text, &batch, 0, NUMBER_A, ARGUMENTS[_i].id,
                   ARGUMENTS[_i].sent_ms);
    batch_release(&batch);
}
END_TEST

static const char *const BAD_ARGUMENTS[] = {
    "",
    ":",
    "+33612345678",
    "+33612345678:",
    ":1000",
    "1000:+33612345678",
    "+33612345678:NULL",
    "+33612345678:1000:yesterday",
    "+33612345678;1000",
    "+33612345678:1000:2026-02-29T00:00:00Z",
};

START_TEST(a_bad_argument_is_an_invalid_record)
{
    struct batch batch = {0};
    struct error err = {0};
    ck_assert(batch_read_argument(&batch, BAD_ARGUMENTS[_i], 7, &USUAL_RULES, &err));
    expect_counts(BAD_ARGUMENTS[_i], &batch, 0, 1);
    expect_first_invalid(BAD_ARGUMENTS[_i], &batch, "--message 7: ", "");
    batch_release(&batch);
}
END_TEST

/* Ids from 0 on, sent at times[i] seconds; -1: unknown. */
static void fill(struct batch *batch, const int *times, size_t count)
{
    *batch = (struct batch){0};
    for (size_t i = 0; i < count; i++) {
        struct message message = {NUMBER_A, i,
                                  times[i] < 0 ? MESSAGE_SENT_UNKNOWN : times[i] * INT64_C(1000)};
        ck_assert(message_list_add(&batch->messages, message));
    }
}

static void expect_ids(const char *row, const struct batch *batch, const uint64_t *ids,
                       size_t count)
{
    ck_assert_msg(batch->messages.count == count, "%s: expected %zu messages, got %zu", row, count,
                  batch->messages.count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(batch->messages.items[i].id == ids[i],
                      "%s: message %zu: expected id %ju, got %ju", row, i, (uintmax_t)ids[i],
                      (uintmax_t)batch->messages.items[i].id);
}

START_TEST(since_keeps_what_is_young_enough)
{
    static const int times[] = {100, 50, 99, 101, -1, 100};
    static const uint64_t kept[] = {0, 3, 5}, all[] = {0, 1, 2, 3, 5};
    struct batch batch;
    fill(&batch, times, 6);
    batch_keep_since(&batch, 0);
    expect_ids("since the beginning of time", &batch, all, 5);
    batch_keep_since(&batch, 100000);
    expect_ids("sent exactly then counts", &batch, kept, 3);
    batch_keep_since(&batch, 101001);
    expect_ids("all too old", &batch, NULL, 0);
    batch_release(&batch);
}
END_TEST

START_TEST(last_keeps_the_end)
{
    static const int times[] = {1, 2, 3, 4, 5};
    static const uint64_t all[] = {0, 1, 2, 3, 4}, three[] = {2, 3, 4};
    struct batch batch;
    fill(&batch, times, 5);
    batch_keep_last(&batch, UINT64_MAX);
    expect_ids("more than there are", &batch, all, 5);
    batch_keep_last(&batch, 5);
    expect_ids("as many as there are", &batch, all, 5);
    batch_keep_last(&batch, 3);
    expect_ids("three", &batch, three, 3);
    batch_keep_last(&batch, 0);
    expect_ids("none", &batch, NULL, 0);
    batch_keep_last(&batch, 3);
    expect_ids("of none", &batch, NULL, 0);
    batch_release(&batch);
}
END_TEST

/* Every message in exactly one shard, and its duplicates with it. */
START_TEST(shards_share_a_batch)
{
    enum { SHARDS = 7, MESSAGES = 1000 };
    size_t found = 0;
    for (uint64_t shard = 0; shard < SHARDS; shard++) {
        struct batch batch = {0};
        struct error err;
        for (uint64_t i = 0; i < 2 * MESSAGES; i++)
            ck_assert(message_list_add(&batch.messages,
                                       (struct message){NUMBER_A + i % MESSAGES, i % 3, 0}));
        batch_keep_shard(&batch, shard, SHARDS);
        ck_assert_uint_eq(batch.messages.count + batch.other_shards, 2 * MESSAGES);
        ck_assert(batch_drop_duplicates(&batch, &err));
        for (size_t i = 0; i < batch.messages.count; i++)
            ck_assert_uint_eq(
                message_hash(batch.messages.items[i].number, batch.messages.items[i].id) % SHARDS,
                shard);
        ck_assert_msg(batch.messages.count > MESSAGES / SHARDS / 2, "shard %d is nearly empty",
                      (int)shard);
        found += batch.messages.count + batch.duplicates;
        batch_release(&batch);
    }
    ck_assert_uint_eq(found, 2 * MESSAGES);
}
END_TEST

/* A number may have many messages, and one id goes to many numbers: only both together count. */
START_TEST(the_first_of_duplicates_stays)
{
    struct batch batch;
    struct error err;
    read_batch(&batch, "duplicates",
               "+33612345678,1,100\n0612345678,2,200\n+33687654321,1,300\n"
               "0033612345678,01,400\n+33612345678,2,500\n+33612345678,1,600\n");
    ck_assert(batch_drop_duplicates(&batch, &err));
    ck_assert_uint_eq(batch.duplicates, 3);
    expect_counts("duplicates", &batch, 3, 0);
    expect_message("duplicates", &batch, 0, NUMBER_A, 1, 100000);
    expect_message("duplicates", &batch, 1, NUMBER_A, 2, 200000);
    expect_message("duplicates", &batch, 2, NUMBER_B, 1, 300000);
    batch_release(&batch);
    ck_assert(batch_drop_duplicates(&batch, &err));
    ck_assert_msg(batch.messages.count == 0 && batch.duplicates == 0,
                  "an empty batch has no duplicates");
    batch_release(&batch);
}
END_TEST

enum { NUMBERS = 400, IDS = 500, DRAWN = 300000 };

/* Against a plain table of all pairs. */
START_TEST(duplicates_among_many_are_all_found)
{
    bool *seen = calloc((size_t)NUMBERS * IDS, sizeof *seen);
    struct batch batch = {0};
    struct error err;
    uint64_t seed = 12, different = 0;
    for (int i = 0; i < DRAWN; i++) {
        uint64_t number = random_below(&seed, NUMBERS), id = random_below(&seed, IDS);
        ck_assert(message_list_add(&batch.messages, (struct message){NUMBER_A + number, id, i}));
        different += !seen[number * IDS + id];
        seen[number * IDS + id] = true;
    }
    ck_assert(batch_drop_duplicates(&batch, &err));
    ck_assert_uint_eq(batch.messages.count, different);
    ck_assert_uint_eq(batch.duplicates, DRAWN - different);
    for (size_t i = 0; i < batch.messages.count; i++) {
        const struct message *kept = &batch.messages.items[i];
        bool *mark = &seen[(kept->number - NUMBER_A) * IDS + kept->id];
        ck_assert_msg(*mark && (i == 0 || kept[-1].sent_ms < kept->sent_ms),
                      "message %zu is out of order", i);
        *mark = false;
    }
    batch_release(&batch);
    free(seen);
}
END_TEST

Suite *batch_suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *files = add_case(suite, "files"), *arguments = add_case(suite, "arguments");
    TCase *choice = add_case(suite, "choice"), *many = add_slow_case(suite, "many");
    add_folder(files);
    add_folder(choice);
    tcase_add_test(files, a_file_that_cannot_be_read_is_an_error);
    tcase_add_test(files, a_hostile_file_name_is_shown_clean);
    tcase_add_test(files, deadline_and_signal_end_reading);
    tcase_add_test(files, the_deadline_holds_in_every_form);
    tcase_add_test(files, a_dash_is_standard_input);
    tcase_add_test(files, several_sources_add_up);
    tcase_add_loop_test(arguments, a_message_can_be_an_argument, 0, COUNT_OF(ARGUMENTS));
    tcase_add_loop_test(arguments, a_bad_argument_is_an_invalid_record, 0, COUNT_OF(BAD_ARGUMENTS));
    tcase_add_test(choice, since_keeps_what_is_young_enough);
    tcase_add_test(choice, last_keeps_the_end);
    tcase_add_test(choice, shards_share_a_batch);
    tcase_add_test(choice, the_first_of_duplicates_stays);
    tcase_add_test(many, duplicates_among_many_are_all_found);
    batch_add_delimited_cases(suite);
    batch_add_delimited_limits(suite);
    batch_add_json_cases(suite);
    return suite;
}
