/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks the API about all messages, in requests of at most 500: which slice is where, what its
 * failure means, and when to stop.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "clock.h"
#include "detail.h"
#include "error.h"
#include "failure.h"
#include "message.h"
#include "outcome.h"
#include "trace.h"
#include "transport.h"

#include <stdbool.h>
#include <stdint.h>

/* How far a run has come: what has ended, answered or failed for good, of all there is. */
struct client_progress {
    uint64_t requests_done, requests; /* without retries */
    uint64_t messages_done, messages;
};

typedef void client_observer(void *context, const struct client_progress *progress);

/* All borrowed for the call. */
struct client_config {
    const char *url, *key, *format, *ca_file, *proxy, *user_agent, *country_code;
    bool environment_proxy; /* the environment names a proxy for https */
    enum transport_ip ip;
    unsigned connections;     /* requests in flight at once, 1 to TRANSPORT_SLOTS_MAX */
    unsigned retries;         /* further tries of a request that failed for a passing reason */
    uint64_t rate_limit;      /* requests per minute, 0: no limit */
    int64_t grace_ms, now_ms; /* now_ms: wall time that ages are counted from */
    client_observer
        *observer; /* called whenever something may have moved, and each second; or NULL */
    void *observer_context;
};

struct client_result {
    struct failure_list failures;
    uint64_t requests; /* sent, retries included, but not what libcurl repeats after a reset */
    uint64_t answered; /* messages whose request was answered */
    int64_t elapsed_ms;
};

/*
 * Sets outcomes[i] for each of list->items[i]. False with *err set only when nothing could be asked
 * at all; what fails on the way is in the result.
 */
bool client_run(const struct client_config *config, const struct clock *clock,
                const struct message_list *list, struct outcome *outcomes,
                struct detail_table *details, struct trace *trace, struct client_result *result,
                struct error *err);

#endif
