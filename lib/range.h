/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ranges of the Monitoring Plugins guidelines, read strictly: [@][start:][end], ~ for minus
 * infinity, alert outside of them (@: inside), both ends belong to the range.
 */
#ifndef RANGE_H
#define RANGE_H

#include "number.h"

#include <stdbool.h>
#include <stddef.h>

struct range {
    double start, end; /* infinite where open */
    bool inside;       /* alert inside of it */
    bool percent;      /* ends are a share in percent of something */
};

enum { RANGE_SIZE = 2 * NUMBER_SIZE + 8 };

/* False, *range untouched, for all that is not a range. A % behind either number makes it a share.
 */
bool range_parse(const char *text, size_t length, struct range *range);

/* True when the value is an alert. The range must not be a share. */
bool range_alerts(const struct range *range, double value);

/* The range that a share of whole amounts to. One that is no share is returned as it is. */
struct range range_of_share(const struct range *range, double whole);

/* The shortest text that reads as the same range (the percent sign is left to the caller). */
const char *range_format(char out[RANGE_SIZE], const struct range *range);

#endif
