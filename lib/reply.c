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

enum { SLOTS = 1024, CODE_MAX = 999999 };

/* The value of a field, as it came; length 0: none, or null. One that is too long is no value of
 * the API; its beginning is enough to see that. */
struct value {
    size_t length;
    char text[DETAIL_STATUS_MAX];
};

/* The words of an entry that decide its outcome, and what they came to. Most entries of an answer
 * say the same as the one before, so they are kept, and judged anew only where they differ. */
enum { SAID_SUCCESS = 1, SAID_CODE = 2, SAID_STATUS = 4 };
struct words {
    unsigned said; /* which of them there are */
    struct value success, code, status;
    bool holds;
    enum outcome_kind kind; /* grace not yet applied */
    uint16_t detail;
};

/* The entry that is being read; its words go straight there. */
struct entry {
    uint64_t number, id;
    bool has_number, has_id, spam, stop;
    unsigned said;
    struct value date;
};

struct reply {
    const struct reply_rules *rules;
    const struct message *messages;
    struct outcome *outcomes;
    size_t count;
    size_t likely;         /* where the message of the next entry stands, if they are in order */
    bool has_slots;        /* filled when a first entry is out of order */
    uint16_t slots[SLOTS]; /* position + 1 of messages by hash, 0: free */
    struct entry entry;
    struct words words;
    struct value success, code, nested_code; /* of the answer as a whole */
    struct value message;
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

static void fill_slots(struct reply *reply)
{
    reply->has_slots = true;
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

static void set_value(struct value *value, const char *text, size_t length)
{
    value->length = length < sizeof value->text ? length : sizeof value->text;
    memcpy(value->text, text, value->length);
}

void reply_top_field(struct reply *reply, enum reply_field field, const char *text, size_t length)
{
    if (field == REPLY_SUCCESS)
        set_value(&reply->success, text, length);
    else if (field == REPLY_CODE)
        set_value(&reply->code, text, length);
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
    struct entry *entry = &reply->entry;
    entry->has_number = entry->has_id = entry->spam = entry->stop = false;
    entry->said = 0;
    entry->date.length = 0;
}

static bool is_false(const struct value *flag)
{
    return text_equals_ignoring_case(flag->text, flag->length, "false") ||
           text_equals_ignoring_case(flag->text, flag->length, "0");
}

static bool is_set(const char *text, size_t length)
{
    return length == 1 ? *text == '1' : text_equals_ignoring_case(text, length, "true");
}

/* Puts a word of the entry where it is kept, unless it is there from the entry before. */
static void say(struct reply *reply, unsigned which, struct value *known, const char *text,
                size_t length)
{
    reply->entry.said |= which;
    if (known->length == length && text_is_same(known->text, text, length))
        return;
    set_value(known, text, length);
    reply->words.holds = false;
}

static void take_success(struct reply *reply, const char *text, size_t length)
{
    say(reply, SAID_SUCCESS, &reply->words.success, text, length);
}

static void take_code(struct reply *reply, const char *text, size_t length)
{
    say(reply, SAID_CODE, &reply->words.code, text, length);
}

static void take_phone(struct reply *reply, const char *text, size_t length)
{
    const char *why = NULL;
    uint64_t *number = &reply->entry.number;
    reply->entry.has_number = phone_parse_plain(text, length, number) ||
                              phone_parse(text, length, reply->rules->country_code, number, &why);
}

static void take_id(struct reply *reply, const char *text, size_t length)
{
    text_trim(&text, &length);
    reply->entry.has_id =
        length > 0 && number_take_digits(text, length, &reply->entry.id) == length;
}

static void take_status(struct reply *reply, const char *text, size_t length)
{
    say(reply, SAID_STATUS, &reply->words.status, text, length);
}

static void take_date(struct reply *reply, const char *text, size_t length)
{
    set_value(&reply->entry.date, text, length);
}

static void take_stop(struct reply *reply, const char *text, size_t length)
{
    reply->entry.stop = reply->entry.stop || is_set(text, length);
}

static void take_spam(struct reply *reply, const char *text, size_t length)
{
    reply->entry.spam = reply->entry.spam || is_set(text, length);
}

reply_taker *const REPLY_TAKERS[REPLY_FIELDS] = {
    [REPLY_SUCCESS] = take_success, [REPLY_CODE] = take_code,     [REPLY_PHONE] = take_phone,
    [REPLY_ID] = take_id,           [REPLY_STATUS] = take_status, [REPLY_DATE] = take_date,
    [REPLY_STOP] = take_stop,       [REPLY_SPAM] = take_spam,
};

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

static bool is_wanted(const struct reply *reply, size_t i)
{
    return reply->messages[i].id == reply->entry.id &&
           reply->messages[i].number == reply->entry.number;
}

/* Where the message that the entry is about stands, or count when nobody asked. */
static size_t find_message(struct reply *reply)
{
    const struct message wanted = {.number = reply->entry.number, .id = reply->entry.id};
    if (!reply->entry.has_number || !reply->entry.has_id)
        return reply->count;
    if (reply->likely < reply->count && is_wanted(reply, reply->likely))
        return reply->likely;
    if (!reply->has_slots)
        fill_slots(reply);
    for (size_t slot = slot_of(&wanted); reply->slots[slot] != 0; slot = (slot + 1) % SLOTS)
        if (is_wanted(reply, reply->slots[slot] - 1U))
            return reply->slots[slot] - 1U;
    return reply->count;
}

static enum outcome_kind apply_grace(const struct reply_rules *rules, const struct message *message)
{
    if (rules->grace_ms == 0)
        return OUTCOME_OVERDUE;
    if (message->sent_ms == MESSAGE_SENT_UNKNOWN)
        return OUTCOME_WAITING;
    return rules->now_ms - message->sent_ms < rules->grace_ms ? OUTCOME_WAITING : OUTCOME_OVERDUE;
}

static enum outcome_kind judge_words(const struct words *words, bool has_code, int code)
{
    if (has_code && api_error_is_not_found(code))
        return OUTCOME_NOT_FOUND;
    if (has_code ? code != API_CODE_FINE : is_false(&words->success))
        return OUTCOME_UNKNOWN;
    return outcome_from_status(words->status.text, words->status.length);
}

/* Judges the words of the entry, unless all are those of the one before. False: out of memory. */
static bool judge_entry(struct reply *reply)
{
    struct words *words = &reply->words;
    struct detail detail = {0};
    unsigned said = reply->entry.said;
    if (words->holds && words->said == said)
        return true;
    words->holds = false;
    words->said = said;
    words->success.length = said & SAID_SUCCESS ? words->success.length : 0;
    words->code.length = said & SAID_CODE ? words->code.length : 0;
    words->status.length = said & SAID_STATUS ? words->status.length : 0;
    detail.status = said & SAID_STATUS ? words->status.text : NULL;
    detail.has_code = read_code(&words->code, &detail.code);
    if (!detail_intern(reply->rules->details, &detail, words->status.length, &words->detail))
        return false;
    words->kind = judge_words(words, detail.has_code, detail.code);
    words->holds = true;
    return true;
}

/* From the sent time to the API's date; a date of 0 is a field left empty. */
static uint64_t read_latency(const struct reply *reply, const struct message *message)
{
    const struct value *date = &reply->entry.date;
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
    size_t i = find_message(reply);
    if (i == reply->count || reply->outcomes[i].answered)
        return true;
    reply->likely = i + 1;
    if (!judge_entry(reply))
        return false;
    const struct message *message = &reply->messages[i];
    enum outcome_kind kind = reply->words.kind;
    uint64_t latency =
        kind == OUTCOME_DELIVERED ? read_latency(reply, message) : OUTCOME_NO_LATENCY;
    if (kind == OUTCOME_WAITING)
        kind = apply_grace(reply->rules, message);
    reply->outcomes[i] = (struct outcome){
        .latency_ms = latency & OUTCOME_NO_LATENCY,
        .detail = reply->words.detail,
        .kind = (unsigned)kind & 7U,
        .answered = 1,
        .spam = reply->entry.spam,
        .stop = reply->entry.stop,
    };
    return true;
}

/* Some servers put a byte order mark or white space before the answer; it may come in pieces. */
static void skip_prefix(struct reply *reply, const char **bytes, size_t *length)
{
    if (reply->json || reply->xml)
        return;
    while (*length > 0 && reply->mark_seen < strlen(TEXT_MARK) &&
           **bytes == TEXT_MARK[reply->mark_seen]) {
        reply->mark_seen++;
        ++*bytes;
        --*length;
    }
    if (*length > 0) /* this byte is none of a mark, so nor are later ones */
        reply->mark_seen = strlen(TEXT_MARK);
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
    bool refused = is_false(&reply->success);
    result->has_success = reply->success.length > 0;
    result->has_code = read_code(&reply->code, &result->code);
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
