/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the API become outcomes; see reply.h. The decoders know the form, this file the
 * meaning. */
#include "reply.h"

#include "api_error.h"
#include "datetime.h"
#include "number.h"
#include "phone.h"
#include "reply_events.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1024, ID_DIGITS_MAX = 19, CODE_MAX = 999999 };

static const char UTF8_MARK[] = "\xEF\xBB\xBF";

/* The value of a field, as it came; length 0: none, or null. */
struct value {
    size_t length;
    char text[DETAIL_STATUS_MAX];
};

struct reply {
    const struct reply_rules *rules;
    const struct message *messages;
    struct outcome *outcomes;
    size_t count;
    uint16_t slots[SLOTS]; /* position + 1 of messages by hash, 0: free */
    struct value top[REPLY_FIELDS], entry[REPLY_FIELDS], nested_code, message;
    bool has_list;
    size_t body_length;
    size_t mark_seen;        /* bytes of a byte order mark that went by */
    struct reply_json *json; /* at most one of the two, chosen by the first byte */
    struct reply_xml *xml;
    struct reply_result failed; /* state and reason, once the decoder gave up */
    bool has_failed;
};

static bool give_up(struct reply *reply, enum reply_state state, const char *reason)
{
    reply->has_failed = true;
    reply->failed.state = state;
    snprintf(reply->failed.reason, sizeof reply->failed.reason, "%s", reason);
    return false;
}

#ifdef HAVE_EXPAT
static bool open_xml(struct reply *reply)
{
    reply->xml = reply_xml_new(reply);
    return reply->xml != NULL;
}

static void close_xml(struct reply *reply)
{
    reply_xml_free(reply->xml);
}

static bool feed_xml(struct reply *reply, const char *bytes, size_t length)
{
    return reply_xml_feed(reply->xml, bytes, length, &reply->failed);
}

static bool finish_xml(struct reply *reply)
{
    return reply_xml_finish(reply->xml, &reply->failed);
}
#else
static bool open_xml(struct reply *reply)
{
    return give_up(reply, REPLY_NOT_READABLE,
                   "it is an HTML page, or XML, which this build can't read (no expat)");
}

static void close_xml(struct reply *reply)
{
    (void)reply;
}

static bool feed_xml(struct reply *reply, const char *bytes, size_t length)
{
    (void)bytes, (void)length;
    return !reply->has_failed;
}

static bool finish_xml(struct reply *reply)
{
    return !reply->has_failed;
}
#endif

static size_t slot_of(const struct message *message)
{
    return (size_t)message_hash(message->number, message->id) % SLOTS;
}

static void index_messages(struct reply *reply)
{
    for (size_t i = 0; i < reply->count; i++) {
        size_t slot = slot_of(&reply->messages[i]);
        while (reply->slots[slot] != 0)
            slot = (slot + 1) % SLOTS;
        reply->slots[slot] = (uint16_t)(i + 1);
    }
}

static void reset_outcomes(struct reply *reply)
{
    for (size_t i = 0; i < reply->count; i++)
        reply->outcomes[i] = outcome_initial();
}

struct reply *reply_new(const struct reply_rules *rules, const struct message *messages,
                        struct outcome *outcomes, size_t count)
{
    struct reply *reply = calloc(1, sizeof *reply);
    if (!reply)
        return NULL;
    reply->rules = rules;
    reply->messages = messages;
    reply->outcomes = outcomes;
    reply->count = count;
    index_messages(reply);
    reset_outcomes(reply);
    return reply;
}

void reply_free(struct reply *reply)
{
    if (!reply)
        return;
    reply_json_free(reply->json);
    close_xml(reply);
    free(reply);
}

/* A value that is too long is no value of the API; its beginning is enough to see that. */
static void set_value(struct value *value, const char *text, size_t length)
{
    value->length = length < sizeof value->text ? length : sizeof value->text;
    if (value->length > 0)
        memcpy(value->text, text, value->length);
}

void reply_top_field(struct reply *reply, enum reply_field field, const char *text, size_t length)
{
    set_value(&reply->top[field], text, length);
}

void reply_top_message(struct reply *reply, const char *text, size_t length)
{
    if (reply->message.length == 0)
        set_value(&reply->message, text, length);
}

void reply_nested_code(struct reply *reply, const char *text, size_t length)
{
    if (reply->nested_code.length == 0)
        set_value(&reply->nested_code, text, length);
}

void reply_list(struct reply *reply)
{
    reply->has_list = true;
}

