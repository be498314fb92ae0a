/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an exchange with the API came to: an answer, or a failure and what it means. */
#ifndef ANSWER_H
#define ANSWER_H

#include "failure.h"
#include "reply.h"
#include "text.h"
#include "transport.h"

#include <stdbool.h>

struct answer {
    bool fine;
    bool passing; /* the failure may be gone at the next try */
    enum failure_class class;
    char text[FAILURE_TEXT_SIZE]; /* for the user, clean; empty where fine */
};

/*
 * The table of failures: connection first, then statuses that are judged alone, then the body.
 * host names the API in texts; rules keep the key and phone numbers out of them.
 */
void answer_judge(struct answer *answer, const struct transport_answer *transport,
                  const struct reply_result *reply, const char *host,
                  const struct text_rules *rules);

#endif
