/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that happens between a request and its answer: the web server's own refusals, the endpoint,
 * faults, the log, and waiting. Runs in the thread of its connection, so that it may sleep.
 */
#define _POSIX_C_SOURCE 200809L

#include "service.h"

#include "memory.h"
#include "reply.h"
#include "sabotage.h"
#include "wire.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

uint64_t service_connection(struct service *service)
{
    pthread_mutex_lock(&service->lock);
    uint64_t number = ++service->connections;
    pthread_mutex_unlock(&service->lock);
    return number;
}

const struct faults *service_arrival(struct service *service)
{
    pthread_mutex_lock(&service->lock);
    uint64_t index = service->arrived++;
    pthread_mutex_unlock(&service->lock);
    return script_faults(service->script, index);
}

static bool pass(struct service *service, const struct fault_setting *limit, uint64_t *wait_s)
{
    struct timespec now = {.tv_sec = 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    pthread_mutex_lock(&service->lock);
    bool passed = limit_pass(&service->limit, (uint64_t)now.tv_sec, limit->n, limit->m, wait_s);
    pthread_mutex_unlock(&service->lock);
    return passed;
}

/* The faults of a request, which are others when it is one too many. */
static struct faults apply_limit(struct service *service, const struct faults *faults)
{
    uint64_t wait_s = 0;
    if (!faulty(faults, FAULT_LIMIT) || pass(service, &faults->of[FAULT_LIMIT], &wait_s))
        return *faults;
    struct faults instead = {.of = {{.on = false}}};
    instead.of[FAULT_LATENCY] = faults->of[FAULT_LATENCY];
    instead.of[FAULT_DRIP] = faults->of[FAULT_DRIP];
    instead.of[FAULT_429] = (struct fault_setting){.on = true, .valued = true, .n = wait_s};
    return instead;
}

/* Refusals of the web server first, then the endpoint's own. */
static struct answer answer_soundly(const struct service *service, const struct exchange *exchange,
                                    const struct request *request)
{
    if (exchange->too_big)
        return answer_page(MHD_HTTP_CONTENT_TOO_LARGE);
    if (strcmp(exchange->path, SERVICE_PATH) != 0)
        return answer_page(MHD_HTTP_NOT_FOUND);
    if (strcmp(exchange->method, MHD_HTTP_METHOD_POST) != 0)
        return answer_page(MHD_HTTP_METHOD_NOT_ALLOWED);
    return endpoint_answer(service->endpoint, request);
}

/* An empty answer when the faults want none. */
static struct answer answer_exchange(const struct service *service, const struct exchange *exchange,
                                     const struct request *request, const struct faults *faults)
{
    const struct options *options = service->endpoint->options;
    if (wire_is_broken(faults))
        return (struct answer){.http = 0};
    struct answer answer = answer_soundly(service, exchange, request);
    sabotage(&answer, faults, options, endpoint_format(service->endpoint, request));
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

static void log_exchange(const struct service *service, struct MHD_Connection *connection,
                         const struct exchange *exchange, const struct request *request,
                         const struct answer *answer)
{
    char *query = NULL;
    char *fault = faults_text(exchange->faults);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_argument, &query);
    struct log_entry entry = {.connection = info != NULL ? (uintptr_t)info->socket_context : 0,
                              .method = exchange->method,
                              .path = exchange->path,
                              .query = query,
                              .content_type = MHD_lookup_connection_value(
                                  connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE),
                              .user_agent = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                                        MHD_HTTP_HEADER_USER_AGENT),
                              .fault = fault,
                              .key_ok = endpoint_accepts_key(service->endpoint, request)};
    log_write(service->log, &entry, request, answer);
    free(query);
    free(fault);
}

static bool wait_before(const struct service *service, const struct faults *faults)
{
    uint64_t ms = service->endpoint->options->delay_ms;
    if (faulty(faults, FAULT_LATENCY))
        ms += faults->of[FAULT_LATENCY].n;
    return halt_sleep(service->halt, ms);
}

static enum MHD_Result send_or_fail(const struct service *service,
                                    struct MHD_Connection *connection, struct answer *answer,
                                    const struct faults *faults)
{
    if (!wait_before(service, faults)) {
        answer_release(answer);
        return MHD_NO;
    }
    if (!wire_is_broken(faults))
        return reply_send(connection, answer, faults, service->halt);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info != NULL)
        wire_break(faults, info->connect_fd, service->halt);
    return MHD_NO;
}

/* It is logged before any waiting: a client that gives up meanwhile did ask all the same. */
enum MHD_Result service_respond(struct service *service, struct MHD_Connection *connection,
                                const struct exchange *exchange)
{
    struct request request;
    struct faults faults = apply_limit(service, exchange->faults);
    request_read(&request, exchange->body, exchange->length);
    request.query_format =
        MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "_format");
    struct answer answer = answer_exchange(service, exchange, &request, &faults);
    if (service->log != NULL)
        log_exchange(service, connection, exchange, &request, &answer);
    request_release(&request);
    return send_or_fail(service, connection, &answer, &faults);
}
