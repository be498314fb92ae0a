/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sound answers: entries are matched by id and number together, fields come in every type, and
 * bytes may arrive in any cut. What entries mean is in check_reply_entry.c, failures in
 * check_reply_failure.c.
 */
#include "fixture_reply.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The provider's own sample, with our numbers (Bulk Status page). */
static const char SAMPLE[] = "{\"success\":true,\"code\":200,\"StatutResponse_List\":[\n"
                             "  "
                             "{\"success\":true,\"code\":200,\"phoneNumber\":\"+33612345678\","
                             "\"messageId\":1000,\"status\":\"Delivered\",\n"
                             "   \"date\":\"1795418286\",\"stopSms\":\"1\",\"isSpam\":\"0\"},\n"
                             "  "
                             "{\"success\":false,\"code\":4,\"phoneNumber\":\"+33687654321\","
                             "\"messageId\":1000,\"status\":\"Number not found\"},\n"
                             "  "
                             "{\"success\":true,\"code\":200,\"phoneNumber\":\"+33612345678\","
                             "\"messageId\":1001,\"status\":\"Not delivered\",\n"
                             "   \"date\":\"1795418286\",\"stopSms\":\"0\",\"isSpam\":\"1\"}]}\n";

static void expect_sample(const char *row, const struct probe *probe)
{
    expect_state(row, probe, REPLY_ANSWERED);
    expect_outcome(row, probe, 0, OUTCOME_DELIVERED);
    expect_outcome(row, probe, 1, OUTCOME_NOT_FOUND);
    expect_outcome(row, probe, 2, OUTCOME_UNDELIVERED);
    const struct outcome *outcomes = probe->outcomes;
    ck_assert_msg(outcomes[0].latency_ms == 6000, "%s: expected a latency of 6 s, got %ju ms", row,
                  (uintmax_t)outcomes[0].latency_ms);
    ck_assert_msg(outcomes[0].stop && !outcomes[0].spam && !outcomes[1].stop && !outcomes[1].spam &&
                      !outcomes[2].stop && outcomes[2].spam,
                  "%s: wrong flags", row);
    struct detail said = detail_get(probe->details, outcomes[1].detail);
    ck_assert_msg(said.has_code && said.code == 4 && strcmp(said.status, "Number not found") == 0,
                  "%s: expected what the API said, got code %d", row, said.code);
}

START_TEST(the_documented_answer_is_understood)
{
    struct probe probe;
    probe_init(&probe);
    probe_answer(&probe, SAMPLE);
    expect_sample("sample", &probe);
    ck_assert(probe.result.has_code && probe.result.code == 200);
    probe_release(&probe);
}
END_TEST

START_TEST(pieces_of_every_size_say_the_same)
{
    for (size_t piece = 1; piece < sizeof SAMPLE; piece++) {
        char row[32];
        struct probe probe;
        snprintf(row, sizeof row, "pieces of %zu bytes", piece);
        probe_init(&probe);
        probe_feed(&probe, SAMPLE, strlen(SAMPLE), piece);
        expect_sample(row, &probe);
        probe_release(&probe);
    }
}
END_TEST

/* Entries in the order that step gives, with every field in a random type. */
static char *make_large_answer(const struct probe *probe, uint64_t *seed)
{
    static const char *const status[] = {"Delivered",     "\"delivered", "Waiting",
                                         "Not delivered", "Livr\\u00e9", "ko"};
    static const char *const flags[] = {"\"0\"", "\"1\"", "0",    "1",
                                        "true",  "false", "null", "\"\""};
    char *body = malloc(probe->count * 300 + 100);
    size_t length =
        (size_t)sprintf(body, "{\"success\":true,\"code\":200,\"StatutResponse_List\":[");
    for (size_t k = 0; k < probe->count; k++) {
        const struct message *message = &probe->messages[(k * 7 + 3) % probe->count];
        const char *said = status[random_below(seed, 6)];
        length += (size_t)sprintf(
            body + length,
            "%s{\"code\":200,\"phoneNumber\":\"+%ju\",\"messageId\":\"%ju\",\"status\":\"%s\","
            "\"date\":%ju,\"stopSms\":%s,\"isSpam\":%s}",
            k ? "," : "", (uintmax_t)message->number, (uintmax_t)message->id,
            said[0] == '"' ? said + 1 : said, (uintmax_t)(1795400000 + random_below(seed, 20000)),
            flags[random_below(seed, 8)], flags[random_below(seed, 8)]);
    }
    sprintf(body + length, "]}");
    return body;
}

static void fill_request(struct probe *probe)
{
    probe_init(probe);
    probe->count = REPLY_MESSAGES_MAX;
    for (size_t i = 0; i < probe->count; i++)
        probe->messages[i] =
            (struct message){33600000000 + i / 3, 95415616 + i % 3, REPLY_NOW_MS - 12 * HOUR_MS};
}

