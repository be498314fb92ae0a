/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a batch: three texts from whatever source become a message, or a reason why not. */
#ifndef RECORD_H
#define RECORD_H

#include "message.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

/* What the fields of a record mean. RECORD_FIELDS is their number and stands for no field. */
enum record_field { RECORD_PHONE, RECORD_ID, RECORD_SENT, RECORD_FIELDS };

/* Not terminated; length 0 where there is none. Borrowed from whoever reads the batch. */
struct record_text {
    const char *text;
    size_t length;
};

struct record {
    struct record_text field[RECORD_FIELDS];
};

struct record_rules {
    const char *country_code; /* for national numbers, digits */
    bool needs_sent_time;
    struct text_rules text; /* how foreign text is shown in a reason */
};

enum { RECORD_REASON_SIZE = TEXT_SIZE + 160 };

/*
 * The field that a column or key of this name holds, letter case ignored. *rank tells which of two
 * names for the same field is meant when both are there: the lower one.
 */
enum record_field record_field_named(const char *name, size_t length, int *rank);

/* False with a reason for the user when the record is invalid. */
bool record_read(const struct record *record, const struct record_rules *rules,
                 struct message *message, char reason[RECORD_REASON_SIZE]);

#endif
