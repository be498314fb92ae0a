/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One answer of the API on its way in: bytes are decoded as they arrive, straight into the outcomes
 * of the slice that was asked for. Entries are matched by message id and phone number together.
 */
#ifndef REPLY_H
#define REPLY_H

#include "detail.h"
#include "error.h"
#include "message.h"
#include "outcome.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPLY_MESSAGES_MAX = 500, REPLY_BODY_MAX = 8 * 1024 * 1024, REPLY_TEXT_MAX = 1024 };

/* How outcomes are read. All borrowed, for as long as the reply lives. */
struct reply_rules {
    const char *country_code; /* for numbers that come back in national spelling */
    int64_t now_ms;           /* wall time that ages are counted from */
    int64_t grace_ms;
    struct detail_table *details;
};

enum reply_state {
    REPLY_ANSWERED,     /* a list of entries; outcomes are set */
    REPLY_API_ERROR,    /* the API refused: see code and message */
    REPLY_EMPTY,        /* nothing came */
    REPLY_CUT_OFF,      /* it began well and ended early */
    REPLY_NOT_READABLE, /* neither JSON nor XML; see reason */
    REPLY_WRONG_SHAPE,  /* not what the API sends; see reason */
    REPLY_TOO_LARGE,
    REPLY_NO_MEMORY
};

/* What an answer as a whole says. message is as it came, not clean. */
struct reply_result {
    enum reply_state state;
    bool has_code;    /* a code was there */
    bool has_success; /* and the API's "success", which error pages of a web framework lack */
    int code;
    char message[REPLY_TEXT_MAX];
    char reason[REPLY_TEXT_MAX];
};

struct reply;

/*
 * A reply to a request for count messages (at most REPLY_MESSAGES_MAX), whose outcomes it resets
 * and then sets. messages and outcomes are borrowed until reply_free. NULL when out of memory.
 */
struct reply *reply_new(const struct reply_rules *rules, const struct message *messages,
                        struct outcome *outcomes, size_t count);

/* Takes the next bytes of the body. False when more of them would be useless. */
bool reply_feed(struct reply *reply, const char *bytes, size_t length);

/*
 * The body is complete. Where the state is not REPLY_ANSWERED the outcomes are reset, even where
 * some entries came.
 */
void reply_finish(struct reply *reply, struct reply_result *result);

void reply_free(struct reply *reply); /* takes NULL */

#endif
