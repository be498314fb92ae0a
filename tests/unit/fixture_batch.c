/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches for tests; see fixture_batch.h. */
#include "fixture_batch.h"
#include "support.h"

#include <string.h>

const struct record_rules USUAL_RULES = {.country_code = "33", .text = {.mask_numbers = true}};

bool read_batch_bytes(struct batch *batch, const char *name, const void *bytes, size_t length,
                      struct error *err)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    write_file(name, bytes, length);
    *batch = (struct batch){0};
    *err = (struct error){0};
    return batch_read_file(batch, name, &USUAL_RULES, &clock, err);
}

void read_batch(struct batch *batch, const char *row, const char *text)
{
    struct error err;
    bool fine = read_batch_bytes(batch, "batch", text, strlen(text), &err);
    ck_assert_msg(fine, "%s: expected a batch, got '%s'", row, err.text);
}

void expect_message(const char *row, const struct batch *batch, size_t i, uint64_t number,
                    uint64_t id, int64_t sent_ms)
{
    ck_assert_msg(i < batch->messages.count, "%s: expected message %zu, got %zu messages (%s)", row,
                  i, batch->messages.count, batch->first_invalid.text);
    const struct message *got = &batch->messages.items[i];
    ck_assert_msg(got->number == number && got->id == id,
                  "%s: message %zu: expected %ju id %ju, got %ju id %ju", row, i, (uintmax_t)number,
                  (uintmax_t)id, (uintmax_t)got->number, (uintmax_t)got->id);
    ck_assert_msg(got->sent_ms == sent_ms, "%s: message %zu: expected sent time %jd, got %jd", row,
                  i, (intmax_t)sent_ms, (intmax_t)got->sent_ms);
}

void expect_counts(const char *row, const struct batch *batch, size_t valid, uint64_t invalid)
{
    ck_assert_msg(batch->messages.count == valid && batch->invalid == invalid,
                  "%s: expected %zu valid, %ju invalid, got %zu and %ju (%s)", row, valid,
                  (uintmax_t)invalid, batch->messages.count, (uintmax_t)batch->invalid,
                  batch->first_invalid.text);
}

void expect_first_invalid(const char *row, const struct batch *batch, const char *place,
                          const char *part)
{
    const char *text = batch->first_invalid.text;
    ck_assert_msg(strncmp(text, place, strlen(place)) == 0 && contains(text, part),
                  "%s: expected '%s ... %s', got '%s'", row, place, part, text);
}
