/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages to check; see batch.h. The forms they come in are read by batch_*.c. */
#include "batch.h"

#include "batch_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Counts an invalid record, and keeps the place and reason of the first. Line 0: name says it all.
 */
static void count_invalid(struct batch *batch, const char *name, uint64_t line, const char *reason)
{
    if (batch->invalid++ > 0)
        return;
    if (line > 0)
        error_set(&batch->first_invalid, ERROR_INPUT, "%s:%" PRIu64 ": %s", name, line, reason);
    else
        error_set(&batch->first_invalid, ERROR_INPUT, "%s: %s", name, reason);
}

static bool add_message(struct batch *batch, const char *name, struct message message,
                        struct error *err)
{
    if (batch->messages.count >= BATCH_MAX)
        return error_set(err, ERROR_INPUT, "%s: more than %d messages; check them in parts", name,
                         (int)BATCH_MAX);
    return message_list_add(&batch->messages, message) || error_no_memory(err);
}

static bool add(struct batch *batch, const struct record_rules *rules, const char *name,
                uint64_t line, const struct record *record, struct error *err)
{
    struct message message;
    char reason[RECORD_REASON_SIZE];
    if (record_read(record, rules, &message, reason))
        return add_message(batch, name, message, err);
    count_invalid(batch, name, line, reason);
    return true;
}

bool batch_add_message(struct batch_source *source, struct message message, struct error *err)
{
    return add_message(source->batch, source->name, message, err);
}

bool batch_add_record(struct batch_source *source, uint64_t line, const struct record *record,
                      struct error *err)
{
    return add(source->batch, source->rules, source->name, line, record, err);
}

void batch_add_invalid(struct batch_source *source, uint64_t line, const char *reason)
{
    count_invalid(source->batch, source->name, line, reason);
}

static bool begins_with(const char *bytes, size_t length, const char *prefix)
{
    return length >= strlen(prefix) && memcmp(bytes, prefix, strlen(prefix)) == 0;
}

/* JSON shows itself by the first character that is not white space. */
static bool looks_like_json(const char *bytes, size_t length)
{
    while (length > 0 && (text_is_blank(*bytes) || *bytes == '\r' || *bytes == '\n'))
        bytes++, length--;
    return length > 0 && (*bytes == '[' || *bytes == '{');
}

static bool read_by_content(struct batch_source *source, struct error *err)
{
    const char *bytes = NULL;
    size_t length = 0;
    if (!reader_peek(source->reader, &bytes, &length, err))
        return false;
    if (begins_with(bytes, length, "\xFF\xFE") || begins_with(bytes, length, "\xFE\xFF"))
        return error_set(err, ERROR_INPUT, "%s is text in UTF-16; save it as UTF-8", source->name);
    if (text_skip_mark(&bytes, &length))
        reader_skip(source->reader, strlen(TEXT_MARK));
    return looks_like_json(bytes, length) ? batch_read_json(source, err)
                                          : batch_read_delimited(source, err);
}

bool batch_read_file(struct batch *batch, const char *path, const struct record_rules *rules,
                     const struct clock *clock, struct error *err)
{
    struct reader reader;
    if (!reader_open(&reader, path, rules->text.secret, clock, err))
        return false;
    struct batch_source source = {.batch = batch,
                                  .rules = rules,
                                  .reader = &reader,
                                  .name = strcmp(path, "-") == 0 ? "-" : reader.name};
    bool fine = read_by_content(&source, err);
    reader_close(&reader);
    return fine;
}

bool batch_read_argument(struct batch *batch, const char *text, unsigned ordinal,
                         const struct record_rules *rules, struct error *err)
{
    struct record record = {0};
    char name[32];
    for (int i = 0; i < RECORD_FIELDS && text; i++) {
        const char *colon = i < RECORD_SENT ? strchr(text, ':') : NULL;
        record.field[i].text = text;
        record.field[i].length = colon ? (size_t)(colon - text) : strlen(text);
        text = colon ? colon + 1 : NULL;
    }
    snprintf(name, sizeof name, "--message %u", ordinal);
    return add(batch, rules, name, 0, &record, err);
}

void batch_keep_since(struct batch *batch, int64_t cutoff_ms)
{
    struct message_list *list = &batch->messages;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].sent_ms >= cutoff_ms)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

void batch_keep_last(struct batch *batch, uint64_t count)
{
    struct message_list *list = &batch->messages;
    if (list->count <= count)
        return;
    memmove(list->items, list->items + (list->count - count), count * sizeof *list->items);
    list->count = count;
}

void batch_keep_shard(struct batch *batch, uint64_t shard, uint64_t shards)
{
    struct message_list *list = &batch->messages;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (message_hash(list->items[i].number, list->items[i].id) % shards == shard)
            list->items[kept++] = list->items[i];
    batch->other_shards = list->count - kept;
    list->count = kept;
}

/* Where (number, id) stands in a table of positions + 1, or where it would: a power of two, not
 * full. */
static size_t find_slot(const uint32_t *table, size_t size, const struct message *items,
                        const struct message *wanted)
{
    size_t slot = (size_t)message_hash(wanted->number, wanted->id) & (size - 1);
    while (table[slot] != 0) {
        const struct message *other = &items[table[slot] - 1];
        if (other->id == wanted->id && other->number == wanted->number)
            break;
        slot = (slot + 1) & (size - 1);
    }
    return slot;
}

bool batch_drop_duplicates(struct batch *batch, struct error *err)
{
    struct message_list *list = &batch->messages;
    size_t size = 16, kept = 0;
    while (size / 3 * 2 <= list->count)
        size *= 2;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table)
        return error_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        size_t slot = find_slot(table, size, list->items, &list->items[i]);
        if (table[slot] != 0)
            continue;
        list->items[kept++] = list->items[i];
        table[slot] = (uint32_t)kept;
    }
    batch->duplicates = list->count - kept;
    list->count = kept;
    free(table);
    message_list_trim(list);
    return true;
}

void batch_release(struct batch *batch)
{
    message_list_release(&batch->messages);
}
