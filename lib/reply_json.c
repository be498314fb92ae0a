/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decodes answers in JSON. It knows the keys of the answer (Bulk Status page, docpartner.dev) and
 * where they stand; keys elsewhere, and all others, are passed over.
 */
#include "reply_events.h"

#include "json_parser.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Depths of what we read: the answer, its list, an entry. */
enum { TOP = 1, LIST = 2, ENTRY = 3, DEPTH_MAX = 32 };

/* What the key before a value announces. */
enum key { KEY_OTHER, KEY_FIELD, KEY_MESSAGE, KEY_ERRORS, KEY_LIST };

/* Those of an entry come first, in the order of the documentation. The last row is none. */
#define KEY(name) (name), sizeof(name) - 1
static const struct known_key {
    const char *name;
    size_t length;
    enum key key;
    enum reply_field field;
} KEYS[] = {
    {KEY("success"), KEY_FIELD, REPLY_SUCCESS},
    {KEY("code"), KEY_FIELD, REPLY_CODE},
    {KEY("phoneNumber"), KEY_FIELD, REPLY_PHONE},
    {KEY("messageId"), KEY_FIELD, REPLY_ID},
    {KEY("status"), KEY_FIELD, REPLY_STATUS},
    {KEY("date"), KEY_FIELD, REPLY_DATE},
    {KEY("stopSms"), KEY_FIELD, REPLY_STOP}, /* stopSMS in /bulk-status */
    {KEY("isSpam"), KEY_FIELD, REPLY_SPAM},
    {KEY("statut"), KEY_FIELD, REPLY_STATUS}, /* so in /message-status */
    {KEY("message"), KEY_MESSAGE, REPLY_FIELDS},
    {KEY("errors"), KEY_ERRORS, REPLY_FIELDS},
    {KEY("error"), KEY_ERRORS, REPLY_FIELDS}, /* so on the survey page and in the Go client */
    {KEY("StatutResponse_List"), KEY_LIST, REPLY_FIELDS},
    {KEY(""), KEY_OTHER, REPLY_FIELDS},
};
static const struct known_key *const NO_KEY = &KEYS[sizeof KEYS / sizeof KEYS[0] - 1];

struct reply_json {
    struct reply *reply;
    struct json_parser parser;
    const struct known_key *key;    /* before the value that comes next */
    const struct known_key *likely; /* behind that value, if keys come in the usual order */
    int depth;
    bool in_list, in_entry, in_errors;
    enum reply_state problem;
    const char *problem_text; /* constant; NULL: none, then yajl knows */
};

static int refuse(struct reply_json *json, enum reply_state state, const char *text)
{
    json->problem = state;
    json->problem_text = text;
    return 0;
}

static void on_scalar_in_errors(struct reply_json *json, const char *text, size_t length,
                                bool is_string)
{
    if (json->key->key == KEY_MESSAGE || (json->key->key == KEY_ERRORS && is_string))
        reply_top_message(json->reply, text, length);
    else if (json->key->key == KEY_FIELD && json->key->field == REPLY_CODE)
        reply_nested_code(json->reply, text, length);
}

static int on_scalar_elsewhere(struct reply_json *json, const char *text, size_t length,
                               bool is_string)
{
    if (json->depth == 0)
        return refuse(json, REPLY_WRONG_SHAPE, "it is not an object");
    if (json->in_errors || (json->depth == TOP && json->key->key == KEY_ERRORS))
        on_scalar_in_errors(json, text, length, is_string);
    else if (json->depth == TOP && json->key->key == KEY_MESSAGE)
        reply_top_message(json->reply, text, length);
    else if (json->depth == TOP && json->key->key == KEY_FIELD)
        reply_top_field(json->reply, json->key->field, text, length);
    return 1;
}

static inline int on_scalar(struct reply_json *json, const char *text, size_t length,
                            bool is_string)
{
    if (!json->in_entry || json->depth != ENTRY || json->key->key != KEY_FIELD)
        return on_scalar_elsewhere(json, text, length, is_string);
    reply_entry_field(json->reply, json->key->field, text, length);
    return 1;
}

static int on_null(void *context)
{
    return on_scalar(context, "", 0, false);
}

