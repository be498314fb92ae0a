/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line on standard error for whoever watches a long run: only on a terminal, in its foreground,
 * and only with more than one request. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "client.h"
#include "clock.h"

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const struct clock *clock;
    bool is_terminal;
    int length;       /* of the line that stands there; 0: none */
    int64_t drawn_ms; /* when it was drawn, monotonic */
};

/* clock is borrowed. */
struct progress progress_start(const struct clock *clock);

/* A client_observer whose context is a struct progress. */
void progress_draw(void *context, const struct client_progress *progress);

void progress_erase(struct progress *progress);

#endif
