/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTP: bodies out, bodies in, several requests in flight in one loop. The only file that knows
 * libcurl. It neither reads what it carries nor decides whether to try again.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "error.h"
#include "text.h"
#include "trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum transport_ip { TRANSPORT_IP_ANY, TRANSPORT_IP_V4, TRANSPORT_IP_V6 };

enum { TRANSPORT_SLOTS_MAX = 64, TRANSPORT_REASON_SIZE = 2 * TEXT_SIZE };

/* All borrowed for the life of the transport. */
struct transport_config {
    const char *url;
    const char *format;     /* goes into the query as _format */
    const char *ca_file;    /* NULL: the system's */
    const char *proxy;      /* NULL: what the environment says, for https only */
    bool environment_proxy; /* it names one; libcurl before 8.7 doesn't tell whether it took it */
    const char *user_agent;
    enum transport_ip ip;
    unsigned slots;       /* requests in flight at once, at most TRANSPORT_SLOTS_MAX */
    int64_t time_left_ms; /* the run's budget, so that no default of libcurl is shorter */
    struct trace *trace;
};

enum transport_state {
    TRANSPORT_ANSWERED,    /* HTTP went well, or the sink had enough */
    TRANSPORT_UNREACHABLE, /* no connection, or it ended before any byte came */
    TRANSPORT_CUT_OFF,     /* the connection ended in the middle of the answer */
    TRANSPORT_UNUSABLE,    /* what came is no HTTP, or the CA file is no CA file */
    TRANSPORT_NO_MEMORY
};

struct transport_answer {
    enum transport_state state;
    int http_status;                    /* 0: none came */
    char reason[TRANSPORT_REASON_SIZE]; /* why not answered; clean */
    char location[TEXT_SIZE];           /* of a redirect, without its query; clean, may be empty */
    bool passing;                       /* why it failed may be gone soon */
    int64_t retry_after_ms;             /* how long the server wants to be left alone */
    uint64_t body_bytes;
    int64_t elapsed_ms;
};

/* Takes bytes of an answer's body; false: no more of them. */
typedef bool transport_sink(void *context, const char *bytes, size_t length);

/*
 * False with ERROR_USAGE when the URL is not http or https, or is http to a host other than
 * loopback and allow_http isn't set.
 */
bool transport_check_url(const char *url, bool allow_http, struct error *err);

/*
 * Likewise for a proxy to that (sound) URL: http to the API through a proxy that isn't loopback
 * shows it the key, too.
 */
bool transport_check_proxy(const char *proxy, const char *url, bool allow_http, struct error *err);

struct transport;

/* NULL with *err set. Freed by transport_free, which drops what is in flight and takes NULL. */
struct transport *transport_new(const struct transport_config *config, struct error *err);
void transport_free(struct transport *transport);

/* HOST, or HOST port N where the URL names one; clean, good as long as the transport. */
const char *transport_host(const struct transport *transport);

/* POSTs body (borrowed until the answer is taken) in a free slot. False when out of memory. */
bool transport_send(struct transport *transport, unsigned slot, const char *body, size_t length,
                    transport_sink *sink, void *context);

/* Moves bytes, or sleeps until something happens, at most wait_ms. False: libcurl failed. */
bool transport_wait(struct transport *transport, int64_t wait_ms);

/* The next finished slot and its answer; false when there is none. The slot is free then. */
bool transport_take(struct transport *transport, unsigned *slot, struct transport_answer *answer);

#endif
