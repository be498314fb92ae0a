/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A request of a few messages, and what an answer makes of them, for the tests of reply.h. One
 * probe takes one answer.
 */
#ifndef FIXTURE_REPLY_H
#define FIXTURE_REPLY_H

#include "reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPLY_NOW_MS INT64_C(1795421880000) /* 2026-11-23T08:18:00Z */
#define HOUR_MS      INT64_C(3600000)

/* An answer with these entries, and one entry about the first message. */
#define LIST(entries)  "{\"success\":true,\"code\":200,\"StatutResponse_List\":[" entries "]}"
#define ABOUT_A        "\"phoneNumber\":\"+33612345678\",\"messageId\":1000"
#define ENTRY(members) "{\"success\":true,\"code\":200," ABOUT_A "," members "}"

struct probe {
    struct message messages[REPLY_MESSAGES_MAX];
    struct outcome outcomes[REPLY_MESSAGES_MAX];
    size_t count;
    struct reply_rules rules; /* 48 h of grace, France */
    struct detail_table *details;
    struct reply_result result;
};

/*
 * Three messages: id 1000 to +33612345678 sent an hour ago, id 1000 to +33687654321 and id 1001 to
 * +33612345678 sent nobody knows when.
 */
void probe_init(struct probe *probe);
void probe_release(struct probe *probe);

/* Feeds the answer in pieces of that many bytes (0: whole) and finishes it. */
void probe_feed(struct probe *probe, const char *body, size_t length, size_t piece);

/* The same for a text, whole. */
void probe_answer(struct probe *probe, const char *body);

/* Message i ended like that. */
void expect_outcome(const char *row, const struct probe *probe, size_t i, enum outcome_kind kind);

/* The answer as a whole came to that; where it isn't REPLY_ANSWERED all outcomes are reset. */
void expect_state(const char *row, const struct probe *probe, enum reply_state state);

#endif
