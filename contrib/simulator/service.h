/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_SERVICE_H
#define SIMULATOR_SERVICE_H

#include "endpoint.h"
#include "exchange.h"
#include "halt.h"
#include "limit.h"
#include "log.h"
#include "script.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdint.h>

/* Where multi-status lives, on the simulator as on the real service. */
#define SERVICE_PATH "/v1/multi-status"

/* What is done with requests, by any number of threads; what it points to is borrowed. */
struct service {
    const struct endpoint *endpoint;
    const struct script *script;
    struct log *log; /* NULL: none */
    const struct halt *halt;
    pthread_mutex_t lock; /* of what follows */
    uint64_t connections;
    uint64_t arrived;
    struct limit limit;
};

/* The number of a new connection, from 1. */
uint64_t service_connection(struct service *service);

/* Gives a request its faults, by the order of calls. */
const struct faults *service_arrival(struct service *service);

/* Answers a request that is there as a whole, or fails to, as its faults say. */
enum MHD_Result service_respond(struct service *service, struct MHD_Connection *connection,
                                const struct exchange *exchange);

#endif
