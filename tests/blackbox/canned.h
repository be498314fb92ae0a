/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A raw server on a free loopback port, in a child process, for replies that no sound HTTP server
 * sends. Each request is answered by the first rule that fits it, the same way however often it is
 * asked, so tests need not know whether a request is tried again. Every request is recorded.
 */
#ifndef BLACKBOX_CANNED_H
#define BLACKBOX_CANNED_H

#include <stdbool.h>
#include <stddef.h>

#include "json.h"

enum canned_kind {
    CANNED_BYTES,   /* send the bytes */
    CANNED_DELIVER, /* HTTP 200: every message asked for is Delivered at .date */
    CANNED_CLOSE,   /* close the connection without a byte */
    CANNED_RESET,   /* the same, but as a crash does */
    CANNED_SILENCE, /* never answer */
    CANNED_GREETING /* send the bytes as soon as somebody connects; only as the first rule */
};

struct canned_rule {
    enum canned_kind kind;
    const char *when; /* a part of the request's body; NULL fits all */
    unsigned times;   /* 0: for ever; otherwise the rule is used up after so many */
    const char *bytes;
    size_t size;      /* 0: up to the terminator */
    long drip_ms;     /* one byte at a time with this pause; -1: without a pause */
    bool close_after; /* else the connection stays open */
    const char *date; /* of CANNED_DELIVER, NULL: a fixed one */
};

struct canned_request {
    char *method;
    char *target;
    char *headers; /* lower case */
    char *body;
    size_t body_size;
    json object; /* NULL when the body isn't JSON */
};

/* Ends with the test; the server becomes {url}. The rules are copied by forking. */
void canned_start(const struct canned_rule *rules, size_t count);
/* The usual short forms: one rule for everything. */
void canned_reply(int status, const char *type, const char *body);
void canned_json(const char *body); /* HTTP 200, ' for " */
void canned_deliver(void);

/* A whole HTTP reply with a right Content-Length. */
char *http_reply(int status, const char *type, const char *body);

size_t canned_count(void);
/* number counts from 1; fails the test when there was no such request */
struct canned_request canned_request(size_t number);
/* All messages asked for: "+33639980001:1 +33639980002:2" */
char *canned_asked(void);
/* For struct how: true as soon as a request has come. */
bool canned_was_asked(void);

#endif
