/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only file that knows libmicrohttpd: collects a request's body, has it answered, logs it,
 * waits if it must, and sends the answer. A thread per connection, so that one may sleep for its
 * delay.
 */
#define _POSIX_C_SOURCE 200809L

#include "server.h"

#include "exchange.h"
#include "memory.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

struct server {
    struct MHD_Daemon *daemon;
    const struct endpoint *endpoint;
    struct log *log;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
};

enum { CONNECTIONS_MAX = 1000, IDLE_SECONDS = 75 };

/* Sleeps for --delay-ms. False when the server stopped meanwhile. */
static bool wait_delay(struct server *server)
{
    unsigned ms = server->endpoint->options->delay_ms;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(ms / 1000);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    int result = 0;
    pthread_mutex_lock(&server->lock);
    while (ms > 0 && !server->stopping && result == 0)
        result = pthread_cond_timedwait(&server->stop, &server->lock, &until);
    bool go_on = !server->stopping;
    pthread_mutex_unlock(&server->lock);
    return go_on;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct answer *answer)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->length, answer->body, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        free(answer->body);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache, private");
    if (answer->http == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "POST");
    enum MHD_Result result = MHD_queue_response(connection, answer->http, response);
    MHD_destroy_response(response);
    return result;
}

/* Refusals of the web server first, then the endpoint's own. */
static struct answer answer_exchange(const struct server *server, const struct exchange *exchange,
                                     const struct request *request)
{
    const struct options *options = server->endpoint->options;
    struct answer answer;
    if (exchange->too_big)
        answer = answer_page(MHD_HTTP_CONTENT_TOO_LARGE);
    else if (strcmp(exchange->path, SERVER_PATH) != 0)
        answer = answer_page(MHD_HTTP_NOT_FOUND);
    else if (strcmp(exchange->method, MHD_HTTP_METHOD_POST) != 0)
        answer = answer_page(MHD_HTTP_METHOD_NOT_ALLOWED);
    else
        answer = endpoint_answer(server->endpoint, request);
    if (options->status != 0)
        answer.http = options->status;
    return answer;
}

/* Appends `name=value&` to the query, without the value of a key. */
static enum MHD_Result add_argument(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    char **query = context;
    (void)kind;
    if (value != NULL && strcasecmp(name, "apiKey") == 0)
        value = "(hidden)";
    char *longer =
        memory_format("%s%s%s%s%s", *query != NULL ? *query : "", *query != NULL ? "&" : "", name,
                      value != NULL ? "=" : "", value != NULL ? value : "");
    free(*query);
    *query = longer;
    return MHD_YES;
}

static void log_exchange(const struct server *server, struct MHD_Connection *connection,
                         const struct exchange *exchange, const struct request *request,
                         const struct answer *answer)
{
    char *query = NULL;
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_argument, &query);
    struct log_entry entry = {.method = exchange->method,
                              .path = exchange->path,
                              .query = query,
                              .content_type = MHD_lookup_connection_value(
                                  connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE),
                              .user_agent = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                                        MHD_HTTP_HEADER_USER_AGENT),
                              .key_ok = endpoint_accepts_key(server->endpoint, request)};
    log_write(server->log, &entry, request, answer);
    free(query);
}

/* The request is there as a whole. It is logged before the delay: a client that gives up while it
 * waits did ask all the same. */
static enum MHD_Result respond(struct server *server, struct MHD_Connection *connection,
                               const struct exchange *exchange)
{
    struct request request;
    request_read(&request, exchange->body, exchange->length);
    struct answer answer = answer_exchange(server, exchange, &request);
    if (server->log != NULL)
        log_exchange(server, connection, exchange, &request, &answer);
    request_release(&request);

    if (wait_delay(server))
        return send_answer(connection, &answer);
    free(answer.body);
    return MHD_NO;
}

/* libmicrohttpd calls this once with the headers, then with each piece of the body, then without.
 */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **own)
{
    struct exchange *exchange = *own;
    (void)version;
    if (exchange == NULL) {
        *own = exchange_new(method, path);
    } else if (*size > 0) {
        exchange_add(exchange, data, *size);
        *size = 0;
    } else {
        return respond(context, connection, exchange);
    }
    return MHD_YES;
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

static struct MHD_Daemon *listen_on(struct server *server, const struct addrinfo *address)
{
    unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION;
    if (address->ai_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(flags, server->endpoint->options->port, NULL, NULL, on_request, server,
                            MHD_OPTION_SOCK_ADDR, address->ai_addr, MHD_OPTION_NOTIFY_COMPLETED,
                            on_completed, NULL, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)IDLE_SECONDS, MHD_OPTION_END);
}

static bool start_daemon(struct server *server, struct complaint *reason)
{
    const struct options *options = server->endpoint->options;
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
    server->daemon = listen_on(server, found);
    int why = errno;
    freeaddrinfo(found);
    if (server->daemon != NULL)
        return true;
    return complain(reason, "can't listen on %s port %u: %s", options->bind,
                    (unsigned)options->port, why != 0 ? strerror(why) : "libmicrohttpd refused");
}

static void init_waiting(struct server *server)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&server->stop, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&server->lock, NULL);
}

static void release(struct server *server)
{
    pthread_cond_destroy(&server->stop);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

struct server *server_start(const struct endpoint *endpoint, struct log *log,
                            struct complaint *reason)
{
    struct server *server = memory_get(sizeof *server);
    server->endpoint = endpoint;
    server->log = log;
    init_waiting(server);
    if (start_daemon(server, reason))
        return server;
    release(server);
    return NULL;
}

char *server_url(const struct server *server)
{
    const char *host = server->endpoint->options->bind;
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    unsigned port = info != NULL ? info->port : server->endpoint->options->port;
    bool v6 = strchr(host, ':') != NULL;
    return memory_format("http://%s%s%s:%u" SERVER_PATH, v6 ? "[" : "", host, v6 ? "]" : "", port);
}

void server_stop(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    server->stopping = true;
    pthread_cond_broadcast(&server->stop);
    pthread_mutex_unlock(&server->lock);
    MHD_stop_daemon(server->daemon);
    release(server);
}
