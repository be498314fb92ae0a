/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices of the batch in flight, tried again where that may help; see client.h. */
#include "client.h"

#include "answer.h"
#include "buf.h"
#include "rate.h"
#include "reply.h"
#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { WAIT_MAX_MS = 1000, BACKOFF_FIRST_MS = 250, BACKOFF_MAX_MS = 30000 };

static const size_t BODY_MAX = (size_t)1024 * 1024;

enum flight_state { FLIGHT_FREE, FLIGHT_WAITING, FLIGHT_UP };

/* One slice on its way, through all its tries. */
struct flight {
    enum flight_state state;
    size_t first, count;   /* its slice */
    unsigned tries;        /* begun so far */
    uint64_t number;       /* of the last try among all requests, from 1 */
    int64_t not_before_ms; /* FLIGHT_WAITING: when the next try may begin, monotonic */
    struct buf body;
    struct reply *reply;
    const struct clock *clock;
    bool is_late; /* its answer was still coming when the run had to stop */
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
    struct rate rate;
    uint64_t random;
    struct flight flights[TRANSPORT_SLOTS_MAX];
    size_t next; /* first message that is in no slice yet */
};

/* The HTTP library hands over all that has come before it returns, from many connections at once:
 * to decode that may take longer than there is time. */
static bool on_body(void *context, const char *bytes, size_t length)
{
    struct flight *flight = context;
    flight->is_late = clock_stop(flight->clock) != ERROR_NONE;
    return !flight->is_late && reply_feed(flight->reply, bytes, length);
}

static void end_try(struct flight *flight, enum flight_state state)
{
    reply_free(flight->reply);
    flight->reply = NULL;
    flight->state = state;
}

static void fail_flight(struct client *client, struct flight *flight, enum failure_class class,
                        const char *text)
{
    for (size_t i = 0; i < flight->count; i++)
        client->outcomes[flight->first + i] = outcome_initial();
    failure_add(&client->result->failures, class, flight->tries > 0, flight->count, text);
    end_try(flight, FLIGHT_FREE);
}

/* What the body begins with, made anew without the key. */
static void trace_body(struct client *client, const struct flight *flight)
{
    char prefix[64];
    struct buf body;
    if (client->trace->verbosity < 3)
        return;
    buf_init(&body, BODY_MAX);
    request_write(&body, "[key]", client->config->format, client->list->items + flight->first,
                  flight->count < 3 ? flight->count : 3);
    snprintf(prefix, sizeof prefix, "sent body of %zu bytes: ", flight->body.length);
    trace_foreign(client->trace, prefix, body.data ? body.data : "", body.length);
    buf_release(&body);
}

/* Begins a try. Out of memory fails that slice only. */
static void launch(struct client *client, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    const struct message *messages = client->list->items + flight->first;
    flight->state = FLIGHT_UP;
    flight->tries++;
    flight->is_late = false;
    flight->number = ++client->result->requests;
    flight->reply =
        reply_new(&client->rules, messages, client->outcomes + flight->first, flight->count);
    buf_clear(&flight->body);
    request_write(&flight->body, client->config->key, client->config->format, messages,
                  flight->count);
    trace_body(client, flight);
    if (!flight->reply || buf_failed(&flight->body) ||
        !transport_send(client->transport, slot, flight->body.data, flight->body.length, on_body,
                        flight))
        fail_flight(client, flight, FAILURE_INTERNAL, "out of memory");
}

/* Gives the next slice to a free flight. */
static void board(struct client *client, struct flight *flight, int64_t now_ms)
{
    size_t left = client->list->count - client->next;
    flight->state = FLIGHT_WAITING;
    flight->first = client->next;
    flight->count = left < REPLY_MESSAGES_MAX ? left : REPLY_MESSAGES_MAX;
    flight->tries = 0;
    flight->not_before_ms = now_ms;
    client->next += flight->count;
}

