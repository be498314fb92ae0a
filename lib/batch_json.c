/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches as JSON: an array of objects, one object per line, or the API's own request. All three
 * are read by the same events; one object per line is parsed line by line, so that a broken line
 * spoils only itself.
 */
#include "batch_source.h"

#include "json_parser.h"

#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 64, FIELD_MAX = 128 };

static const char LIST_KEY[] = "SMSStatut_List";

/* A field of the record that is being read. */
struct field {
    char text[FIELD_MAX];
    size_t length;
    int rank; /* of the key it came from; the lowest counts */
};

struct json_batch {
    struct batch_source *source;
    struct error *err;
    struct json_parser parser;
    const char *piece; /* what is being parsed, and how far its lines are counted */
    size_t counted;
    uint64_t line;
    int depth;
    int list_depth;   /* of the array whose members are records; 0: outside */
    int record_depth; /* of the record that is open; 0: none */
    bool is_list_key; /* the key before the next value is the request's list */
    bool has_list;    /* what is parsed is the API's request */
    bool ready;       /* a record is complete but not yet added */
    enum record_field key;
    int key_rank;
    uint64_t record_line;
    struct field field[RECORD_FIELDS];
};

/* Brings json->line to where the parser is. */
static void count_lines(struct json_batch *json)
{
    size_t consumed = json_parser_position(&json->parser);
    for (; json->counted < consumed; json->counted++)
        json->line += json->piece[json->counted] == '\n';
}

/* A record is held back until what follows proves sound, so that a broken line adds nothing. */
static int add_ready_record(struct json_batch *json)
{
    struct record record;
    if (!json->ready)
        return 1;
    json->ready = false;
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        record.field[i] = (struct record_text){json->field[i].text, json->field[i].length};
    return batch_add_record(json->source, json->record_line, &record, json->err);
}

static void store(struct json_batch *json, const char *text, size_t length)
{
    if (json->record_depth == 0 || json->depth != json->record_depth || json->key == RECORD_FIELDS)
        return;
    struct field *field = &json->field[json->key];
    if (field->rank < json->key_rank || length == 0)
        return;
    field->length = length < FIELD_MAX ? length : FIELD_MAX;
    if (field->length > 0)
        memcpy(field->text, text, field->length);
    field->rank = json->key_rank;
}

static int on_text(struct json_batch *json, const char *text, size_t length)
{
    if (json->depth == json->list_depth && json->record_depth == 0) {
        count_lines(json);
        batch_add_invalid(json->source, json->line, "not an object");
        return 1;
    }
    store(json, text, length);
    json->is_list_key = false;
    return 1;
}

static int on_null(void *context)
{
    return on_text(context, "", 0);
}

static int on_boolean(void *context, int value)
{
    return on_text(context, value ? "true" : "false", value ? 4 : 5);
}

static int on_number(void *context, const char *text, size_t length)
{
    return on_text(context, text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return on_text(context, (const char *)text, length);
}

static int enter(struct json_batch *json)
{
    if (++json->depth <= DEPTH_MAX)
        return 1;
    count_lines(json);
    return error_set(json->err, ERROR_INPUT, "%s:%llu: nested more than %d levels deep",
                     json->source->name, (unsigned long long)json->line, (int)DEPTH_MAX);
}

static void open_record(struct json_batch *json)
{
    count_lines(json);
    json->record_line = json->line;
    json->record_depth = json->depth;
    json->key = RECORD_FIELDS;
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        json->field[i] = (struct field){.rank = RECORD_FIELDS * 100};
}

static int on_start_map(void *context)
{
    struct json_batch *json = context;
    store(json, "(object)", 8);
    json->is_list_key = false;
    if (!enter(json))
        return 0;
    if (json->record_depth > 0 || json->depth != json->list_depth + 1)
        return 1;
    if (!add_ready_record(json))
        return 0;
    open_record(json);
    return 1;
}

static int on_map_key(void *context, const unsigned char *key, size_t length)
{
    struct json_batch *json = context;
    if (json->depth != json->record_depth)
        return 1;
    json->key = record_field_named((const char *)key, length, &json->key_rank);
    json->is_list_key =
        json->depth == 1 && length == strlen(LIST_KEY) && memcmp(key, LIST_KEY, length) == 0;
    json->has_list = json->has_list || json->is_list_key;
    return 1;
}

static int on_end_map(void *context)
{
    struct json_batch *json = context;
    if (json->depth == json->record_depth) {
        json->record_depth = 0;
        json->ready = true;
    }
    json->depth--;
    return 1;
}

static int on_start_array(void *context)
{
    struct json_batch *json = context;
    bool opens_list = json->depth == 0 || json->is_list_key;
    store(json, "(array)", 7);
    if (json->record_depth == 0 && json->depth > 0 && json->depth == json->list_depth)
        on_text(json, "", 0);
    json->is_list_key = false;
    if (!enter(json))
        return 0;
    if (opens_list) {
        json->list_depth = json->depth;
        json->record_depth = 0;
    }
    return 1;
}

static int on_end_array(void *context)
{
    struct json_batch *json = context;
    if (json->depth == json->list_depth)
        json->list_depth = 0;
    json->depth--;
    return 1;
}

static const yajl_callbacks CALLBACKS = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_start_map,
    .yajl_map_key = on_map_key,
    .yajl_end_map = on_end_map,
    .yajl_start_array = on_start_array,
    .yajl_end_array = on_end_array,
};

