/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One item of an answer as the Bulk Status page shows it: 8 fields in a good one, 5 in a failed
 * one, the message id a number, date and flags strings. Every oddity of a single item acts here.
 */
#define _POSIX_C_SOURCE 200809L

#include "item.h"

#include "api_error.h"
#include "memory.h"
#include "number.h"
#include "phone.h"
#include "scenario_line.h"
#include "wording.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void item_write_code(struct writer *out, const struct options *options, int code)
{
    if (!odd(options, ODD_NO_SUCCESS)) {
        writer_key(out, "success");
        writer_bool(out, code == API_FINE);
    }
    writer_key(out, "code");
    char *digits = memory_format("%d", code);
    if (odd(options, ODD_CODE_TEXT))
        writer_text(out, digits);
    else
        writer_digits(out, digits);
    free(digits);
}

static enum phone_spelling spelling(const struct options *options)
{
    if (odd(options, ODD_NUMBER_NATIONAL))
        return PHONE_NATIONAL;
    if (odd(options, ODD_NUMBER_SPACED))
        return PHONE_SPACED;
    if (odd(options, ODD_NUMBER_00))
        return PHONE_00;
    return odd(options, ODD_NUMBER_DIGITS) ? PHONE_DIGITS : PHONE_E164;
}

/* A key whose value is missing: left out, or null. Where there are no keys, something has to keep
 * the place of what comes later. */
static void write_missing(struct writer *out, const struct options *options, const char *key)
{
    bool place_holder = writer_is_positional(out) && !odd(options, ODD_XML_LEFT_OUT);
    if (!place_holder && !odd(options, ODD_NULL_FIELDS))
        return;
    writer_key(out, key);
    writer_null(out);
}

/* What is no phone number comes back as it was. */
static void write_number(struct writer *out, const struct options *options, const char *number)
{
    uint64_t digits;
    if (number == NULL) {
        write_missing(out, options, "phoneNumber");
        return;
    }
    writer_key(out, "phoneNumber");
    if (phone_read(number, &digits)) {
        char text[PHONE_SIZE];
        phone_write(digits, spelling(options), text);
        writer_text(out, text);
    } else {
        writer_text(out, number);
    }
}

/* A number whether it was sent as one or as a string; what is none comes back as text. */
static void write_id(struct writer *out, const struct options *options, const char *id)
{
    uint64_t value;
    if (id == NULL) {
        write_missing(out, options, "messageId");
        return;
    }
    writer_key(out, "messageId");
    if (number_read(id, INT64_MAX, &value) && !odd(options, ODD_ID_TEXT))
        writer_digits(out, scenario_id(id));
    else
        writer_text(out, id);
}

static void write_status(struct writer *out, const struct options *options, const struct fate *fate)
{
    char *text;
    if (fate->code != API_FINE) {
        const char *usual = api_error_text(fate->code, odd(options, ODD_ENGLISH));
        text = wording_text(options, fate->status != NULL ? fate->status : usual);
    } else if (fate->status != NULL) {
        text = wording_status(options, fate->status);
    } else {
        write_missing(out, options, "status");
        return;
    }
    writer_key(out, "status");
    writer_text(out, text);
    free(text);
}

/* Whether a waiting item has a date, and which, is documented nowhere. */
static void write_date(struct writer *out, const struct options *options, const struct fate *fate)
{
    bool waiting = fate->status != NULL && strcasecmp(fate->status, "Waiting") == 0;
    bool empty = waiting && odd(options, ODD_WAITING_EMPTY_DATE);
    bool null = waiting && odd(options, ODD_WAITING_NULL_DATE);
    bool sent = waiting && odd(options, ODD_WAITING_DATE);
    if (!fate->dated && !empty && !null && !sent) {
        write_missing(out, options, "date");
        return;
    }
    writer_key(out, "date");
    if (empty || null)
        writer_text(out, empty ? "" : NULL);
    else
        wording_date(out, options, sent ? fate->sent : fate->date);
}

static void write_flag(struct writer *out, const struct options *options, const char *key,
                       enum fate_flag flag)
{
    if (flag == FLAG_ABSENT) {
        write_missing(out, options, key);
        return;
    }
    writer_key(out, key);
    if (odd(options, ODD_FLAGS_BOOL))
        writer_bool(out, flag == FLAG_YES);
    else if (odd(options, ODD_FLAGS_INT))
        writer_integer(out, flag == FLAG_YES);
    else
        writer_text(out, flag == FLAG_YES ? "1" : "0");
}

/* An object inside that repeats the names around it, for readers who forget how deep they are. */
static void write_trap(struct writer *out)
{
    writer_key(out, "details");
    writer_open_object(out);
    writer_key(out, "success");
    writer_bool(out, false);
    writer_key(out, "code");
    writer_integer(out, API_NOT_FOUND);
    writer_key(out, "status");
    writer_text(out, "Not delivered");
    writer_key(out, "messageId");
    writer_integer(out, 0);
    writer_key(out, "parts");
    writer_open_list(out);
    writer_integer(out, 1);
    writer_null(out);
    writer_close_list(out);
    writer_close_object(out);
}

/* What message-status adds to the same fields (Single Status page). */
static void write_extras(struct writer *out, const struct subject *subject)
{
    writer_key(out, "cost");
    writer_digits(out, "0.045");
    writer_key(out, "countryCode");
    writer_text(out, "FR");
    writer_key(out, "currency");
    writer_text(out, "EUR");
    writer_key(out, "number");
    writer_text(out, subject->number);
}

/* The last three of 8 fields; a failed item has them only as nulls, for the oddity. */
static void write_report(struct writer *out, const struct options *options, const struct fate *fate)
{
    bool failed = fate->code != API_FINE;
    if (failed && !odd(options, ODD_NULL_FIELDS))
        return;
    if (failed)
        write_missing(out, options, "date");
    else
        write_date(out, options, fate);
    write_flag(out, options, odd(options, ODD_STOP_UPPER) ? "stopSMS" : "stopSms",
               failed ? FLAG_ABSENT : fate->stop);
    write_flag(out, options, "isSpam", failed ? FLAG_ABSENT : fate->spam);
}

/* Fields that nobody knows come last where places count, but the trap comes first where not. */
void item_write(struct writer *out, const struct options *options, const struct subject *subject)
{
    bool extra = odd(options, ODD_EXTRA_FIELDS);
    bool positional = writer_is_positional(out);
    writer_open_object(out);
    if (extra && !positional)
        write_trap(out);
    item_write_code(out, options, subject->fate.code);
    write_number(out, options, subject->number);
    write_id(out, options, subject->id);
    write_status(out, options, &subject->fate);
    write_report(out, options, &subject->fate);
    if (extra)
        write_extras(out, subject);
    if (extra && positional)
        write_trap(out);
    writer_close_object(out);
}
