/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting that ends when the program does: a pipe nobody writes to, whose closing wakes all who
 * poll its other end, and whose other end can be polled together with a connection.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* POLLRDHUP */
#endif

#include "halt.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#ifndef POLLRDHUP
#define POLLRDHUP 0
#endif

struct halt {
    int wait_end;
    int raise_end;
};

struct halt *halt_new(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return NULL;
    struct halt *halt = memory_get(sizeof *halt);
    halt->wait_end = ends[0];
    halt->raise_end = ends[1];
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return halt;
}

static uint64_t now_ms(void)
{
    struct timespec now = {.tv_sec = 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool halt_sleep(const struct halt *halt, uint64_t ms)
{
    uint64_t until = now_ms() + ms;
    struct pollfd end = {.fd = halt->wait_end, .events = POLLIN};
    for (;;) {
        uint64_t now = now_ms();
        uint64_t left = now < until ? until - now : 0;
        int found = poll(&end, 1, left < INT_MAX ? (int)left : INT_MAX);
        if (found > 0 || (found < 0 && errno != EINTR))
            return false;
        if (found == 0 && left < INT_MAX)
            return true;
    }
}

void halt_wait_for_peer(const struct halt *halt, int connection)
{
    struct pollfd ends[] = {{.fd = halt->wait_end, .events = POLLIN},
                            {.fd = connection, .events = POLLRDHUP}};
    while (poll(ends, 2, -1) < 0 && errno == EINTR)
        ;
}

void halt_raise(struct halt *halt)
{
    close(halt->raise_end);
    halt->raise_end = -1;
}

void halt_free(struct halt *halt)
{
    if (halt->raise_end >= 0)
        close(halt->raise_end);
    close(halt->wait_end);
    free(halt);
}