/* Starts what may start. False when all is done; else *wait_ms is until the next may start. */
static bool keep_busy(struct client *client, int64_t *wait_ms)
{
    bool busy = false;
    int64_t now_ms = clock_monotonic_ms(client->clock), tokens_ms = 0;
    *wait_ms = WAIT_MAX_MS;
    for (unsigned i = 0; i < client->config->connections; i++) {
        struct flight *flight = &client->flights[i];
        if (flight->state == FLIGHT_FREE && client->next < client->list->count)
            board(client, flight, now_ms);
        if (flight->state == FLIGHT_WAITING) {
            int64_t left_ms = flight->not_before_ms - now_ms;
            if (left_ms <= 0 && rate_take(&client->rate, now_ms, &tokens_ms))
                launch(client, i);
            else if (left_ms < tokens_ms)
                left_ms = tokens_ms;
            if (flight->state == FLIGHT_WAITING && left_ms < *wait_ms)
                *wait_ms = left_ms;
        }
        busy = busy || flight->state != FLIGHT_FREE;
    }
    return busy || client->next < client->list->count;
}

/* xorshift64: retries of many machines must not come at the same moment, no more is needed. */
static double random_fraction(struct client *client)
{
    client->random ^= client->random << 13;
    client->random ^= client->random >> 7;
    client->random ^= client->random << 17;
    return (double)(client->random >> 11) / 9007199254740992.0;
}

/* Doubles with every try, half of it by chance; never shorter than what the API asked for. */
static int64_t backoff_ms(struct client *client, const struct flight *flight,
                          const struct transport_answer *transport)
{
    int64_t delay_ms = BACKOFF_FIRST_MS;
    for (unsigned i = 1; i < flight->tries && delay_ms < BACKOFF_MAX_MS; i++)
        delay_ms *= 2;
    int64_t half_ms = delay_ms / 2;
    delay_ms = half_ms + (int64_t)(random_fraction(client) * (double)half_ms);
    return delay_ms > transport->retry_after_ms ? delay_ms : transport->retry_after_ms;
}

/* True when the flight waits for another try; one that can't begin before the deadline is none. */
static bool try_again(struct client *client, struct flight *flight, const struct answer *answer,
                      const struct transport_answer *transport)
{
    if (!answer->passing || flight->tries > client->config->retries)
        return false;
    int64_t delay_ms = backoff_ms(client, flight, transport);
    if (delay_ms >= clock_left_ms(client->clock))
        return false;
    end_try(flight, FLIGHT_WAITING);
    flight->not_before_ms = clock_monotonic_ms(client->clock) + delay_ms;
    return true;
}

static void trace_request(struct client *client, const struct flight *flight,
                          const struct transport_answer *transport, const struct answer *answer)
{
    char line[FAILURE_TEXT_SIZE + 160];
    if (client->trace->verbosity < 2)
        return;
    snprintf(
        line, sizeof line,
        "request %" PRIu64 ": %zu messages, try %u, HTTP %d, %" PRIu64 " bytes, %" PRId64 " ms: %s",
        flight->number, flight->count, flight->tries, transport->http_status, transport->body_bytes,
        transport->elapsed_ms, answer->fine ? "answered" : answer->text);
    trace_line(client->trace, line);
}

static void land(struct client *client, struct flight *flight,
                 const struct transport_answer *transport)
{
    struct reply_result reply;
    struct answer answer;
    reply_finish(flight->reply, &reply);
    answer_judge(&answer, transport, &reply, transport_host(client->transport),
                 &client->trace->rules);
    trace_request(client, flight, transport, &answer);
    if (answer.fine) {
        client->result->answered += flight->count;
        end_try(flight, FLIGHT_FREE);
    } else if (!try_again(client, flight, &answer, transport)) {
        fail_flight(client, flight, answer.class, answer.text);
    }
}

/* Time is up or a signal came: what has no answer by now gets none. */
static void abandon(struct client *client, enum error_kind why)
{
    static const struct {
        enum failure_class class;
        const char *text;
    } reasons[] = {
        [ERROR_DEADLINE] = {FAILURE_DEADLINE, "deadline reached"},
        [ERROR_SIGNAL] = {FAILURE_STOPPED, "stopped by a signal"},
        [ERROR_INTERNAL] = {FAILURE_INTERNAL, "the HTTP library failed"},
    };
    char text[96];
    struct client_result *result = client->result;
    enum failure_class class = reasons[why].class;
    snprintf(text, sizeof text, "%s, %" PRIu64 " of %zu messages answered", reasons[why].text,
             result->answered, client->list->count);
    for (unsigned i = 0; i < client->config->connections; i++)
        if (client->flights[i].state != FLIGHT_FREE)
            fail_flight(client, &client->flights[i], class, text);
    if (client->next < client->list->count)
        failure_add(&result->failures, class, 0, client->list->count - client->next, text);
}

