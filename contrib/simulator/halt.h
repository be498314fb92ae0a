/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_HALT_H
#define SIMULATOR_HALT_H

#include <stdbool.h>
#include <stdint.h>

/* Lets any number of threads wait, and one end all their waiting for good. */
struct halt;

/* NULL, with errno set, when the system has no descriptors left. */
struct halt *halt_new(void);

/* Sleeps; false when it was cut short or there is nothing to wait for any more. */
bool halt_sleep(const struct halt *halt, uint64_t ms);

/* Sleeps until raised, or until the other end of a connection is gone. */
void halt_wait_for_peer(const struct halt *halt, int connection);

/* Ends all waiting. Only once. */
void halt_raise(struct halt *halt);

void halt_free(struct halt *halt);

#endif
