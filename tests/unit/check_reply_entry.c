/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one entry of an answer means: its code, status, flags and date,
 * in every type that the field has shown or may show.
 */
#include "fixture_reply.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* Answers with one entry about the first message, whose members follow id and number. */
static void answer_with(struct probe *probe, const char *members)
{
    char body[1024];
    snprintf(body, sizeof body, LIST("{" ABOUT_A ",%s}"), members);
    probe_init(probe);
    probe_answer(probe, body);
    expect_state(members, probe, REPLY_ANSWERED);
}

static const struct {
    const char *members;
    enum outcome_kind kind;
} CODES[] = {
    {"\"code\":200,\"status\":\"Delivered\"", OUTCOME_DELIVERED},
    {"\"code\":\"200\",\"status\":\"Delivered\"", OUTCOME_DELIVERED},
    {"\"code\":null,\"status\":\"Delivered\"", OUTCOME_DELIVERED},
    {"\"code\":\"\",\"status\":\"Delivered\"", OUTCOME_DELIVERED},
    {"\"status\":\"Delivered\"", OUTCOME_DELIVERED},
    {"\"success\":true,\"code\":200,\"status\":\"Not delivered\"", OUTCOME_UNDELIVERED},
    {"\"code\":200,\"status\":\"EXPIRED\"", OUTCOME_UNDELIVERED},
    {"\"code\":200,\"status\":\"Waiting\"", OUTCOME_WAITING},
    {"\"success\":false,\"code\":4,\"status\":\"Number not found\"", OUTCOME_NOT_FOUND},
    {"\"success\":false,\"code\":\"4\",\"status\":\"Num\\u00e9ro introuvable\"", OUTCOME_NOT_FOUND},
    {"\"success\":true,\"code\":4,\"status\":\"Delivered\"", OUTCOME_NOT_FOUND},
    {"\"code\":4", OUTCOME_NOT_FOUND},
    {"\"code\":4,\"status\":null", OUTCOME_NOT_FOUND},
    {"\"code\":2,\"status\":\"x\"", OUTCOME_NOT_FOUND},
    {"\"code\":3,\"status\":\"x\"", OUTCOME_NOT_FOUND},
    {"\"code\":6,\"status\":\"x\"", OUTCOME_NOT_FOUND},
    {"\"code\":\"9\",\"message\":\"x\"", OUTCOME_NOT_FOUND},
    {"\"code\":10,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":5,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":500,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":\"x\",\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":44,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":0,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":99999999999999999999,\"status\":\"Delivered\"", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":\"Livr\\u00e9\"", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":\"\"", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":null", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":true", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":200", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":{\"status\":\"Delivered\"}", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":[\"Delivered\"]", OUTCOME_UNKNOWN},
    {"\"code\":200", OUTCOME_UNKNOWN},
    {"\"code\":200,\"status\":\"Delivered\\u0000\"", OUTCOME_UNKNOWN},
};

START_TEST(code_and_status_decide)
{
    struct probe probe;
    answer_with(&probe, CODES[_i].members);
    expect_outcome(CODES[_i].members, &probe, 0, CODES[_i].kind);
    ck_assert_msg(probe.outcomes[0].answered && probe.outcomes[0].detail >= DETAIL_FIRST,
                  "%s: expected what the API said", CODES[_i].members);
    probe_release(&probe);
}
END_TEST

static const struct {
    const char *value;
    bool set;
} FLAGS[] = {
    {"\"1\"", true},  {"1", true},          {"true", true},   {"\"true\"", true},
    {"\"0\"", false}, {"0", false},         {"false", false}, {"\"false\"", false},
    {"null", false},  {"\"\"", false},      {"2", false},     {"\"no\"", false},
    {"[1]", false},   {"{\"a\":1}", false},
};

static const struct {
    const char *name;
    bool is_spam;
} FLAG_NAMES[] = {{"isSpam", true}, {"stopSms", false}, {"stopSMS", false}};

