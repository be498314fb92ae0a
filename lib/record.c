/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a batch; see record.h. */
#include "record.h"

#include "datetime.h"
#include "number.h"
#include "phone.h"

#include <stdio.h>

enum { ID_DIGITS_MAX = 19 };

enum record_field record_field_named(const char *name, size_t length, int *rank)
{
    static const struct {
        const char *name;
        enum record_field field;
    } names[] = {
        {"phoneNumber", RECORD_PHONE},
        {"phone", RECORD_PHONE},
        {"number", RECORD_PHONE},
        {"to", RECORD_PHONE},
        {"messageId", RECORD_ID},
        {"message_id", RECORD_ID},
        {"id", RECORD_ID},
        {"sentAt", RECORD_SENT},
        {"sent_at", RECORD_SENT},
        {"date", RECORD_SENT},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equals_ignoring_case(name, length, names[i].name)) {
            *rank = (int)i;
            return names[i].field;
        }
    }
    return RECORD_FIELDS;
}

/* Exports of a database write a missing value as nothing or as NULL. */
static bool is_missing(struct record_text field)
{
    return field.length == 0 ||
           (field.length == 4 && text_equals_ignoring_case(field.text, field.length, "null"));
}

static bool refuse(char reason[RECORD_REASON_SIZE], const struct record_rules *rules,
                   struct record_text field, const char *before, const char *after)
{
    char shown[TEXT_SIZE];
    text_clean(shown, field.text, field.length, &rules->text);
    if (text_looks_like_key(field.text, field.length)) /* is its file the batch? */
        snprintf(shown, sizeof shown, "[not shown: it looks like an API key]");
    snprintf(reason, RECORD_REASON_SIZE, "%s'%s' %s", before, shown, after);
    return false;
}

static bool missing(char reason[RECORD_REASON_SIZE], const char *what)
{
    snprintf(reason, RECORD_REASON_SIZE, "%s", what);
    return false;
}

static bool read_phone(struct record_text field, const struct record_rules *rules,
                       struct message *message, char reason[RECORD_REASON_SIZE])
{
    const char *why = NULL;
    char after[80];
    if (is_missing(field))
        return missing(reason, "no phone number");
    if (phone_parse(field.text, field.length, rules->country_code, &message->number, &why))
        return true;
    snprintf(after, sizeof after, "is not a phone number: %s", why);
    return refuse(reason, rules, field, "", after);
}

static bool read_id(struct record_text field, const struct record_rules *rules,
                    struct message *message, char reason[RECORD_REASON_SIZE])
{
    if (is_missing(field))
        return missing(reason, "no message id (was the message sent at all?)");
    if (field.length <= ID_DIGITS_MAX &&
        number_parse_unsigned(field.text, field.length, UINT64_MAX, &message->id))
        return true;
    return refuse(reason, rules, field, "message id ", "is not a number of 1 to 19 digits");
}

static bool read_sent_time(struct record_text field, const struct record_rules *rules,
                           struct message *message, char reason[RECORD_REASON_SIZE])
{
    message->sent_ms = MESSAGE_SENT_UNKNOWN;
    if (is_missing(field))
        return !rules->needs_sent_time || missing(reason, "no sent time, which --since needs");
    if (datetime_parse(field.text, field.length, DATETIME_LOCAL, &message->sent_ms))
        return true;
    return refuse(reason, rules, field, "sent time ",
                  "is neither epoch seconds nor like 2026-11-23T08:18:00Z");
}

bool record_read(const struct record *record, const struct record_rules *rules,
                 struct message *message, char reason[RECORD_REASON_SIZE])
{
    struct record trimmed = *record;
    for (int i = 0; i < RECORD_FIELDS; i++)
        text_trim(&trimmed.field[i].text, &trimmed.field[i].length);
    return read_phone(trimmed.field[RECORD_PHONE], rules, message, reason) &&
           read_id(trimmed.field[RECORD_ID], rules, message, reason) &&
           read_sent_time(trimmed.field[RECORD_SENT], rules, message, reason);
}
