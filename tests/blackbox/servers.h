/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The servers a test may talk to: the project's simulator, and a canned server for what the
 * simulator can't say. Starting one makes it the {url} of the command lines that follow.
 */
#ifndef BLACKBOX_SERVERS_H
#define BLACKBOX_SERVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "json.h"

extern const char *const simulator_key;

const char *server_url(void);
void server_use(const char *url);

/* options are words as for run(); scenario may be NULL. */
void simulator_start(const char *scenario, const char *options);
/* The requests so far, in order; each is one object of the simulator's log. */
size_t simulator_log(json *requests, size_t room);

#endif
