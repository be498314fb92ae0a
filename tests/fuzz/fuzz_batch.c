/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzes the batch reader in all its forms, read whole and in pieces, and what is done with a batch
 * afterwards. The third steering byte: 1 needs sent times, 2 another country code.
 */
#include "batch.h"
#include "fuzz.h"
#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char FUZZ_NAME[] = "batch";

enum { NEEDS_SENT_TIME = 1, OTHER_COUNTRY = 2, COMPARED_MAX = 300 };

static const uint64_t NUMBER_MIN = 10000000, NUMBER_MAX = 999999999999999;
static const uint64_t ID_MAX = 9999999999999999999U;
static const int64_t YEAR_10000_MS = 253402300800000;

/* What came of reading standard input. */
struct reading {
    struct batch batch;
    struct error err;
    bool fine;
};

static struct reading read_input(const struct record_rules *rules)
{
    struct reading reading = {0};
    struct clock clock = fuzz_clock();
    reading.fine = batch_read_file(&reading.batch, "-", rules, &clock, &reading.err);
    return reading;
}

static void require_sound_message(const struct message *message, const struct record_rules *rules)
{
    bool is_known = message->sent_ms != MESSAGE_SENT_UNKNOWN;
    fuzz_require(message->number >= NUMBER_MIN && message->number <= NUMBER_MAX,
                 "phone numbers have 8 to 15 digits");
    fuzz_require(message->id <= ID_MAX, "message ids have at most 19 digits");
    fuzz_require(!is_known || (message->sent_ms > -86400000 && message->sent_ms < YEAR_10000_MS),
                 "sent times are in the years 1970 to 9999");
    fuzz_require(is_known || !rules->needs_sent_time, "a sent time is there where it is needed");
}

static void require_sound_batch(const struct batch *batch, const struct record_rules *rules)
{
    for (size_t i = 0; i < batch->messages.count; i++)
        require_sound_message(&batch->messages.items[i], rules);
    fuzz_require((batch->invalid > 0) == (batch->first_invalid.kind == ERROR_INPUT),
                 "the first of the invalid records is kept");
    fuzz_require_clean(batch->first_invalid.text, ERROR_TEXT_SIZE, "reasons are clean");
}

static void require_sound(const struct reading *reading, const struct record_rules *rules)
{
    fuzz_require(reading->fine == (reading->err.kind == ERROR_NONE), "failures have a reason");
    fuzz_require(reading->fine || reading->err.kind == ERROR_INPUT, "the input is to blame");
    fuzz_require_clean(reading->err.text, ERROR_TEXT_SIZE, "errors are clean");
    require_sound_batch(&reading->batch, rules);
}

static bool is_same_message(const struct message *a, const struct message *b)
{
    return a->number == b->number && a->id == b->id && a->sent_ms == b->sent_ms;
}

static void require_same(const struct reading *a, const struct reading *b)
{
    fuzz_require(a->fine == b->fine, "pieces are read like the whole: success");
    if (!a->fine)
        return;
    fuzz_require(a->batch.messages.count == b->batch.messages.count,
                 "pieces are read like the whole: messages");
    fuzz_require(a->batch.invalid == b->batch.invalid, "pieces are read like the whole: invalid");
    fuzz_require(strcmp(a->batch.first_invalid.text, b->batch.first_invalid.text) == 0,
                 "pieces are read like the whole: reason");
    for (size_t i = 0; i < a->batch.messages.count; i++)
        fuzz_require(is_same_message(&a->batch.messages.items[i], &b->batch.messages.items[i]),
                     "pieces are read like the whole: message");
}

static void keep_since_the_middle(struct batch *batch)
{
    struct message_list *list = &batch->messages;
    size_t before = list->count;
    if (before == 0)
        return;
    int64_t cutoff_ms = list->items[before / 2].sent_ms;
    batch_keep_since(batch, cutoff_ms);
    fuzz_require(list->count > 0 && list->count <= before, "the cutoff itself is kept");
    for (size_t i = 0; i < list->count; i++)
        fuzz_require(list->items[i].sent_ms >= cutoff_ms, "nothing older is kept");
}

static void keep_last_half(struct batch *batch)
{
    struct message_list *list = &batch->messages;
    size_t before = list->count, wanted = before / 2 + 1;
    struct message last = before > 0 ? list->items[before - 1] : (struct message){0};
    batch_keep_last(batch, wanted);
    fuzz_require(list->count == (wanted < before ? wanted : before), "that many are kept");
    fuzz_require(before == 0 || is_same_message(&list->items[list->count - 1], &last),
                 "the last stays");
}

static void drop_duplicates(struct batch *batch)
{
    struct message_list *list = &batch->messages;
    struct error err = {0};
    size_t before = list->count;
    fuzz_require(batch_drop_duplicates(batch, &err), "there is memory");
    fuzz_require(batch->duplicates + list->count == before, "none is lost");
    for (size_t i = 0; i < list->count && i < COMPARED_MAX; i++)
        for (size_t k = 0; k < i; k++)
            fuzz_require(list->items[i].number != list->items[k].number ||
                             list->items[i].id != list->items[k].id,
                         "no message is there twice");
}

static void read_as_argument(const struct fuzz_input *input, const struct record_rules *rules)
{
    struct batch batch = {0};
    struct error err = {0};
    char *text = malloc(input->length + 1);
    fuzz_require(text != NULL, "there is memory");
    memcpy(text, input->text, input->length);
    text[input->length] = '\0';
    fuzz_require(batch_read_argument(&batch, text, 1, rules, &err), "an argument is no failure");
    fuzz_require(batch.messages.count + batch.invalid == 1, "an argument is one record");
    require_sound_batch(&batch, rules);
    batch_release(&batch);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_split(data, size);
    const struct record_rules rules = {
        .country_code = input.steer[2] & OTHER_COUNTRY ? "1" : "33",
        .needs_sent_time = input.steer[2] & NEEDS_SENT_TIME,
        .text = {.mask_numbers = true},
    };
    input_as_file(&input, 0600);
    struct reading whole = read_input(&rules);
    require_sound(&whole, &rules);
    if (input_as_pieces(&input)) {
        struct reading pieces = read_input(&rules);
        require_same(&whole, &pieces);
        batch_release(&pieces.batch);
    }
    keep_since_the_middle(&whole.batch);
    keep_last_half(&whole.batch);
    drop_duplicates(&whole.batch);
    batch_release(&whole.batch);
    read_as_argument(&input, &rules);
    return 0;
}
