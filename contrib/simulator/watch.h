/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_WATCH_H
#define SIMULATOR_WATCH_H

#include "complaint.h"
#include "scenario.h"

/* Keeps the newest readable state of a scenario file; safe to use from several threads. */
struct watch;

/* Starts with the file as it is. NULL, with the reason, when it is not good. */
struct watch *watch_open(const char *path, struct complaint *reason);

/* Reads the file again if it changed, or in any case when told to. A bad file is reported on
 * standard error, once, and what was known before stays. */
void watch_refresh(struct watch *watch, bool always);

/* The scenario, which stays as it is until watch_return. */
const struct scenario *watch_borrow(struct watch *watch);
void watch_return(struct watch *watch);

void watch_close(struct watch *watch);

#endif