START_TEST(flags_come_in_every_type)
{
    for (int i = 0; i < COUNT_OF(FLAG_NAMES); i++) {
        char members[100];
        struct probe probe;
        snprintf(members, sizeof members, "\"status\":\"Delivered\",\"%s\":%s", FLAG_NAMES[i].name,
                 FLAGS[_i].value);
        answer_with(&probe, members);
        bool spam = probe.outcomes[0].spam, stop = probe.outcomes[0].stop;
        ck_assert_msg(spam == (FLAGS[_i].set && FLAG_NAMES[i].is_spam), "%s: spam is %d", members,
                      spam);
        ck_assert_msg(stop == (FLAGS[_i].set && !FLAG_NAMES[i].is_spam), "%s: stop is %d", members,
                      stop);
        expect_outcome(members, &probe, 0, OUTCOME_DELIVERED);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(of_two_spellings_the_one_that_is_set_counts)
{
    static const char *const members[] = {
        "\"status\":\"Delivered\",\"stopSms\":\"0\",\"stopSMS\":true",
        "\"status\":\"Delivered\",\"stopSMS\":true,\"stopSms\":\"0\"",
        "\"status\":\"Delivered\",\"stopSms\":1,\"stopSMS\":null",
    };
    for (int i = 0; i < COUNT_OF(members); i++) {
        struct probe probe;
        answer_with(&probe, members[i]);
        ck_assert_msg(probe.outcomes[0].stop, "%s: expected stop", members[i]);
        probe_release(&probe);
    }
}
END_TEST

/* Ages against grace times; sent_ms of MESSAGE_SENT_UNKNOWN: nobody knows. */
static const struct {
    const char *name;
    int64_t grace_ms, sent_ms;
    enum outcome_kind kind;
} GRACES[] = {
    {"just sent", 48 * HOUR_MS, REPLY_NOW_MS, OUTCOME_WAITING},
    {"1 ms before the end of grace", 48 * HOUR_MS, REPLY_NOW_MS - 48 * HOUR_MS + 1,
     OUTCOME_WAITING},
    {"grace used up", 48 * HOUR_MS, REPLY_NOW_MS - 48 * HOUR_MS, OUTCOME_OVERDUE},
    {"long over", 48 * HOUR_MS, 0, OUTCOME_OVERDUE},
    {"sent in the future", 48 * HOUR_MS, REPLY_NOW_MS + HOUR_MS, OUTCOME_WAITING},
    {"sent time unknown", 48 * HOUR_MS, MESSAGE_SENT_UNKNOWN, OUTCOME_WAITING},
    {"grace of 1 ms, just sent", 1, REPLY_NOW_MS, OUTCOME_WAITING},
    {"grace of 1 ms, used up", 1, REPLY_NOW_MS - 1, OUTCOME_OVERDUE},
    {"no grace, just sent", 0, REPLY_NOW_MS, OUTCOME_OVERDUE},
    {"no grace, sent in the future", 0, REPLY_NOW_MS + HOUR_MS, OUTCOME_OVERDUE},
    {"no grace, sent time unknown", 0, MESSAGE_SENT_UNKNOWN, OUTCOME_OVERDUE},
    {"100 years of grace", INT64_C(3155760000000), 0, OUTCOME_WAITING},
};

START_TEST(grace_ends_waiting)
{
    static const char *const words[] = {"Waiting", "PENDING", "enroute", "ACCEPTD", "Sent"};
    for (int i = 0; i < COUNT_OF(words); i++) {
        char body[300];
        struct probe probe;
        snprintf(body, sizeof body, LIST(ENTRY("\"status\":\"%s\"")), words[i]);
        probe_init(&probe);
        probe.rules.grace_ms = GRACES[_i].grace_ms;
        probe.messages[0].sent_ms = GRACES[_i].sent_ms;
        probe_answer(&probe, body);
        expect_outcome(GRACES[_i].name, &probe, 0, GRACES[_i].kind);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(grace_is_for_waiting_messages_only)
{
    struct probe probe;
    probe_init(&probe);
    probe.rules.grace_ms = 0;
    probe_answer(
        &probe,
        LIST(ENTRY(
            "\"status\":\"Delivered\"") ",{\"phoneNumber\":\"+33687654321\",\"messageId\":1000,"
                                        "\"status\":\"ko\"},{\"phoneNumber\":\"+33612345678\","
                                        "\"messageId\":1001,\"status\":\"?\"}"));
    expect_outcome("delivered", &probe, 0, OUTCOME_DELIVERED);
    expect_outcome("ko", &probe, 1, OUTCOME_UNDELIVERED);
    expect_outcome("unknown word", &probe, 2, OUTCOME_UNKNOWN);
    probe_release(&probe);
}
END_TEST

/* Dates against a message sent at 2026-11-23T07:18:00Z (epoch 1795418280). -1: no latency. */
static const struct {
    const char *name, *date;
    int64_t latency_ms;
} DATES[] = {
    {"text of epoch seconds", "\"1795418286\"", 6000},
    {"number of epoch seconds", "1795418286", 6000},
    {"epoch milliseconds", "1795418286500", 6500},
    {"text of epoch milliseconds", "\"1795418286500\"", 6500},
    {"half a second", "1795418286.5", 6500},
    {"Paris without an offset", "\"2026-11-23 08:18:06\"", 6000},
    {"Paris with T", "\"2026-11-23T08:18:06\"", 6000},
    {"Z", "\"2026-11-23T07:18:06Z\"", 6000},
    {"offset", "\"2026-11-23T09:18:06+02:00\"", 6000},
    {"blanks around", "\" 1795418286 \"", 6000},
    {"the same second", "1795418280", 0},
    {"clock skew", "1795418200", 0},
    {"two days", "1795591080", 172800000},
    {"null", "null", -1},
    {"empty", "\"\"", -1},
    {"zero", "0", -1},
    {"zero as text", "\"0\"", -1},
    {"true", "true", -1},
    {"words", "\"hier\"", -1},
    {"impossible", "\"2026-02-30 08:00:00\"", -1},
    {"negative", "-1", -1},
    {"list", "[1795418286]", -1},
    {"exponent", "1.795418286e9", -1},
};

START_TEST(dates_come_in_every_type)
{
    char members[100];
    struct probe probe;
    zone_set("EST5");
    snprintf(members, sizeof members, "\"status\":\"Delivered\",\"date\":%s", DATES[_i].date);
    answer_with(&probe, members);
    zone_reset();
    uint64_t expected =
        DATES[_i].latency_ms < 0 ? OUTCOME_NO_LATENCY : (uint64_t)DATES[_i].latency_ms;
    ck_assert_msg(probe.outcomes[0].latency_ms == expected, "%s: expected %jd ms, got %ju",
                  DATES[_i].name, (intmax_t)DATES[_i].latency_ms,
                  (uintmax_t)probe.outcomes[0].latency_ms);
    expect_outcome(DATES[_i].name, &probe, 0, OUTCOME_DELIVERED);
    probe_release(&probe);
}
END_TEST

START_TEST(only_delivered_messages_have_a_latency)
{
    static const char *const others[] = {
        "\"code\":200,\"status\":\"Waiting\"",  "\"code\":200,\"status\":\"Not delivered\"",
        "\"code\":4,\"status\":\"Delivered\"",  "\"code\":200,\"status\":\"x\"",
        "\"code\":10,\"status\":\"Delivered\"",
    };
    for (int i = 0; i < COUNT_OF(others); i++) {
        char members[100];
        struct probe probe;
        snprintf(members, sizeof members, "%s,\"date\":\"1795418286\"", others[i]);
        answer_with(&probe, members);
        ck_assert_msg(probe.outcomes[0].latency_ms == OUTCOME_NO_LATENCY, "%s: expected no latency",
                      others[i]);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(without_a_sent_time_there_is_no_latency)
{
    struct probe probe;
    probe_init(&probe);
    probe.messages[0].sent_ms = MESSAGE_SENT_UNKNOWN;
    probe_answer(&probe, LIST(ENTRY("\"status\":\"Delivered\",\"date\":\"1795418286\"")));
    expect_outcome("no sent time", &probe, 0, OUTCOME_DELIVERED);
    ck_assert(probe.outcomes[0].latency_ms == OUTCOME_NO_LATENCY);
    probe_release(&probe);
}
END_TEST

/* A date so late that the latency doesn't fit must not look like a quick delivery. */
START_TEST(an_absurd_date_is_no_quick_delivery)
{
    static const int64_t beyond_s[] = {INT64_C(4398046511), INT64_C(4398046516),
                                       INT64_C(8796093030), INT64_C(200000000000)};
    struct probe probe;
    char members[100];
    snprintf(members, sizeof members, "\"status\":\"Delivered\",\"date\":\"%jd000\"",
             (intmax_t)(1795418280 + beyond_s[_i]));
    answer_with(&probe, members);
    uint64_t latency = probe.outcomes[0].latency_ms;
    ck_assert_msg(latency >= (UINT64_C(1) << OUTCOME_LATENCY_BITS) - 2000,
                  "%jd s: got a latency of %ju ms", (intmax_t)beyond_s[_i], (uintmax_t)latency);
    probe_release(&probe);
}
END_TEST

void reply_add_entry_cases(Suite *suite)
{
    TCase *entry = add_case(suite, "entry"), *grace = add_case(suite, "grace"),
          *latency = add_case(suite, "latency");
    tcase_add_loop_test(entry, code_and_status_decide, 0, COUNT_OF(CODES));
    tcase_add_loop_test(entry, flags_come_in_every_type, 0, COUNT_OF(FLAGS));
    tcase_add_test(entry, of_two_spellings_the_one_that_is_set_counts);
    tcase_add_loop_test(grace, grace_ends_waiting, 0, COUNT_OF(GRACES));
    tcase_add_test(grace, grace_is_for_waiting_messages_only);
    tcase_add_loop_test(latency, dates_come_in_every_type, 0, COUNT_OF(DATES));
    tcase_add_test(latency, only_delivered_messages_have_a_latency);
    tcase_add_test(latency, without_a_sent_time_there_is_no_latency);
    tcase_add_loop_test(latency, an_absurd_date_is_no_quick_delivery, 0, 4);
}
