/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outcomes; see outcome.h. The words come from the Bulk Status and Error Codes pages of the
 * provider's documentation (docpartner.dev, 2025; the SMPP words from its second table), "sent"
 * from public clients only.
 */
#include "outcome.h"

#include "detail.h"
#include "text.h"

struct outcome outcome_initial(void)
{
    return (struct outcome){
        .latency_ms = OUTCOME_NO_LATENCY,
        .detail = DETAIL_NOT_ANSWERED,
        .kind = OUTCOME_UNKNOWN,
    };
}

enum outcome_kind outcome_from_status(const char *status, size_t length)
{
    static const struct {
        const char *word;
        enum outcome_kind kind;
    } words[] = {
        {"Delivered", OUTCOME_DELIVERED},       {"DELIVRD", OUTCOME_DELIVERED},
        {"Not delivered", OUTCOME_UNDELIVERED}, {"KO", OUTCOME_UNDELIVERED},
        {"UNDELIV", OUTCOME_UNDELIVERED},       {"EXPIRED", OUTCOME_UNDELIVERED},
        {"REJECTD", OUTCOME_UNDELIVERED},       {"Waiting", OUTCOME_WAITING},
        {"PENDING", OUTCOME_WAITING},           {"ENROUTE", OUTCOME_WAITING},
        {"ACCEPTD", OUTCOME_WAITING},           {"SENT", OUTCOME_WAITING},
    };
    text_trim(&status, &length);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_equals_ignoring_case(status, length, words[i].word))
            return words[i].kind;
    return OUTCOME_UNKNOWN;
}

static const struct {
    const char *name, *words;
} NAMES[OUTCOME_KINDS] = {
    [OUTCOME_DELIVERED] = {"delivered", "delivered"},
    [OUTCOME_UNDELIVERED] = {"undelivered", "not delivered"},
    [OUTCOME_WAITING] = {"waiting", "waiting"},
    [OUTCOME_OVERDUE] = {"overdue", "overdue"},
    [OUTCOME_NOT_FOUND] = {"not_found", "not found"},
    [OUTCOME_UNKNOWN] = {"unknown", "unknown"},
};

const char *outcome_name(enum outcome_kind kind)
{
    return NAMES[kind].name;
}

const char *outcome_words(enum outcome_kind kind)
{
    return NAMES[kind].words;
}
