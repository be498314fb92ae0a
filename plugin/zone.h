/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time zone of the process. libc silently reads unknown names as UTC, so they are checked. */
#ifndef ZONE_H
#define ZONE_H

#include <stdbool.h>

/* True for UTC and for names of the system's zone database. */
bool zone_exists(const char *name);

/* Makes it the zone of the process. False when out of memory. */
bool zone_set(const char *name);

#endif
