/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One item of an answer as the Bulk Status page shows it: 8 fields in a good one, 5 in a failed
 * one, the message id a number, date and flags strings. Every oddity of a single item acts here.
 */
#define _POSIX_C_SOURCE 200809L

#include "item.h"

#include "api_error.h"
#include "json.h"
#include "memory.h"
#include "number.h"
#include "phone.h"
#include "scenario_line.h"
#include "wording.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void item_write_code(yajl_gen out, const struct options *options, int code)
{
    if (!odd(options, ODD_NO_SUCCESS)) {
        json_key(out, "success");
        json_bool(out, code == API_FINE);
    }
    json_key(out, "code");
    char *digits = memory_format("%d", code);
    if (odd(options, ODD_CODE_TEXT))
        json_text(out, digits);
    else
        json_digits(out, digits);
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

/* A key whose value is missing: left out, or null. */
static void write_missing(yajl_gen out, const struct options *options, const char *key)
{
    if (!odd(options, ODD_NULL_FIELDS))
        return;
    json_key(out, key);
    json_null(out);
}

/* What is no phone number comes back as it was. */
static void write_number(yajl_gen out, const struct options *options, const char *number)
{
    uint64_t digits;
    if (number == NULL) {
        write_missing(out, options, "phoneNumber");
        return;
    }
    json_key(out, "phoneNumber");
    if (phone_read(number, &digits)) {
        char text[PHONE_SIZE];
        phone_write(digits, spelling(options), text);
        json_text(out, text);
    } else {
        json_text(out, number);
    }
}

/* A number whether it was sent as one or as a string; what is none comes back as text. */
static void write_id(yajl_gen out, const struct options *options, const char *id)
{
    uint64_t value;
    if (id == NULL) {
        write_missing(out, options, "messageId");
        return;
    }
    json_key(out, "messageId");
    if (number_read(id, INT64_MAX, &value) && !odd(options, ODD_ID_TEXT))
        json_digits(out, scenario_id(id));
    else
        json_text(out, id);
}

static void write_status(yajl_gen out, const struct options *options, const struct fate *fate)
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
    json_key(out, "status");
    json_text(out, text);
    free(text);
}

/* Whether a waiting item has a date, and which, is documented nowhere. */
static void write_date(yajl_gen out, const struct options *options, const struct fate *fate)
{
    bool waiting = fate->status != NULL && strcasecmp(fate->status, "Waiting") == 0;
    bool empty = waiting && odd(options, ODD_WAITING_EMPTY_DATE);
    bool null = waiting && odd(options, ODD_WAITING_NULL_DATE);
    bool sent = waiting && odd(options, ODD_WAITING_DATE);
    if (!fate->dated && !empty && !null && !sent) {
        write_missing(out, options, "date");
        return;
    }
    json_key(out, "date");
    if (empty || null)
        json_text(out, empty ? "" : NULL);
    else
        wording_date(out, options, sent ? fate->sent : fate->date);
}

static void write_flag(yajl_gen out, const struct options *options, const char *key,
                       enum fate_flag flag)
{
    if (flag == FLAG_ABSENT) {
        write_missing(out, options, key);
        return;
    }
    json_key(out, key);
    if (odd(options, ODD_FLAGS_BOOL))
        json_bool(out, flag == FLAG_YES);
    else if (odd(options, ODD_FLAGS_INT))
        json_integer(out, flag == FLAG_YES);
    else
        json_text(out, flag == FLAG_YES ? "1" : "0");
}

/* An object inside that repeats the names around it, for readers who forget how deep they are. */
static void write_trap(yajl_gen out)
{
    json_key(out, "details");
    yajl_gen_map_open(out);
    json_key(out, "success");
    json_bool(out, false);
    json_key(out, "code");
    json_integer(out, API_NOT_FOUND);
    json_key(out, "status");
    json_text(out, "Not delivered");
    json_key(out, "messageId");
    json_integer(out, 0);
    json_key(out, "parts");
    yajl_gen_array_open(out);
    json_integer(out, 1);
    json_null(out);
    yajl_gen_array_close(out);
    yajl_gen_map_close(out);
}

/* What message-status adds to the same fields (Single Status page). */
static void write_extras(yajl_gen out, const struct subject *subject)
{
    json_key(out, "cost");
    json_digits(out, "0.045");
    json_key(out, "countryCode");
    json_text(out, "FR");
    json_key(out, "currency");
    json_text(out, "EUR");
    json_key(out, "number");
    json_text(out, subject->number);
}

void item_write(yajl_gen out, const struct options *options, const struct subject *subject)
{
    const struct fate *fate = &subject->fate;
    bool failed = fate->code != API_FINE;
    enum fate_flag stop = failed ? FLAG_ABSENT : fate->stop;
    enum fate_flag spam = failed ? FLAG_ABSENT : fate->spam;

    yajl_gen_map_open(out);
    if (odd(options, ODD_EXTRA_FIELDS))
        write_trap(out);
    item_write_code(out, options, fate->code);
    write_number(out, options, subject->number);
    write_id(out, options, subject->id);
    write_status(out, options, fate);
    if (failed)
        write_missing(out, options, "date");
    else
        write_date(out, options, fate);
    write_flag(out, options, odd(options, ODD_STOP_UPPER) ? "stopSMS" : "stopSms", stop);
    write_flag(out, options, "isSpam", spam);
    if (odd(options, ODD_EXTRA_FIELDS))
        write_extras(out, subject);
    yajl_gen_map_close(out);
}