static bool same_outcome(const struct probe *a, const struct probe *b, size_t i)
{
    const struct outcome *x = &a->outcomes[i], *y = &b->outcomes[i];
    struct detail s = detail_get(a->details, x->detail), t = detail_get(b->details, y->detail);
    bool same_text =
        s.status && t.status ? strcmp(s.status, t.status) == 0 : !s.status == !t.status;
    return x->kind == y->kind && x->latency_ms == y->latency_ms && x->answered == y->answered &&
           x->spam == y->spam && x->stop == y->stop && same_text;
}

START_TEST(random_cuts_of_a_full_answer_say_the_same)
{
    uint64_t seed = 7 + (uint64_t)_i;
    struct probe *whole = malloc(sizeof *whole), *cut = malloc(sizeof *cut);
    fill_request(whole);
    fill_request(cut);
    char *body = make_large_answer(whole, &seed);
    size_t length = strlen(body);
    probe_answer(whole, body);
    expect_state("whole", whole, REPLY_ANSWERED);
    struct reply *reply = reply_new(&cut->rules, cut->messages, cut->outcomes, cut->count);
    for (size_t at = 0, piece = 0; at < length; at += piece) {
        piece = random_below(&seed, _i % 2 ? 20 : 5000);
        piece = piece < length - at ? piece : length - at;
        ck_assert(reply_feed(reply, body + at, piece));
    }
    reply_finish(reply, &cut->result);
    reply_free(reply);
    expect_state("in cuts", cut, REPLY_ANSWERED);
    for (size_t i = 0; i < whole->count; i++) {
        ck_assert_msg(whole->outcomes[i].answered, "message %zu has no answer", i);
        ck_assert_msg(same_outcome(whole, cut, i), "message %zu differs", i);
    }
    free(body);
    probe_release(whole);
    probe_release(cut);
    free(whole);
    free(cut);
}
END_TEST

/* Spellings of the first message's id and number. */
static const struct {
    const char *name, *about;
    bool matches;
} SPELLINGS[] = {
    {"id as number", "\"phoneNumber\":\"+33612345678\",\"messageId\":1000", true},
    {"id as text", "\"phoneNumber\":\"+33612345678\",\"messageId\":\"1000\"", true},
    {"id with zeros", "\"phoneNumber\":\"+33612345678\",\"messageId\":\"001000\"", true},
    {"national number", "\"phoneNumber\":\"0612345678\",\"messageId\":1000", true},
    {"number with blanks", "\"phoneNumber\":\"06 12 34 56 78\",\"messageId\":1000", true},
    {"number with 00", "\"phoneNumber\":\"0033612345678\",\"messageId\":1000", true},
    {"number without plus", "\"phoneNumber\":\"33612345678\",\"messageId\":1000", true},
    {"number as number", "\"phoneNumber\":33612345678,\"messageId\":1000", true},
    {"members in another order", "\"messageId\":1000,\"x\":[{}],\"phoneNumber\":\"+33612345678\"",
     true},
    {"another id", "\"phoneNumber\":\"+33612345678\",\"messageId\":1009", false},
    {"another number", "\"phoneNumber\":\"+33699999999\",\"messageId\":1000", false},
    {"id null", "\"phoneNumber\":\"+33612345678\",\"messageId\":null", false},
    {"id missing", "\"phoneNumber\":\"+33612345678\"", false},
    {"number null", "\"phoneNumber\":null,\"messageId\":1000", false},
    {"number missing", "\"messageId\":1000", false},
    {"id empty", "\"phoneNumber\":\"+33612345678\",\"messageId\":\"\"", false},
    {"id negative", "\"phoneNumber\":\"+33612345678\",\"messageId\":-1000", false},
    {"id as a list", "\"phoneNumber\":\"+33612345678\",\"messageId\":[1000]", false},
    {"id beyond 64 bits", "\"phoneNumber\":\"+33612345678\",\"messageId\":18446744073709552616",
     false},
    {"id of 1 MB", NULL, false},
};

START_TEST(entries_are_matched_by_id_and_number)
{
    enum { LARGE = 1000000 };
    const char *name = SPELLINGS[_i].name;
    char *body = malloc(LARGE + 300), *digits = calloc(1, LARGE + 1);
    struct probe probe;
    memset(digits, '0', LARGE);
    if (SPELLINGS[_i].about)
        sprintf(body, LIST("{\"code\":200,\"status\":\"Delivered\",%s}"), SPELLINGS[_i].about);
    else
        sprintf(body,
                LIST("{\"status\":\"Delivered\",\"phoneNumber\":\"+33612345678\",\"messageId\":\"%"
                     "s1000\"}"),
                digits);
    probe_init(&probe);
    probe_answer(&probe, body);
    expect_state(name, &probe, REPLY_ANSWERED);
    expect_outcome(name, &probe, 0, SPELLINGS[_i].matches ? OUTCOME_DELIVERED : OUTCOME_UNKNOWN);
    expect_outcome(name, &probe, 1, OUTCOME_UNKNOWN);
    expect_outcome(name, &probe, 2, OUTCOME_UNKNOWN);
    ck_assert_msg(probe.outcomes[1].detail == DETAIL_NO_ENTRY, "%s: message 1 should have no entry",
                  name);
    probe_release(&probe);
    free(body);
    free(digits);
}
END_TEST

