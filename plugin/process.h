/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process owns: descriptors, signals, the core limit, standard output. */
#ifndef PROCESS_H
#define PROCESS_H

#include "clock.h"
#include "error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Opens descriptors 0 to 2 where they are closed, forbids core dumps (they would hold the key),
 * ignores SIGPIPE, catches SIGTERM, SIGINT and SIGHUP, and starts a timer whose signal interrupts
 * blocking calls ten times a second, so that whoever blocks looks at the clock.
 */
void process_prepare(void);

/* The flag that the signal handler sets. */
const volatile sig_atomic_t *process_stop_signal(void);

/* False with ERROR_INPUT when the file can't be read; the message shows no secret. */
bool process_can_read(const char *path, const char *secret, struct error *err);

/* True when standard output is a terminal that shows colours to somebody who didn't decline them
 * (NO_COLOR, TERM). */
bool process_has_colours(void);

/* Writes to standard output. False when not all of it could be written soon after the deadline. */
bool process_print(const char *text, size_t length, const struct clock *clock);

#endif