void reply_begin_entry(struct reply *reply)
{
    for (size_t i = 0; i < REPLY_FIELDS; i++)
        reply->entry[i].length = 0;
}

static bool value_is(const struct value *value, const char *word)
{
    return text_equals_ignoring_case(value->text, value->length, word);
}

static bool is_false(const struct value *flag)
{
    return value_is(flag, "false") || value_is(flag, "0");
}

static bool is_set(const struct value *flag)
{
    return value_is(flag, "1") || value_is(flag, "true");
}

/* Of two spellings of a field (stopSms, stopSMS) the one that says something counts. */
void reply_entry_field(struct reply *reply, enum reply_field field, const char *text, size_t length)
{
    struct value *value = &reply->entry[field];
    bool is_flag = field == REPLY_STOP || field == REPLY_SPAM;
    if (length > 0 && !(is_flag && is_set(value)))
        set_value(value, text, length);
}

/* An absent code is no code; one that is no number is an error code like others. */
static bool read_code(const struct value *value, int *code)
{
    uint64_t number = 0;
    const char *text = value->text;
    size_t length = value->length;
    text_trim(&text, &length);
    if (length == 0)
        return false;
    *code = number_parse_unsigned(text, length, CODE_MAX, &number) ? (int)number : -1;
    return true;
}

/* The outcome of the message that the entry is about, or NULL when nobody asked. */
static struct outcome *find_outcome(const struct reply *reply, const struct message **message)
{
    const struct value *id = &reply->entry[REPLY_ID], *phone = &reply->entry[REPLY_PHONE];
    struct message wanted = {0};
    const char *why = NULL, *text = id->text;
    size_t length = id->length;
    text_trim(&text, &length);
    if (length > ID_DIGITS_MAX || !number_parse_unsigned(text, length, UINT64_MAX, &wanted.id) ||
        !phone_parse(phone->text, phone->length, reply->rules->country_code, &wanted.number, &why))
        return NULL;
    for (size_t slot = slot_of(&wanted); reply->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        size_t i = reply->slots[slot] - 1U;
        *message = &reply->messages[i];
        if ((*message)->id == wanted.id && (*message)->number == wanted.number)
            return &reply->outcomes[i];
    }
    return NULL;
}

static enum outcome_kind apply_grace(const struct reply_rules *rules, const struct message *message)
{
    if (rules->grace_ms == 0)
        return OUTCOME_OVERDUE;
    if (message->sent_ms == MESSAGE_SENT_UNKNOWN)
        return OUTCOME_WAITING;
    return rules->now_ms - message->sent_ms < rules->grace_ms ? OUTCOME_WAITING : OUTCOME_OVERDUE;
}

static enum outcome_kind judge_entry(const struct reply *reply, const struct message *message,
                                     bool has_code, int code)
{
    const struct value *status = &reply->entry[REPLY_STATUS];
    if (has_code && api_error_is_not_found(code))
        return OUTCOME_NOT_FOUND;
    if (has_code ? code != API_CODE_FINE : is_false(&reply->entry[REPLY_SUCCESS]))
        return OUTCOME_UNKNOWN;
    enum outcome_kind kind = outcome_from_status(status->text, status->length);
    return kind == OUTCOME_WAITING ? apply_grace(reply->rules, message) : kind;
}

/* From the sent time to the API's date; a date of 0 is a field left empty. */
static uint64_t read_latency(const struct reply *reply, const struct message *message)
{
    const struct value *date = &reply->entry[REPLY_DATE];
    const char *text = date->text;
    size_t length = date->length;
    int64_t date_ms = 0;
    text_trim(&text, &length);
    if (message->sent_ms == MESSAGE_SENT_UNKNOWN ||
        !datetime_parse(text, length, DATETIME_PARIS, &date_ms) || date_ms == 0)
        return OUTCOME_NO_LATENCY;
    int64_t latency = date_ms - message->sent_ms;
    if (latency >= (int64_t)OUTCOME_NO_LATENCY)
        return OUTCOME_NO_LATENCY;
    return latency > 0 ? (uint64_t)latency : 0;
}

