/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SERVER_H
#define SIMULATOR_SERVER_H

#include "complaint.h"
#include "endpoint.h"
#include "log.h"
#include "script.h"
#include "tls.h"

/* A running HTTP server with a thread per connection. */
struct server;

/* What it works with; all of it borrowed until server_stop. */
struct server_parts {
    const struct endpoint *endpoint;
    const struct script *script;
    struct log *log;       /* NULL: none */
    const struct tls *tls; /* NULL: plain HTTP */
};

/* Starts listening as the endpoint's options say. NULL, with the reason, when it can't. */
struct server *server_start(const struct server_parts *parts, struct complaint *reason);

/* Whether this build of libmicrohttpd can do HTTPS. */
bool server_can_tls(void);

/* The URL of multi-status, with the real port; free() it. */
char *server_url(const struct server *server);

/* Ends all connections, also those that wait for something, and frees the server. */
void server_stop(struct server *server);

#endif
