/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What multi-status does with a request: refuses it as a whole, or finds out what became of each of
 * its messages. The order of the refusals is a guess; the codes are those of the Error Codes page.
 */
#include "endpoint.h"

#include "api_error.h"
#include "memory.h"
#include "phone.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ITEMS_MAX = 500 };

bool endpoint_accepts_key(const struct endpoint *endpoint, const struct request *request)
{
    return request->key != NULL && strcmp(request->key, endpoint->options->key) == 0;
}

static bool is_xml(const char *format)
{
    return format != NULL && strcmp(format, "xml") == 0;
}

/* Where `_format` belongs is documented nowhere: the query and the body both count, or as told. */
enum format endpoint_format(const struct endpoint *endpoint, const struct request *request)
{
    bool body_counts = !odd(endpoint->options, ODD_FORMAT_IN_QUERY);
    bool query_counts = !odd(endpoint->options, ODD_FORMAT_IN_BODY);
    if (odd(endpoint->options, ODD_FORMAT_IGNORED_JSON))
        return FORMAT_JSON;
    if (odd(endpoint->options, ODD_FORMAT_IGNORED_XML))
        return FORMAT_XML;
    bool in_body = body_counts && is_xml(request->format);
    bool in_query = query_counts && is_xml(request->query_format);
    return in_body || in_query ? FORMAT_XML : FORMAT_JSON;
}

/* API_FINE, or the code that refuses the whole request. */
static int judge(const struct endpoint *endpoint, const struct request *request)
{
    if (endpoint->options->error_code != 0)
        return endpoint->options->error_code;
    if (request->tree == NULL)
        return API_BAD_JSON;
    if (request->key == NULL)
        return API_KEY_MISSING;
    if (!endpoint_accepts_key(endpoint, request))
        return API_KEY_WRONG;
    if (request->misspelled && odd(endpoint->options, ODD_WRONG_KEY_SPELLING_OK))
        return API_FINE;
    if (request->mistyped)
        return API_WRONG_FORMAT;
    if (request->count == 0)
        return API_LIST_EMPTY;
    return request->count > ITEMS_MAX ? API_TOO_MANY : API_FINE;
}

static struct fate fate_of(const struct endpoint *endpoint, const struct request_item *item,
                           const struct scenario *scenario, int64_t now)
{
    struct fate failed = {.code = API_NOT_FOUND};
    uint64_t digits;
    if (item->number == NULL)
        failed.code = API_NUMBER_MISSING;
    else if (item->id == NULL)
        failed.code = API_ID_MISSING;
    else if (phone_read(item->number, &digits))
        return scenario != NULL ? scenario_fate(scenario, digits, item->id, now)
                                : fate_by_rule(digits, item->id, endpoint->start);
    return failed;
}

static struct answer list(const struct endpoint *endpoint, const struct request *request,
                          const struct scenario *scenario)
{
    int64_t now = (int64_t)time(NULL);
    struct subject *subjects = memory_get((request->count + 1) * sizeof *subjects);
    for (size_t i = 0; i < request->count; i++) {
        const struct request_item *item = &request->items[i];
        subjects[i].number = item->number;
        subjects[i].id = item->id;
        subjects[i].fate = fate_of(endpoint, item, scenario, now);
    }
    struct answer answer = answer_list(endpoint->options, endpoint_format(endpoint, request),
                                       subjects, request->count);
    free(subjects);
    return answer;
}

struct answer endpoint_answer(const struct endpoint *endpoint, const struct request *request)
{
    int code = judge(endpoint, request);
    if (code != API_FINE)
        return answer_error(endpoint->options, endpoint_format(endpoint, request), code,
                            endpoint->options->error_text);
    if (endpoint->watch == NULL)
        return list(endpoint, request, NULL);

    watch_refresh(endpoint->watch, false);
    struct answer answer = list(endpoint, request, watch_borrow(endpoint->watch));
    watch_return(endpoint->watch);
    return answer;
}
