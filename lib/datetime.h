/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points in time as the batch and the API write them: epoch numbers and ISO 8601. */
#ifndef DATETIME_H
#define DATETIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a date-time without an offset belongs. */
enum datetime_zone {
    DATETIME_LOCAL, /* the zone of the process: TZ, or the system's */
    DATETIME_PARIS  /* the provider's, see datetime.c */
};

/*
 * Reads epoch seconds (above 10^11: milliseconds), or YYYY-MM-DD, T or a blank, hh:mm[:ss[.fff]],
 * then nothing, Z, +hh, +hhmm or +hh:mm. Gives milliseconds since 1970, years 1970 to 9999.
 * False, *epoch_ms untouched, for all else.
 */
bool datetime_parse(const char *text, size_t length, enum datetime_zone zone, int64_t *epoch_ms);

/* True for a whole YYYY-MM-DD, and for a whole hh:mm...; used to join what a blank has split. */
bool datetime_is_date(const char *text, size_t length);
bool datetime_is_time(const char *text, size_t length);

/* True for a whole Z, +hh, +hhmm or +hh:mm. */
bool datetime_is_offset(const char *text, size_t length);

#endif