static bool start(struct json_batch *json)
{
    json->depth = json->list_depth = json->record_depth = 0;
    json->ready = json->has_list = json->is_list_key = false;
    return json_parser_open(&json->parser, &CALLBACKS, json, true) || error_no_memory(json->err);
}

static bool parse(struct json_batch *json, const char *text, size_t length)
{
    json->piece = text;
    json->counted = 0;
    bool fine = json_parser_feed(&json->parser, text, length);
    if (json_parser_is_out(&json->parser))
        return error_no_memory(json->err);
    count_lines(json);
    return fine;
}

/* A callback may have said already what is wrong. */
static bool fail(struct json_batch *json)
{
    char what[TEXT_SIZE];
    if (json->err->kind != ERROR_NONE)
        return false;
    return error_set(json->err, ERROR_INPUT, "%s:%llu: not valid JSON: %s", json->source->name,
                     (unsigned long long)json->line, json_parser_describe(&json->parser, what));
}

static bool read_document(struct json_batch *json)
{
    const char *piece = NULL;
    size_t length = 0;
    json->line = json->source->reader->next_line;
    do {
        if (!reader_next_piece(json->source->reader, &piece, &length, json->err))
            return false;
        if (length > 0 && !parse(json, piece, length))
            return fail(json);
    } while (length > 0);
    if (!json_parser_finish(&json->parser))
        return json_parser_is_out(&json->parser) ? error_no_memory(json->err) : fail(json);
    return add_ready_record(json);
}

/* The rest of a broken line is dropped with the parser that has seen it. */
static bool restart_after(struct json_batch *json, const char *reason)
{
    batch_add_invalid(json->source, json->source->reader->line, reason);
    json_parser_close(&json->parser);
    return start(json);
}

/* The first character that is no blank or line end, or '\0'. */
static char first_character(const struct line *line)
{
    size_t at = 0;
    while (at < line->length &&
           (text_is_blank(line->text[at]) || line->text[at] == '\r' || line->text[at] == '\n'))
        at++;
    return (char)(at < line->length ? line->text[at] : '\0');
}

static bool take_line(struct json_batch *json, const struct line *line)
{
    char what[TEXT_SIZE], reason[TEXT_SIZE + 32];
    char first = first_character(line);
    json->line = json->source->reader->line;
    if (first == '\0')
        return true;
    if (first != '{') {
        batch_add_invalid(json->source, json->line, "not an object");
        return true;
    }
    bool fine = parse(json, line->text, line->length) && parse(json, "\n", 1);
    if (!fine && json->has_list)
        return fail(json);
    if (!fine && json->err->kind != ERROR_NONE)
        return false;
    if (!fine) {
        snprintf(reason, sizeof reason, "not valid JSON: %s",
                 json_parser_describe(&json->parser, what));
        return restart_after(json, reason);
    }
    if (json->depth > 0)
        return restart_after(json, "not valid JSON: the object is not closed on its line");
    json->has_list = false;
    return add_ready_record(json);
}

static bool read_lines(struct json_batch *json)
{
    struct line line;
    enum reader_result result;
    while ((result = reader_next_line(json->source->reader, &line, json->err)) == READER_LINE) {
        if (line.too_long)
            batch_add_invalid(json->source, json->source->reader->line,
                              "line of more than 65536 bytes");
        else if (!take_line(json, &line))
            return false;
    }
    return result == READER_END;
}

/* True when the first line is an object of its own, sound or broken, and not the API's request. An
 * object that is still open at its end is broken if another begins on the next line. */
static bool is_object_on_a_line(const struct batch_source *source, struct line *line)
{
    struct batch scratch = {0};
    struct error err = {0};
    struct batch_source trial = *source;
    struct json_batch json = {.source = &trial, .err = &err};
    trial.batch = &scratch;
    if (line->too_long || first_character(line) != '{' || !start(&json))
        return false;
    bool fine = parse(&json, line->text, line->length);
    bool own = !json.has_list && (!fine || json.depth == 0);
    size_t length = line->length;
    if (!own && !json.has_list && reader_extend_line(source->reader, line, &err) == READER_LINE) {
        const struct line rest = {line->text + length, line->length - length, false};
        own = first_character(&rest) == '{';
    }
    json_parser_close(&json.parser);
    batch_release(&scratch);
    return own;
}

/* Moves to the first line that holds something. */
static bool find_first_line(struct batch_source *source, struct line *line, struct error *err)
{
    enum reader_result result;
    do
        result = reader_next_line(source->reader, line, err);
    while (result == READER_LINE && first_character(line) == '\0');
    return result == READER_LINE;
}

bool batch_read_json(struct batch_source *source, struct error *err)
{
    struct line line;
    struct json_batch json = {.source = source, .err = err};
    if (!find_first_line(source, &line, err))
        return false;
    bool by_line = is_object_on_a_line(source, &line);
    reader_back(source->reader);
    bool fine = start(&json) && (by_line ? read_lines(&json) : read_document(&json));
    json_parser_close(&json.parser);
    return fine;
}
