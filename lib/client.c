/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices, and what their failures mean; see client.h. */
#include "client.h"

#include "api_error.h"
#include "buf.h"
#include "reply.h"
#include "request.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CONNECTIONS = 4, WAIT_MAX_MS = 1000 };

static const size_t BODY_MAX = 1024 * 1024;

/* One request in flight, or room for one. */
struct flight {
    size_t first, count; /* its slice; count 0: free */
    uint64_t number;     /* of the request, from 1 */
    struct buf body;
    struct reply *reply;
};

struct client {
    const struct client_config *config;
    const struct clock *clock;
    const struct message_list *list;
    struct outcome *outcomes;
    struct reply_rules rules;
    struct trace *trace;
    struct transport *transport;
    struct client_result *result;
    struct flight flights[CONNECTIONS];
    size_t next; /* first message that nobody has asked about yet */
};

static bool on_body(void *context, const char *bytes, size_t length)
{
    return reply_feed(context, bytes, length);
}

static void end_flight(struct flight *flight)
{
    reply_free(flight->reply);
    flight->reply = NULL;
    flight->count = 0;
}

static void fail_flight(struct client *client, struct flight *flight, enum failure_class class,
                        const char *text)
{
    for (size_t i = 0; i < flight->count; i++)
        client->outcomes[flight->first + i] = outcome_initial();
    failure_add(&client->result->failures, class, 1, flight->count, text);
    end_flight(flight);
}

/* Sends the next slice. Out of memory fails that slice only. */
static void launch(struct client *client, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    size_t left = client->list->count - client->next;
    flight->first = client->next;
    flight->count = left < REPLY_MESSAGES_MAX ? left : REPLY_MESSAGES_MAX;
    flight->number = ++client->result->requests;
    client->next += flight->count;
    const struct message *messages = client->list->items + flight->first;
    flight->reply =
        reply_new(&client->rules, messages, client->outcomes + flight->first, flight->count);
    buf_clear(&flight->body);
    request_write(&flight->body, client->config->key, client->config->format, messages,
                  flight->count);
    if (!flight->reply || buf_failed(&flight->body) ||
        !transport_send(client->transport, slot, flight->body.data, flight->body.length, on_body,
                        flight->reply))
        fail_flight(client, flight, FAILURE_INTERNAL, "out of memory");
}

/* What a request came to: answered, or a class and a text. */
struct judgement {
    bool answered;
    enum failure_class class;
    char text[FAILURE_TEXT_SIZE];
};

static void judge_as(struct judgement *judgement, enum failure_class class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void judge_as(struct judgement *judgement, enum failure_class class, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(judgement->text, sizeof judgement->text, format, args);
    va_end(args);
    judgement->class = class;
}

static void judge_transport(struct judgement *judgement, const struct transport_answer *answer)
{
    bool server_error = answer->http_status >= 500;
    switch (answer->state) {
    case TRANSPORT_UNREACHABLE:
        judge_as(judgement, FAILURE_UNREACHABLE, "%s", answer->reason);
        break;
    case TRANSPORT_NO_MEMORY:
        judge_as(judgement, FAILURE_INTERNAL, "out of memory");
        break;
    default:
        judge_as(judgement, server_error ? FAILURE_UNREACHABLE : FAILURE_REQUEST, "%s",
                 answer->reason);
    }
}

static void judge_redirect(struct judgement *judgement, const struct transport_answer *answer,
                           const char *host)
{
    judge_as(judgement, FAILURE_REQUEST,
             "%s answered HTTP %d, a redirect to %s; not followed, because the request holds the "
             "API key: "
             "check --url",
             host, answer->http_status, answer->location[0] ? answer->location : "nowhere");
}

static void judge_api_error(const struct client *client, struct judgement *judgement,
                            const struct reply_result *reply)
{
    char message[TEXT_SIZE];
    const char *remedy = api_error_remedy(reply->code);
    text_clean_string(message, reply->message, &client->trace->rules);
    if (!reply->has_code || reply->code < 0)
        judge_as(judgement, FAILURE_REQUEST, "the API refused the request without a code: %s",
                 message[0] ? message : "no reason given");
    else
        judge_as(judgement, api_error_class(reply->code), "API code %d: %s%s%s", reply->code,
                 message[0] ? message : "no reason given", remedy ? "; " : "",
                 remedy ? remedy : "");
}

/* A JSON error page of a web framework has the HTTP status for a code: that is no code of the API.
 */
static bool has_api_code(const struct transport_answer *answer, const struct reply_result *reply)
{
    return reply->has_code && (reply->has_success || reply->code != answer->http_status);
}

static void judge_http(struct judgement *judgement, const struct transport_answer *answer,
                       const char *host)
{
    int status = answer->http_status;
    bool passing = status >= 500 || status == 408 || status == 429;
    judge_as(judgement, passing ? FAILURE_UNREACHABLE : FAILURE_REQUEST, "%s answered HTTP %d%s",
             host, status,
             status == 429   ? " (too many requests)"
             : status == 404 ? ": check --url"
                             : "");
}

static void judge_body(const struct client *client, struct judgement *judgement,
                       const struct transport_answer *answer, const struct reply_result *reply)
{
    char reason[TEXT_SIZE];
    bool http_fine = answer->http_status >= 200 && answer->http_status < 300;
    const char *host = transport_host(client->transport);
    if (!http_fine && !has_api_code(answer, reply))
        judge_http(judgement, answer, host);
    else if (reply->state == REPLY_ANSWERED)
        judgement->answered = true;
    else if (reply->state == REPLY_API_ERROR)
        judge_api_error(client, judgement, reply);
    else if (reply->state == REPLY_NO_MEMORY)
        judge_as(judgement, FAILURE_INTERNAL, "out of memory");
    else
        judge_as(judgement, FAILURE_REQUEST, "%s sent no usable answer: %s%s", host,
                 reply->state == REPLY_NOT_JSON ? "not JSON: " : "",
                 text_clean_string(reason, reply->reason, &client->trace->rules));
}

/* The body is read whatever the HTTP status is, but for redirects and limits. */
static void judge(const struct client *client, struct judgement *judgement,
                  const struct transport_answer *answer, const struct reply_result *reply)
{
    int status = answer->http_status;
    const char *host = transport_host(client->transport);
    *judgement = (struct judgement){0};
    if (status >= 300 && status < 400)
        judge_redirect(judgement, answer, host);
    else if (status == 408 || status == 429)
        judge_http(judgement, answer, host);
    else if (answer->state != TRANSPORT_ANSWERED)
        judge_transport(judgement, answer);
    else
        judge_body(client, judgement, answer, reply);
}

static void trace_request(struct client *client, const struct flight *flight,
                          const struct transport_answer *answer, const struct judgement *judgement)
{
    char line[FAILURE_TEXT_SIZE + 160];
    if (client->trace->verbosity < 2)
        return;
    snprintf(line, sizeof line,
             "request %" PRIu64 ": %zu messages, HTTP %d, %" PRIu64 " bytes, %" PRId64 " ms: %s",
             flight->number, flight->count, answer->http_status, answer->body_bytes,
             answer->elapsed_ms, judgement->answered ? "answered" : judgement->text);
    trace_line(client->trace, line);
}

static void land(struct client *client, struct flight *flight,
                 const struct transport_answer *answer)
{
    struct reply_result reply;
    struct judgement judgement;
    reply_finish(flight->reply, &reply);
    judge(client, &judgement, answer, &reply);
    trace_request(client, flight, answer, &judgement);
    if (!judgement.answered) {
        fail_flight(client, flight, judgement.class, judgement.text);
        return;
    }
    client->result->answered += flight->count;
    end_flight(flight);
}

/* Starts what can be started; false when nothing is in flight then. */
static bool keep_busy(struct client *client)
{
    bool busy = false;
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        if (client->flights[i].count == 0 && client->next < client->list->count)
            launch(client, i);
        busy = busy || client->flights[i].count > 0;
    }
    return busy || client->next < client->list->count;
}

