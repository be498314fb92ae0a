/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers decoded twice; see reply_pieces.h. */
#include "reply_pieces.h"

#include "answer.h"
#include "reply.h"

#include <string.h>

enum { NO_GRACE = 1, ONE_MESSAGE = 2, HTTP_400 = 4, HTTP_503 = 8, MESSAGES = 5 };

static const int64_t NOW_MS = 1795442400000, HOUR_MS = 3600000;

/* What came of an answer. */
struct verdict_of_reply {
    struct reply_result result;
    struct outcome outcomes[MESSAGES];
};

/* Two recipients of one sending, one recipient of two, ages on both sides of the grace time. */
static size_t fill_messages(struct message messages[MESSAGES], const struct fuzz_input *input)
{
    messages[0] = (struct message){33612345678, 1000, NOW_MS - HOUR_MS};
    messages[1] = (struct message){33687654321, 1000, MESSAGE_SENT_UNKNOWN};
    messages[2] = (struct message){33612345678, 1001, NOW_MS - 49 * HOUR_MS};
    messages[3] = (struct message){33699999993, 111111, 1517934400000};
    messages[4] = (struct message){15551234567, 9999999999999999999U, NOW_MS + HOUR_MS};
    return input->steer[2] & ONE_MESSAGE ? 1 : MESSAGES;
}

static void feed(struct reply *reply, const struct fuzz_input *input, struct fuzz_cuts *cuts)
{
    size_t at = 0;
    bool wants_more = true;
    while (at < input->length && wants_more) {
        size_t left = input->length - at;
        size_t length = cuts ? fuzz_cuts_next(cuts, left) : left;
        wants_more = reply_feed(reply, input->text + at, length);
        at += length;
    }
}

/* cuts NULL: fed whole. */
static struct verdict_of_reply decode(const struct fuzz_input *input,
                                      const struct reply_rules *rules, struct fuzz_cuts *cuts)
{
    struct verdict_of_reply verdict;
    struct message messages[MESSAGES];
    size_t count = fill_messages(messages, input);
    for (size_t i = 0; i < MESSAGES; i++)
        verdict.outcomes[i] = outcome_initial();
    struct reply *reply = reply_new(rules, messages, verdict.outcomes, count);
    fuzz_require(reply != NULL, "there is memory");
    feed(reply, input, cuts);
    reply_finish(reply, &verdict.result);
    reply_free(reply);
    return verdict;
}

static bool is_same_outcome(const struct outcome *a, const struct outcome *b)
{
    return a->latency_ms == b->latency_ms && a->detail == b->detail && a->kind == b->kind &&
           a->answered == b->answered && a->spam == b->spam && a->stop == b->stop;
}

static void require_same(const struct verdict_of_reply *a, const struct verdict_of_reply *b)
{
    fuzz_require(a->result.state == b->result.state, "pieces are read like the whole: state");
    fuzz_require(a->result.has_code == b->result.has_code && a->result.code == b->result.code,
                 "pieces are read like the whole: code");
    fuzz_require(a->result.has_success == b->result.has_success,
                 "pieces are read like the whole: success");
    fuzz_require(strcmp(a->result.message, b->result.message) == 0,
                 "pieces are read like the whole: message");
    for (size_t i = 0; i < MESSAGES; i++)
        fuzz_require(is_same_outcome(&a->outcomes[i], &b->outcomes[i]),
                     "pieces are read like the whole: outcomes");
}

static void require_sound_outcome(const struct outcome *outcome, const struct detail_table *details)
{
    const struct outcome initial = outcome_initial();
    struct outcome no_entry = initial;
    struct detail detail = detail_get(details, (uint16_t)outcome->detail);
    no_entry.detail = DETAIL_NO_ENTRY;
    fuzz_require(outcome->kind < OUTCOME_KINDS, "outcomes are of a known kind");
    fuzz_require(!detail.status || strlen(detail.status) <= DETAIL_STATUS_MAX,
                 "statuses are bounded");
    fuzz_require(outcome->answered || is_same_outcome(outcome, &no_entry) ||
                     is_same_outcome(outcome, &initial),
                 "what has no entry has no outcome");
}

static void require_sound(const struct verdict_of_reply *verdict,
                          const struct detail_table *details)
{
    const struct outcome initial = outcome_initial();
    bool is_answered = verdict->result.state == REPLY_ANSWERED;
    fuzz_require(memchr(verdict->result.message, '\0', REPLY_TEXT_MAX) != NULL &&
                     memchr(verdict->result.reason, '\0', REPLY_TEXT_MAX) != NULL,
                 "texts are terminated");
    fuzz_require(is_answered || verdict->result.state == REPLY_API_ERROR ||
                     verdict->result.reason[0] != '\0',
                 "failures have a reason");
    fuzz_require(verdict->result.state != REPLY_NO_MEMORY, "there is memory");
    for (size_t i = 0; i < MESSAGES; i++) {
        require_sound_outcome(&verdict->outcomes[i], details);
        fuzz_require(is_answered || is_same_outcome(&verdict->outcomes[i], &initial),
                     "a failed answer leaves no outcome set");
    }
}

/* What the user is told of it. */
static void require_clean_answer(const struct fuzz_input *input, const struct reply_result *result)
{
    struct answer answer;
    const struct text_rules rules = {.secret = "a-key-of-ours", .mask_numbers = true};
    struct transport_answer transport = {.state = TRANSPORT_ANSWERED, .http_status = 200};
    if (input->steer[2] & HTTP_400)
        transport.http_status = 400;
    else if (input->steer[2] & HTTP_503)
        transport.http_status = 503;
    answer_judge(&answer, &transport, result, "api.example", &rules);
    fuzz_require_clean(answer.text, FAILURE_TEXT_SIZE, "failures are told in clean text");
    fuzz_require(answer.fine == (answer.text[0] == '\0'), "failures are told");
    fuzz_require(!strstr(answer.text, rules.secret), "the key is not told");
}

void reply_whole_and_in_pieces(const struct fuzz_input *input)
{
    struct fuzz_cuts cuts = fuzz_cuts_start(input);
    struct detail_table *details = detail_table_new();
    fuzz_require(details != NULL, "there is memory");
    const struct reply_rules rules = {.country_code = "33",
                                      .now_ms = NOW_MS,
                                      .grace_ms = input->steer[2] & NO_GRACE ? 0 : 48 * HOUR_MS,
                                      .details = details};
    struct verdict_of_reply whole = decode(input, &rules, NULL);
    struct verdict_of_reply pieces = decode(input, &rules, &cuts);
    require_sound(&whole, details);
    require_sound(&pieces, details);
    require_same(&whole, &pieces);
    require_clean_answer(input, &whole.result);
    detail_table_free(details);
}
