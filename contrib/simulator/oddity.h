/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_ODDITY_H
#define SIMULATOR_ODDITY_H

#include "complaint.h"

#include <stdbool.h>
#include <stddef.h>

/* Ways in which an answer may differ from the documented one; what each does is said in the table
 * of oddity.c, which --help prints. */
enum oddity {
    ODD_SHUFFLE,
    ODD_MISSING,
    ODD_DOUBLED,
    ODD_UNASKED,
    ODD_EMPTY_LIST,
    ODD_NO_LIST,
    ODD_WRONG_KEY_SPELLING_OK,
    ODD_WAITING_DATE,
    ODD_WAITING_EMPTY_DATE,
    ODD_WAITING_NULL_DATE,
    ODD_DATE_INT,
    ODD_DATE_MS,
    ODD_DATE_TEXT,
    ODD_DATE_ISO,
    ODD_FLAGS_INT,
    ODD_FLAGS_BOOL,
    ODD_STOP_UPPER,
    ODD_ID_TEXT,
    ODD_CODE_TEXT,
    ODD_LOWER_CASE,
    ODD_SMPP,
    ODD_FRENCH_STATUS,
    ODD_HTML_STATUS,
    ODD_NUMBER_NATIONAL,
    ODD_NUMBER_SPACED,
    ODD_NUMBER_00,
    ODD_NUMBER_DIGITS,
    ODD_ENGLISH,
    ODD_EXTRA_FIELDS,
    ODD_NULL_FIELDS,
    ODD_NO_SUCCESS,
    ODD_ESCAPED,
    ODD_PRETTY,
    ODD_BOM,
    ODD_FORMAT_IGNORED_JSON,
    ODD_FORMAT_IGNORED_XML,
    ODD_FORMAT_IN_BODY,
    ODD_FORMAT_IN_QUERY,
    ODD_XML_NO_CDATA,
    ODD_XML_LEFT_OUT,
    ODD_XML_DOCTYPE,
    ODD_COUNT
};

struct oddity_row {
    const char *name;
    const char *rival; /* no two oddities with the same rival word together; NULL: goes with all */
    unsigned n;        /* default of NAME=N; 0 when the oddity takes no number */
    const char *help;
};

extern const struct oddity_row oddity_table[ODD_COUNT];

/* Which are on: 0 is off, otherwise the number given or 1. */
struct oddities {
    unsigned n[ODD_COUNT];
};

/* Turns on those of a comma-separated list of NAME or NAME=N. False, with the reason, for a name
 * that is not known, a number that is not wanted, or two that exclude each other. */
bool oddities_add(struct oddities *oddities, const char *list, struct complaint *reason);

#endif