/* Time is up or a signal came: what has no answer by now gets none. */
static void abandon(struct client *client, enum error_kind why)
{
    char text[96];
    struct client_result *result = client->result;
    enum failure_class class = why == ERROR_SIGNAL ? FAILURE_STOPPED : FAILURE_DEADLINE;
    snprintf(text, sizeof text, "%s, %" PRIu64 " of %zu messages answered",
             why == ERROR_SIGNAL ? "stopped by a signal" : "deadline reached", result->answered,
             client->list->count);
    for (unsigned i = 0; i < CONNECTIONS; i++)
        if (client->flights[i].count > 0)
            fail_flight(client, &client->flights[i], class, text);
    if (client->next < client->list->count)
        failure_add(&result->failures, class, 0, client->list->count - client->next, text);
}

static void ask_all(struct client *client)
{
    struct transport_answer answer;
    unsigned slot = 0;
    while (keep_busy(client)) {
        enum error_kind stop = clock_stop(client->clock);
        if (stop != ERROR_NONE) {
            abandon(client, stop);
            return;
        }
        int64_t left_ms = clock_left_ms(client->clock);
        transport_wait(client->transport, left_ms < WAIT_MAX_MS ? left_ms : WAIT_MAX_MS);
        while (transport_take(client->transport, &slot, &answer))
            land(client, &client->flights[slot], &answer);
    }
}

static struct transport *open_transport(const struct client_config *config,
                                        const struct clock *clock,
                                        struct transport_config *transport, struct trace *trace,
                                        struct error *err)
{
    *transport = (struct transport_config){
        .url = config->url,
        .format = config->format,
        .ca_file = config->ca_file,
        .user_agent = config->user_agent,
        .ip = config->ip,
        .slots = CONNECTIONS,
        .time_left_ms = clock_left_ms(clock),
        .trace = trace,
    };
    return transport_new(transport, err);
}

bool client_run(const struct client_config *config, const struct clock *clock,
                const struct message_list *list, struct outcome *outcomes,
                struct detail_table *details, struct trace *trace, struct client_result *result,
                struct error *err)
{
    struct transport_config transport_config;
    struct client client = {.config = config,
                            .clock = clock,
                            .list = list,
                            .outcomes = outcomes,
                            .trace = trace,
                            .result = result};
    int64_t start_ms = clock_monotonic_ms(clock);
    *result = (struct client_result){0};
    client.rules =
        (struct reply_rules){config->country_code, config->now_ms, config->grace_ms, details};
    client.transport = open_transport(config, clock, &transport_config, trace, err);
    if (!client.transport)
        return false;
    for (unsigned i = 0; i < CONNECTIONS; i++)
        buf_init(&client.flights[i].body, BODY_MAX);
    for (size_t i = 0; i < list->count; i++)
        outcomes[i] = outcome_initial();
    ask_all(&client);
    transport_free(client.transport); /* before the bodies that it may still be sending */
    for (unsigned i = 0; i < CONNECTIONS; i++)
        buf_release(&client.flights[i].body);
    result->elapsed_ms = clock_monotonic_ms(clock) - start_ms;
    return true;
}