START_TEST(the_country_code_of_the_run_holds)
{
    struct probe probe;
    probe_init(&probe);
    probe.rules.country_code = "590";
    probe.messages[0].number = 590690123456;
    probe_answer(
        &probe,
        LIST("{\"phoneNumber\":\"0690123456\",\"messageId\":1000,\"status\":\"Delivered\"}"));
    expect_outcome("590", &probe, 0, OUTCOME_DELIVERED);
    probe_release(&probe);
}
END_TEST

static const struct {
    const char *name, *body;
    enum outcome_kind first, second, third;
} LISTS[] = {
    {"no entry", LIST(""), OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"foreign entries",
     LIST("{\"phoneNumber\":\"+33699999999\",\"messageId\":1,\"status\":\"Delivered\"}," ENTRY(
         "\"status\":\"ko\"") ",{\"phoneNumber\":\"+33687654321\",\"messageId\":1001,\"status\":"
                              "\"Delivered\"}"),
     OUTCOME_UNDELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"the same entry twice", LIST(ENTRY("\"status\":\"ko\"") "," ENTRY("\"status\":\"ko\"")),
     OUTCOME_UNDELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"of two entries the first",
     LIST(ENTRY("\"status\":\"Delivered\"") "," ENTRY("\"status\":\"ko\"")), OUTCOME_DELIVERED,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"entries that are no objects", LIST("1,\"x\",null,true,[]," ENTRY("\"status\":\"Delivered\"")),
     OUTCOME_DELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"empty entries", LIST("{}," ENTRY("\"status\":\"Delivered\"") ",{}"), OUTCOME_DELIVERED,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"fields don't pass from entry to entry",
     LIST(ENTRY("\"status\":\"Delivered\",\"isSpam\":1") ",{\"phoneNumber\":\"+33687654321\","
                                                         "\"messageId\":1000}"),
     OUTCOME_DELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"fields inside members don't count",
     LIST(ENTRY("\"x\":{\"status\":\"ko\",\"code\":4},\"status\":\"Delivered\"")),
     OUTCOME_DELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"statut for status", LIST("{" ABOUT_A ",\"statut\":\"Delivered\"}"), OUTCOME_DELIVERED,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"members before and behind the list",
     "{\"x\":[{\"messageId\":1000}],\"StatutResponse_List\":[" ENTRY(
         "\"status\":\"Delivered\"") "],\"code\":200,\"y\":{\"code\":10},\"success\":true}",
     OUTCOME_DELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"neither success nor code",
     "{\"StatutResponse_List\":[" ENTRY("\"status\":\"Delivered\"") "]}", OUTCOME_DELIVERED,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"success and code as text",
     "{\"success\":\"true\",\"code\":\"200\",\"StatutResponse_List\":[" ENTRY(
         "\"status\":\"ko\"") "]}",
     OUTCOME_UNDELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"byte order mark", "\xEF\xBB\xBF" LIST(ENTRY("\"status\":\"Delivered\"")), OUTCOME_DELIVERED,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"blanks around", " \r\n\t" LIST(ENTRY("\"status\":\"Delivered\"")) "\r\n \t",
     OUTCOME_DELIVERED, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
    {"Latin-1 in a status", LIST(ENTRY("\"status\":\"Livr\xE9\"")), OUTCOME_UNKNOWN,
     OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
};

START_TEST(lists_of_every_shape)
{
    for (size_t piece = 0; piece < 3; piece++) {
        struct probe probe;
        probe_init(&probe);
        probe_feed(&probe, LISTS[_i].body, strlen(LISTS[_i].body), piece);
        expect_state(LISTS[_i].name, &probe, REPLY_ANSWERED);
        expect_outcome(LISTS[_i].name, &probe, 0, LISTS[_i].first);
        expect_outcome(LISTS[_i].name, &probe, 1, LISTS[_i].second);
        expect_outcome(LISTS[_i].name, &probe, 2, LISTS[_i].third);
        ck_assert_msg(!probe.outcomes[1].spam, "%s: message 1 has another's flag", LISTS[_i].name);
        probe_release(&probe);
    }
}
END_TEST

Suite *reply_suite(void)
{
    Suite *suite = suite_create("reply");
    TCase *core = add_case(suite, "core"), *matching = add_case(suite, "matching"),
          *cuts = add_slow_case(suite, "cuts");
    tcase_add_test(core, the_documented_answer_is_understood);
    tcase_add_loop_test(core, lists_of_every_shape, 0, COUNT_OF(LISTS));
    tcase_add_loop_test(matching, entries_are_matched_by_id_and_number, 0, COUNT_OF(SPELLINGS));
    tcase_add_test(matching, the_country_code_of_the_run_holds);
    tcase_add_test(cuts, pieces_of_every_size_say_the_same);
    tcase_add_loop_test(cuts, random_cuts_of_a_full_answer_say_the_same, 0, 6);
    reply_add_entry_cases(suite);
    reply_add_failure_cases(suite);
    reply_add_xml_cases(suite);
    return suite;
}
