/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers for tests; see fixture_reply.h. */
#include "fixture_reply.h"
#include "support.h"

#include <string.h>

void probe_init(struct probe *probe)
{
    memset(probe, 0, sizeof *probe);
    probe->details = detail_table_new();
    ck_assert_ptr_nonnull(probe->details);
    probe->rules = (struct reply_rules){"33", REPLY_NOW_MS, 48 * HOUR_MS, probe->details};
    probe->messages[0] = (struct message){33612345678, 1000, REPLY_NOW_MS - HOUR_MS};
    probe->messages[1] = (struct message){33687654321, 1000, MESSAGE_SENT_UNKNOWN};
    probe->messages[2] = (struct message){33612345678, 1001, MESSAGE_SENT_UNKNOWN};
    probe->count = 3;
}

void probe_release(struct probe *probe)
{
    detail_table_free(probe->details);
}

void probe_feed(struct probe *probe, const char *body, size_t length, size_t piece)
{
    struct reply *reply = reply_new(&probe->rules, probe->messages, probe->outcomes, probe->count);
    bool wants_more = true;
    ck_assert_ptr_nonnull(reply);
    if (piece == 0)
        piece = length;
    for (size_t at = 0; at < length && wants_more; at += piece)
        wants_more = reply_feed(reply, body + at, piece < length - at ? piece : length - at);
    reply_finish(reply, &probe->result);
    reply_free(reply);
}

void probe_answer(struct probe *probe, const char *body)
{
    probe_feed(probe, body, strlen(body), 0);
}

void expect_outcome(const char *row, const struct probe *probe, size_t i, enum outcome_kind kind)
{
    enum outcome_kind got = (enum outcome_kind)probe->outcomes[i].kind;
    ck_assert_msg(got == kind, "%s: message %zu: expected %s, got %s (state %d, %s%s)", row, i,
                  outcome_name(kind), outcome_name(got), (int)probe->result.state,
                  probe->result.reason, probe->result.message);
}

void expect_state(const char *row, const struct probe *probe, enum reply_state state)
{
    const struct reply_result *result = &probe->result;
    ck_assert_msg(result->state == state, "%s: expected state %d, got %d (%s%s)", row, (int)state,
                  (int)result->state, result->reason, result->message);
    if (state == REPLY_ANSWERED)
        return;
    for (size_t i = 0; i < probe->count; i++) {
        const struct outcome *outcome = &probe->outcomes[i];
        ck_assert_msg(outcome->kind == OUTCOME_UNKNOWN && !outcome->answered && !outcome->spam &&
                          !outcome->stop && outcome->detail == DETAIL_NOT_ANSWERED &&
                          outcome->latency_ms == OUTCOME_NO_LATENCY,
                      "%s: message %zu is not reset", row, i);
    }
}
