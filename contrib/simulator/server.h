/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SERVER_H
#define SIMULATOR_SERVER_H

#include "complaint.h"
#include "endpoint.h"
#include "log.h"

#include <stdint.h>

/* Where multi-status lives, on the simulator as on the real service. */
#define SERVER_PATH "/v1/multi-status"

/* A running HTTP server with a thread per connection. */
struct server;

/* Starts listening as the endpoint's options say. `endpoint` and `log` (NULL: none) are borrowed
 * until server_stop. NULL, with the reason, when it can't. */
struct server *server_start(const struct endpoint *endpoint, struct log *log,
                            struct complaint *reason);

/* The URL of multi-status, with the real port; free() it. */
char *server_url(const struct server *server);

/* Ends all connections, also those that wait for --delay-ms, and frees the server. */
void server_stop(struct server *server);

#endif