static int on_boolean(void *context, int value)
{
    return on_scalar(context, value ? "true" : "false", value ? 4 : 5, false);
}

static int on_number(void *context, const char *text, size_t length)
{
    return on_scalar(context, text, length, false);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return on_scalar(context, (const char *)text, length, true);
}

static int enter(struct reply_json *json)
{
    if (json->depth == TOP && json->key->key == KEY_ERRORS)
        json->in_errors = true;
    if (++json->depth > DEPTH_MAX)
        return refuse(json, REPLY_WRONG_SHAPE, "it is nested too deeply");
    return 1;
}

static void leave(struct reply_json *json)
{
    json->depth--;
    json->key = NO_KEY;
    if (json->depth == TOP)
        json->in_errors = json->in_list = false;
}

static int on_start_map(void *context)
{
    struct reply_json *json = context;
    if (json->in_list && json->depth == LIST) {
        json->in_entry = true;
        reply_begin_entry(json->reply);
    }
    return enter(json);
}

static int on_end_map(void *context)
{
    struct reply_json *json = context;
    bool ends_entry = json->in_entry && json->depth == ENTRY;
    leave(json);
    if (!ends_entry)
        return 1;
    json->in_entry = false;
    return reply_end_entry(json->reply) || refuse(json, REPLY_NO_MEMORY, "out of memory");
}

static int on_start_array(void *context)
{
    struct reply_json *json = context;
    if (json->depth == 0)
        return refuse(json, REPLY_WRONG_SHAPE, "it is not an object");
    if (json->depth == TOP && json->key->key == KEY_LIST) {
        json->in_list = true;
        reply_list(json->reply);
    }
    return enter(json);
}

static int on_end_array(void *context)
{
    leave(context);
    return 1;
}

static const struct known_key *find_key(const char *name, size_t length)
{
    const struct known_key *key = KEYS;
    while (key->length > 0 && !text_equals_ignoring_case(name, length, key->name))
        key++;
    return key;
}

/* Entries have the same keys in the same order, so the next is known but for a few. */
static int on_map_key(void *context, const unsigned char *name, size_t length)
{
    struct reply_json *json = context;
    const struct known_key *key = json->likely;
    if (length != key->length || !text_is_same((const char *)name, key->name, length))
        key = find_key((const char *)name, length);
    json->key = key;
    json->likely = key->field < REPLY_SPAM ? key + 1 : KEYS;
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

struct reply_json *reply_json_new(struct reply *reply)
{
    struct reply_json *json = calloc(1, sizeof *json);
    if (!json)
        return NULL;
    json->reply = reply;
    json->key = NO_KEY;
    json->likely = KEYS;
    if (json_parser_open(&json->parser, &CALLBACKS, json, false))
        return json;
    reply_json_free(json);
    return NULL;
}

void reply_json_free(struct reply_json *json)
{
    if (!json)
        return;
    json_parser_close(&json->parser);
    free(json);
}

static bool fail(struct reply_json *json, struct reply_result *result)
{
    char what[TEXT_SIZE];
    if (json_parser_is_out(&json->parser))
        refuse(json, REPLY_NO_MEMORY, "out of memory");
    result->state = json->problem_text ? json->problem : REPLY_NOT_READABLE;
    if (json->problem_text)
        snprintf(result->reason, sizeof result->reason, "%s", json->problem_text);
    else
        snprintf(result->reason, sizeof result->reason, "not JSON: %s at byte %zu",
                 json_parser_describe(&json->parser, what), json_parser_total(&json->parser));
    return false;
}

bool reply_json_feed(struct reply_json *json, const char *bytes, size_t length,
                     struct reply_result *result)
{
    return json_parser_feed(&json->parser, bytes, length) || fail(json, result);
}

/* All that came was sound: what is wrong now can only be that more should have come. */
bool reply_json_finish(struct reply_json *json, struct reply_result *result)
{
    if (json_parser_finish(&json->parser))
        return true;
    if (json->problem_text || json_parser_is_out(&json->parser))
        return fail(json, result);
    result->state = REPLY_CUT_OFF;
    snprintf(result->reason, sizeof result->reason, "the answer was cut off after %zu bytes",
             json->parser.before);
    return false;
}
