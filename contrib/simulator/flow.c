/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults that are a matter of how a body is sent: slowly, not to its end, filled up, compressed.
 * However large it gets, it is made while it leaves and never held as a whole.
 */
#include "flow.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CHUNK = 65536, TOO_LONG = 100, GZIP_WINDOW = 15 + 16 };

struct flow {
    char *body;
    size_t length;
    uint64_t total; /* the body and the blanks behind it; FLOW_UNKNOWN: blanks for ever */
    uint64_t taken; /* of those */
    uint64_t sent;
    uint64_t cut; /* how much is sent before it breaks off; FLOW_UNKNOWN: all */
    uint64_t declared;
    uint64_t piece;
    uint64_t pause_ms;
    const struct halt *halt;
    bool zipped;
    z_stream zip;
    unsigned char chunk[CHUNK]; /* what goes into the zip */
};

static bool start_zip(struct flow *flow)
{
    return deflateInit2(&flow->zip, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9,
                        Z_DEFAULT_STRATEGY) == Z_OK;
}

static uint64_t total_of(const struct answer *answer, const struct faults *faults)
{
    uint64_t total = 0;
    if (faulty(faults, FAULT_ENDLESS))
        return FLOW_UNKNOWN;
    if (faulty(faults, FAULT_HUGE))
        total = faults->of[FAULT_HUGE].n;
    if (faulty(faults, FAULT_GZIP_BOMB))
        total = faults->of[FAULT_GZIP_BOMB].n;
    return total > answer->length ? total : answer->length;
}

static bool wanted(const struct faults *faults, bool zipped)
{
    return zipped || faulty(faults, FAULT_DRIP) || faulty(faults, FAULT_HUGE) ||
           faulty(faults, FAULT_ENDLESS) || faulty(faults, FAULT_CUT) ||
           faulty(faults, FAULT_LONG_LENGTH);
}

struct flow *flow_new(struct answer *answer, const struct faults *faults, bool gzip_accepted,
                      const struct halt *halt)
{
    const struct fault_setting *drip = &faults->of[FAULT_DRIP];
    bool zipped = faulty(faults, FAULT_GZIP_BOMB) || (faulty(faults, FAULT_GZIP) && gzip_accepted);
    if (!wanted(faults, zipped))
        return NULL;
    struct flow *flow = memory_get(sizeof *flow);
    flow->zipped = zipped && start_zip(flow);
    flow->total = total_of(answer, faults);
    flow->declared = flow->zipped ? FLOW_UNKNOWN : flow->total;
    flow->cut = faulty(faults, FAULT_CUT) ? faults->of[FAULT_CUT].n : FLOW_UNKNOWN;
    if (faulty(faults, FAULT_LONG_LENGTH)) {
        flow->cut = flow->total;
        flow->declared += TOO_LONG;
    }
    flow->piece = drip->on ? drip->n : FLOW_UNKNOWN;
    flow->pause_ms = drip->on ? drip->m : 0;
    flow->halt = halt;
    flow->body = answer->body;
    flow->length = answer->length;
    answer->body = NULL;
    answer->length = 0;
    return flow;
}

uint64_t flow_declared(const struct flow *flow)
{
    return flow->declared;
}

bool flow_is_zipped(const struct flow *flow)
{
    return flow->zipped;
}

/* The next of the body or of the blanks; 0 at the end of both. */
static size_t take(struct flow *flow, char *out, size_t room)
{
    uint64_t left = flow->total - flow->taken;
    size_t size = left < room ? (size_t)left : room;
    if (flow->taken < flow->length) {
        size_t rest = flow->length - (size_t)flow->taken;
        size = size < rest ? size : rest;
        memcpy(out, flow->body + flow->taken, size);
    } else {
        memset(out, ' ', size);
    }
    if (flow->total != FLOW_UNKNOWN || flow->taken < flow->length)
        flow->taken += size;
    return size;
}

/* The same, compressed: as many chunks as it takes to fill the room. */
static size_t take_zipped(struct flow *flow, char *out, size_t room)
{
    z_stream *zip = &flow->zip;
    int result = Z_OK;
    zip->next_out = (Bytef *)out;
    zip->avail_out = room < CHUNK ? (uInt)room : CHUNK;
    size_t asked = zip->avail_out;
    while (zip->avail_out > 0 && result == Z_OK && halt_sleep(flow->halt, 0)) {
        if (zip->avail_in == 0) {
            zip->next_in = flow->chunk;
            zip->avail_in = (uInt)take(flow, (char *)flow->chunk, CHUNK);
        }
        result = deflate(zip, flow->taken == flow->total ? Z_FINISH : Z_NO_FLUSH);
    }
    return asked - zip->avail_out;
}

enum flow_result flow_read(struct flow *flow, char *out, size_t room, size_t *size)
{
    uint64_t most = flow->cut - flow->sent;
    if (!halt_sleep(flow->halt, flow->sent > 0 ? flow->pause_ms : 0) || most == 0)
        return FLOW_BROKEN;
    most = most < flow->piece ? most : flow->piece;
    room = most < room ? (size_t)most : room;
    *size = flow->zipped ? take_zipped(flow, out, room) : take(flow, out, room);
    flow->sent += *size;
    return *size > 0 ? FLOW_MORE : FLOW_END;
}

void flow_free(struct flow *flow)
{
    if (flow->zipped)
        deflateEnd(&flow->zip);
    free(flow->body);
    free(flow);
}
