/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_FLOW_H
#define SIMULATOR_FLOW_H

#include "answer.h"
#include "fault.h"
#include "halt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A body on its way out, made piece by piece. */
struct flow;

enum flow_result { FLOW_MORE, FLOW_END, FLOW_BROKEN };

#define FLOW_UNKNOWN UINT64_MAX

/* Takes the body out of the answer. NULL, with the answer untouched, when nothing about its sending
 * is out of the ordinary. `gzip_accepted` is what the client said; `halt` is borrowed. */
struct flow *flow_new(struct answer *answer, const struct faults *faults, bool gzip_accepted,
                      const struct halt *halt);

/* What Content-Length has to say; FLOW_UNKNOWN when there is to be none. */
uint64_t flow_declared(const struct flow *flow);

bool flow_is_zipped(const struct flow *flow);

/* The next piece, of up to `room` bytes; waits before it if that is the fault. */
enum flow_result flow_read(struct flow *flow, char *out, size_t room, size_t *size);

void flow_free(struct flow *flow);

#endif