static size_t requests_of(size_t messages)
{
    return (messages + REPLY_MESSAGES_MAX - 1) / REPLY_MESSAGES_MAX;
}

/* Ended is what began and isn't in flight any more. */
static void tell_progress(const struct client *client)
{
    size_t requests = requests_of(client->next), messages = client->next;
    if (!client->config->observer)
        return;
    for (unsigned i = 0; i < client->config->connections; i++)
        if (client->flights[i].state != FLIGHT_FREE) {
            requests--;
            messages -= client->flights[i].count;
        }
    client->config->observer(client->config->observer_context,
                             &(struct client_progress){
                                 .requests_done = requests,
                                 .requests = requests_of(client->list->count),
                                 .messages_done = messages,
                                 .messages = client->list->count,
                             });
}

static void ask_all(struct client *client)
{
    struct transport_answer answer;
    unsigned slot = 0;
    int64_t wait_ms = 0;
    enum error_kind stop = clock_stop(client->clock);
    while (stop == ERROR_NONE && keep_busy(client, &wait_ms)) {
        tell_progress(client);
        int64_t left_ms = clock_left_ms(client->clock);
        if (!transport_wait(client->transport, left_ms < wait_ms ? left_ms : wait_ms))
            stop = ERROR_INTERNAL;
        while (transport_take(client->transport, &slot, &answer))
            if (!client->flights[slot].is_late) /* else it is abandoned */
                land(client, &client->flights[slot], &answer);
        if (stop == ERROR_NONE)
            stop = clock_stop(client->clock);
    }
    if (stop != ERROR_NONE)
        abandon(client, stop);
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
        .proxy = config->proxy,
        .environment_proxy = config->environment_proxy,
        .user_agent = config->user_agent,
        .ip = config->ip,
        .slots = config->connections,
        .time_left_ms = clock_left_ms(clock),
        .trace = trace,
    };
    return transport_new(transport, err);
}

/* More connections than requests would only cost memory. */
static unsigned useful_connections(unsigned asked, size_t messages)
{
    size_t requests = requests_of(messages);
    return requests < asked ? (unsigned)requests : asked;
}

bool client_run(const struct client_config *config, const struct clock *clock,
                const struct message_list *list, struct outcome *outcomes,
                struct detail_table *details, struct trace *trace, struct client_result *result,
                struct error *err)
{
    struct transport_config transport_config;
    struct client_config own = *config;
    int64_t start_ms = clock_monotonic_ms(clock);
    own.connections = useful_connections(config->connections, list->count);
    struct client client = {
        .config = &own,
        .clock = clock,
        .list = list,
        .outcomes = outcomes,
        .rules = {config->country_code, config->now_ms, config->grace_ms, details},
        .trace = trace,
        .result = result,
        .rate = rate_start(config->rate_limit, start_ms),
        .random = ((uint64_t)start_ms << 20 ^ (uint64_t)config->now_ms) | 1,
    };
    *result = (struct client_result){0};
    client.transport = open_transport(&own, clock, &transport_config, trace, err);
    if (!client.transport)
        return false;
    for (unsigned i = 0; i < own.connections; i++) {
        buf_init(&client.flights[i].body, BODY_MAX);
        client.flights[i].clock = clock;
    }
    for (size_t i = 0; i < list->count; i++)
        outcomes[i] = outcome_initial();
    ask_all(&client);
    transport_free(client.transport); /* before the bodies that it may still be sending */
    for (unsigned i = 0; i < own.connections; i++)
        buf_release(&client.flights[i].body);
    result->elapsed_ms = clock_monotonic_ms(clock) - start_ms;
    return true;
}
