/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collects a request's body, up to a ceiling. What is too big is still taken in to its end, and
 * dropped: a client that is busy sending would not see an early answer, only a broken connection.
 */
#include "exchange.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { BODY_MAX = 16 * 1024 * 1024, FIRST_ROOM = 4096 };

struct exchange *exchange_new(const char *method, const char *path, const struct faults *faults)
{
    struct exchange *exchange = memory_get(sizeof *exchange);
    exchange->method = memory_copy(method);
    exchange->path = memory_copy(path);
    exchange->faults = faults;
    exchange->room = FIRST_ROOM;
    exchange->body = memory_get(exchange->room);
    return exchange;
}

void exchange_add(struct exchange *exchange, const char *data, size_t size)
{
    if (exchange->too_big || size > BODY_MAX - exchange->length) {
        exchange->too_big = true;
        exchange->length = 0;
        exchange->body[0] = '\0';
        return;
    }
    size_t needed = exchange->length + size + 1;
    if (needed > exchange->room) {
        exchange->room = 2 * needed;
        exchange->body = memory_resize(exchange->body, exchange->room);
    }
    memcpy(exchange->body + exchange->length, data, size);
    exchange->length += size;
    exchange->body[exchange->length] = '\0';
}

void exchange_free(struct exchange *exchange)
{
    if (exchange == NULL)
        return;
    free(exchange->method);
    free(exchange->path);
    free(exchange->body);
    free(exchange);
}
