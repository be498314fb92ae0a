/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a decoder of answers tells reply.c, field by field. All values are text, whatever their type
 * was: true is "true", null is nothing. Types of this API drift in the field, words don't.
 */
#ifndef REPLY_EVENTS_H
#define REPLY_EVENTS_H

#include "reply.h"

enum reply_field {
    REPLY_SUCCESS,
    REPLY_CODE,
    REPLY_PHONE,
    REPLY_ID,
    REPLY_STATUS,
    REPLY_DATE,
    REPLY_STOP,
    REPLY_SPAM,
    REPLY_FIELDS
};

/* The answer as a whole: success, code, and the API's message (the first one counts). */
void reply_top_field(struct reply *reply, enum reply_field field, const char *text, size_t length);
void reply_top_message(struct reply *reply, const char *text, size_t length);

/* The code inside an "errors" list, for answers that have none on top. */
void reply_nested_code(struct reply *reply, const char *text, size_t length);

/* The list of entries begins. */
void reply_list(struct reply *reply);

/* What takes each field of an entry; only for reply_entry_field, which eight times an entry goes
 * straight to it. */
typedef void reply_taker(struct reply *reply, const char *text, size_t length);
extern reply_taker *const REPLY_TAKERS[REPLY_FIELDS];

/* One entry. False from reply_end_entry: out of memory. */
void reply_begin_entry(struct reply *reply);
static inline void reply_entry_field(struct reply *reply, enum reply_field field, const char *text,
                                     size_t length)
{
    if (length > 0) /* of two spellings, stopSms and stopSMS, the one that says something counts */
        REPLY_TAKERS[field](reply, text, length);
}
bool reply_end_entry(struct reply *reply);

/* The decoders: new gives NULL when out of memory, free takes NULL. feed and finish are false, with
 * a state and reason for the user, when the bytes are no good. */
struct reply_json;
struct reply_json *reply_json_new(struct reply *reply);
void reply_json_free(struct reply_json *json);
bool reply_json_feed(struct reply_json *json, const char *bytes, size_t length,
                     struct reply_result *result);
bool reply_json_finish(struct reply_json *json, struct reply_result *result);

/* Only where the build has expat (HAVE_EXPAT). */
struct reply_xml;
struct reply_xml *reply_xml_new(struct reply *reply);
void reply_xml_free(struct reply_xml *xml);
bool reply_xml_feed(struct reply_xml *xml, const char *bytes, size_t length,
                    struct reply_result *result);
bool reply_xml_finish(struct reply_xml *xml, struct reply_result *result);

#endif
