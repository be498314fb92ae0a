/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs libmicrohttpd: listens, collects requests, hands them to the service, and stops. A thread
 * per connection, so that one may sleep without holding up the others.
 */
#define _POSIX_C_SOURCE 200809L

#include "server.h"

#include "exchange.h"
#include "memory.h"
#include "service.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct server {
    struct MHD_Daemon *daemon;
    const struct options *options;
    bool tls;
    struct halt *halt;
    struct service service;
};

enum { CONNECTIONS_MAX = 1000, IDLE_SECONDS = 75, EXTRAS_MAX = 3 };

/* libmicrohttpd calls this once with the headers, then with each piece of the body, then without.
 */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **own)
{
    struct exchange *exchange = *own;
    (void)version;
    if (exchange == NULL) {
        *own = exchange_new(method, path, service_arrival(context));
    } else if (*size > 0) {
        exchange_add(exchange, data, *size);
        *size = 0;
    } else {
        return service_respond(context, connection, exchange);
    }
    return MHD_YES;
}

/* Connections are numbered for the log, so that it tells which requests shared one. */
static void on_connection(void *context, struct MHD_Connection *connection, void **own,
                          enum MHD_ConnectionNotificationCode code)
{
    (void)connection;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *own = (void *)(uintptr_t)service_connection(context);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **own,
                         enum MHD_RequestTerminationCode code)
{
    (void)context;
    (void)connection;
    (void)code;
    exchange_free(*own);
    *own = NULL;
}

/* The options for TLS, none without it. */
static unsigned list_extras(struct MHD_OptionItem extras[EXTRAS_MAX], const struct tls *tls)
{
    size_t count = 0;
    if (tls != NULL) {
        extras[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate};
        extras[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key};
    }
    extras[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    return tls != NULL ? MHD_USE_TLS : 0;
}

static struct MHD_Daemon *listen_on(struct server *server, const struct addrinfo *address,
                                    const struct tls *tls)
{
    struct MHD_OptionItem extras[EXTRAS_MAX];
    unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION;
    flags |= list_extras(extras, tls);
    if (address->ai_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(flags, server->options->port, NULL, NULL, on_request, &server->service,
                            MHD_OPTION_SOCK_ADDR, address->ai_addr, MHD_OPTION_NOTIFY_COMPLETED,
                            on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
                            &server->service, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)IDLE_SECONDS, MHD_OPTION_ARRAY, extras, MHD_OPTION_END);
}

/* Why libmicrohttpd refused, as far as it says. */
static const char *guess(int why, bool tls)
{
    if (why != 0)
        return strerror(why);
    return tls ? "libmicrohttpd refused; do the certificate and the key belong together?"
               : "libmicrohttpd refused";
}

static bool start_daemon(struct server *server, const struct tls *tls, struct complaint *reason)
{
    const struct options *options = server->options;
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    char *port = memory_format("%u", (unsigned)options->port);
    int failure = getaddrinfo(options->bind, port, &hints, &found);
    free(port);
    if (failure != 0)
        return complain(reason, "--bind: '%s' is not an IP address", options->bind);

    errno = 0;
    server->daemon = listen_on(server, found, tls);
    int why = errno;
    freeaddrinfo(found);
    if (server->daemon != NULL)
        return true;
    return complain(reason, "can't listen on %s port %u: %s", options->bind,
                    (unsigned)options->port, guess(why, tls != NULL));
}

static void release(struct server *server)
{
    if (server->halt != NULL)
        halt_free(server->halt);
    pthread_mutex_destroy(&server->service.lock);
    free(server);
}

struct server *server_start(const struct server_parts *parts, struct complaint *reason)
{
    struct server *server = memory_get(sizeof *server);
    server->options = parts->endpoint->options;
    server->tls = parts->tls != NULL;
    server->halt = halt_new();
    server->service.endpoint = parts->endpoint;
    server->service.script = parts->script;
    server->service.log = parts->log;
    server->service.halt = server->halt;
    pthread_mutex_init(&server->service.lock, NULL);
    if (server->halt == NULL)
        complain(reason, "can't make a pipe: %s", strerror(errno));
    else if (start_daemon(server, parts->tls, reason))
        return server;
    release(server);
    return NULL;
}

bool server_can_tls(void)
{
    return MHD_is_feature_supported(MHD_FEATURE_TLS) == MHD_YES;
}

char *server_url(const struct server *server)
{
    const char *host = server->options->bind;
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    unsigned port = info != NULL ? info->port : server->options->port;
    bool v6 = strchr(host, ':') != NULL;
    return memory_format("http%s://%s%s%s:%u" SERVICE_PATH, server->tls ? "s" : "", v6 ? "[" : "",
                         host, v6 ? "]" : "", port);
}

void server_stop(struct server *server)
{
    halt_raise(server->halt);
    MHD_stop_daemon(server->daemon);
    release(server);
}
