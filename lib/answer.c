/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failures, from the connection up to the body; see answer.h. */
#include "answer.h"

#include "api_error.h"

#include <stdarg.h>
#include <stdio.h>

/* What is judged. All borrowed. */
struct exchange {
    const struct transport_answer *transport;
    const struct reply_result *reply;
    const char *host;
    const struct text_rules *rules;
};

static void fail(struct answer *answer, enum failure_class class, bool passing, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

static void fail(struct answer *answer, enum failure_class class, bool passing, const char *format,
                 ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(answer->text, sizeof answer->text, format, args);
    va_end(args);
    answer->class = class;
    answer->passing = passing;
}

static bool is_passing_status(int status)
{
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 ||
           status == 504;
}

static bool is_server_error(int status)
{
    return status >= 500 && status < 600;
}

static void judge_status(struct answer *answer, const struct exchange *exchange)
{
    int status = exchange->transport->http_status;
    bool is_away = is_server_error(status) || status == 408 || status == 429;
    fail(answer, is_away ? FAILURE_UNREACHABLE : FAILURE_REQUEST, is_passing_status(status),
         "%s answered HTTP %d%s", exchange->host, status,
         status == 429   ? " (too many requests)"
         : status == 404 ? ": check --url"
                         : "");
}

static void judge_redirect(struct answer *answer, const struct exchange *exchange)
{
    const char *location = exchange->transport->location;
    fail(answer, FAILURE_REQUEST, false,
         "%s answered HTTP %d, a redirect to %s; not followed, because the request holds the API "
         "key: check --url",
         exchange->host, exchange->transport->http_status, location[0] ? location : "nowhere");
}

/* The connection failed, or the answer broke off. */
static void judge_transport(struct answer *answer, const struct exchange *exchange)
{
    const struct transport_answer *transport = exchange->transport;
    bool is_away =
        transport->state == TRANSPORT_UNREACHABLE || is_server_error(transport->http_status);
    enum failure_class class = transport->state == TRANSPORT_NO_MEMORY ? FAILURE_INTERNAL
                               : is_away                               ? FAILURE_UNREACHABLE
                                                                       : FAILURE_REQUEST;
    fail(answer, class, transport->passing, "%s", transport->reason);
}

static void judge_api_error(struct answer *answer, const struct exchange *exchange)
{
    char message[TEXT_SIZE];
    const struct reply_result *reply = exchange->reply;
    const char *remedy = api_error_remedy(reply->code);
    bool passing =
        reply->code == API_CODE_RATE_LIMIT || is_passing_status(exchange->transport->http_status);
    text_clean_string(message, reply->message, exchange->rules);
    if (!reply->has_code || reply->code < 0)
        fail(answer, FAILURE_REQUEST, passing, "the API refused the request without a code: %s",
             message[0] ? message : "no reason given");
    else
        fail(answer, api_error_class(reply->code), passing, "API code %d: %s%s%s", reply->code,
             message[0] ? message : "no reason given", remedy ? "; " : "", remedy ? remedy : "");
}

static void judge_unusable(struct answer *answer, const struct exchange *exchange)
{
    char reason[TEXT_SIZE];
    enum reply_state state = exchange->reply->state;
    fail(answer, FAILURE_REQUEST, state == REPLY_EMPTY || state == REPLY_CUT_OFF,
         "%s sent no usable answer: %s", exchange->host,
         text_clean_string(reason, exchange->reply->reason, exchange->rules));
}

/* A JSON error page of a web framework has the HTTP status for a code, and no "success": that is no
 * code of the API. */
static bool has_api_code(const struct exchange *exchange)
{
    const struct reply_result *reply = exchange->reply;
    return reply->has_code &&
           (reply->has_success || reply->code != exchange->transport->http_status);
}

static void judge_body(struct answer *answer, const struct exchange *exchange)
{
    int status = exchange->transport->http_status;
    bool is_fine_status = status >= 200 && status < 300;
    if (!is_fine_status && !has_api_code(exchange))
        judge_status(answer, exchange);
    else if (exchange->reply->state == REPLY_ANSWERED)
        answer->fine = true;
    else if (exchange->reply->state == REPLY_API_ERROR)
        judge_api_error(answer, exchange);
    else if (exchange->reply->state == REPLY_NO_MEMORY)
        fail(answer, FAILURE_INTERNAL, false, "out of memory");
    else
        judge_unusable(answer, exchange);
}

/* A 4xx says enough, whatever became of its text. */
static bool is_cut_off_refusal(const struct transport_answer *transport)
{
    return transport->state == TRANSPORT_CUT_OFF && transport->http_status >= 400 &&
           transport->http_status < 500;
}

void answer_judge(struct answer *answer, const struct transport_answer *transport,
                  const struct reply_result *reply, const char *host,
                  const struct text_rules *rules)
{
    const struct exchange exchange = {transport, reply, host, rules};
    int status = transport->http_status;
    *answer = (struct answer){0};
    if (status >= 300 && status < 400)
        judge_redirect(answer, &exchange);
    else if (status == 408 || status == 429 || is_cut_off_refusal(transport))
        judge_status(answer, &exchange);
    else if (transport->state != TRANSPORT_ANSWERED)
        judge_transport(answer, &exchange);
    else
        judge_body(answer, &exchange);
}
