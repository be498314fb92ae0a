/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The built-in rule: decides what became of a message when no scenario says so. The number counts
 * as well as the id because all recipients of a campaign share one id (Bulk Send page), and
 * everybody meeting the same end would be no lifelike mixture.
 */
#include "fate.h"

#include "api_error.h"
#include "number.h"

/* About 96 % delivered: on 1000, 15 are not, 10 wait, 10 are unknown, 2 were never sent. */
static const struct fate_rule RULES[] = {
    {100, 13, {.code = API_FINE, .status = "Not delivered", .dated = true}, "Not delivered"},
    {200, 55, {.code = API_FINE, .status = "Not delivered", .dated = true}, "Not delivered"},
    {100, 37, {.code = API_FINE, .status = "Waiting"}, "Waiting, without a date"},
    {100, 71, {.code = API_NOT_FOUND}, "code 4, number not found"},
    {500, 404, {.code = API_FINE, .status = "ko", .dated = true}, "ko"},
    {200,
     99,
     {.code = API_FINE, .status = "Delivered", .dated = true, .stop = FLAG_YES},
     "Delivered, stopSms 1"},
    {500,
     250,
     {.code = API_FINE, .status = "Delivered", .dated = true, .spam = FLAG_YES},
     "Delivered, isSpam 1"},
    {1, 0, {.code = API_FINE, .status = "Delivered", .dated = true}, "Delivered"},
};

enum { HOUR = 3600, SPREAD = 3000, SLOW_EVERY = 40, SLOW = 75 };

const struct fate_rule *fate_rules(size_t *count)
{
    *count = sizeof RULES / sizeof RULES[0];
    return RULES;
}

/* Mostly 2 to 12 seconds, as in the one real message whose dates are public; some are slower. */
static int64_t seconds_taken(uint64_t n)
{
    return (int64_t)(2 + n % 11 + (n % SLOW_EVERY == 0 ? SLOW : 0));
}

struct fate fate_by_rule(uint64_t number, const char *id, int64_t start)
{
    struct fate fate = {.code = API_NOT_FOUND};
    uint64_t value;
    if (!number_read(id, INT64_MAX, &value))
        return fate;

    uint64_t n = value + number;
    const struct fate_rule *rule = RULES;
    while (n % rule->modulus != rule->rest)
        rule++;
    fate = rule->fate;
    fate.sent = start - HOUR + (int64_t)(value % SPREAD);
    fate.date = fate.sent + seconds_taken(n);
    return fate;
}