bool reply_end_entry(struct reply *reply)
{
    const struct value *status = &reply->entry[REPLY_STATUS];
    const struct message *message = NULL;
    struct outcome *outcome = find_outcome(reply, &message);
    struct detail detail = {.status = status->length > 0 ? status->text : NULL};
    uint16_t number = 0;
    if (!outcome || outcome->answered)
        return true;
    detail.has_code = read_code(&reply->entry[REPLY_CODE], &detail.code);
    if (!detail_intern(reply->rules->details, &detail, status->length, &number))
        return false;
    enum outcome_kind kind = judge_entry(reply, message, detail.has_code, detail.code);
    uint64_t latency =
        kind == OUTCOME_DELIVERED ? read_latency(reply, message) : OUTCOME_NO_LATENCY;
    *outcome = (struct outcome){
        .latency_ms = latency & OUTCOME_NO_LATENCY,
        .detail = number,
        .kind = (unsigned)kind & 7U,
        .answered = 1,
        .spam = is_set(&reply->entry[REPLY_SPAM]),
        .stop = is_set(&reply->entry[REPLY_STOP]),
    };
    return true;
}

/* Some servers put a byte order mark or white space before the answer; it may come in pieces. */
static void skip_prefix(struct reply *reply, const char **bytes, size_t *length)
{
    if (reply->json || reply->xml)
        return;
    while (*length > 0 && reply->mark_seen < strlen(UTF8_MARK) &&
           **bytes == UTF8_MARK[reply->mark_seen]) {
        reply->mark_seen++;
        ++*bytes;
        --*length;
    }
    if (*length > 0) /* this byte is none of a mark, so nor are later ones */
        reply->mark_seen = strlen(UTF8_MARK);
    while (*length > 0 && (text_is_blank(**bytes) || **bytes == '\r' || **bytes == '\n')) {
        ++*bytes;
        --*length;
    }
}

/* The answer is taken for what it is, whatever was asked for. */
static bool choose_decoder(struct reply *reply, char first)
{
    if (first == '<' && !open_xml(reply))
        return reply->has_failed ? false : give_up(reply, REPLY_NO_MEMORY, "out of memory");
    if (first != '<' && !(reply->json = reply_json_new(reply)))
        return give_up(reply, REPLY_NO_MEMORY, "out of memory");
    return true;
}

bool reply_feed(struct reply *reply, const char *bytes, size_t length)
{
    if (reply->has_failed)
        return false;
    if (length > REPLY_BODY_MAX - reply->body_length)
        return give_up(reply, REPLY_TOO_LARGE, "the answer is larger than 8 MiB");
    reply->body_length += length;
    skip_prefix(reply, &bytes, &length);
    if (length == 0)
        return true;
    if (!reply->json && !reply->xml && !choose_decoder(reply, *bytes))
        return false;
    reply->has_failed = reply->json ? !reply_json_feed(reply->json, bytes, length, &reply->failed)
                                    : !feed_xml(reply, bytes, length);
    return !reply->has_failed;
}

static bool finish_decoder(struct reply *reply)
{
    if (reply->json)
        return reply_json_finish(reply->json, &reply->failed);
    if (reply->xml)
        return finish_xml(reply);
    return give_up(reply, REPLY_EMPTY, "the answer is empty");
}

static void describe_api_error(const struct reply *reply, struct reply_result *result)
{
    const struct value *message = &reply->message;
    result->state = REPLY_API_ERROR;
    snprintf(result->message, sizeof result->message, "%.*s", (int)message->length, message->text);
}

/* What the whole body says, once it has proved to be sound JSON. */
static void judge_answer(const struct reply *reply, struct reply_result *result)
{
    bool refused = is_false(&reply->top[REPLY_SUCCESS]);
    result->has_success = reply->top[REPLY_SUCCESS].length > 0;
    result->has_code = read_code(&reply->top[REPLY_CODE], &result->code);
    if (!result->has_code && refused)
        result->has_code = read_code(&reply->nested_code, &result->code);
    if (refused || (result->has_code && result->code != API_CODE_FINE)) {
        describe_api_error(reply, result);
        return;
    }
    result->state = reply->has_list ? REPLY_ANSWERED : REPLY_WRONG_SHAPE;
    if (!reply->has_list)
        snprintf(result->reason, sizeof result->reason,
                 "StatutResponse_List is missing, or is no list");
}

/* Messages that a sound answer left out are unknown for that reason. */
static void mark_missing_entries(struct reply *reply)
{
    for (size_t i = 0; i < reply->count; i++)
        if (!reply->outcomes[i].answered)
            reply->outcomes[i].detail = DETAIL_NO_ENTRY;
}

void reply_finish(struct reply *reply, struct reply_result *result)
{
    *result = (struct reply_result){0};
    if (!reply->has_failed)
        reply->has_failed = !finish_decoder(reply);
    if (reply->has_failed)
        *result = reply->failed;
    else
        judge_answer(reply, result);
    if (result->state == REPLY_ANSWERED)
        mark_missing_entries(reply);
    else
        reset_outcomes(reply);
}
