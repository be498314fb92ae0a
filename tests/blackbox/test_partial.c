/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Part of a batch lost: four requests, some of which meet a fault
 * while the others are answered. To the last message and request it must add up.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

enum { SLICES = 4, LAST_SLICE = 203, MESSAGES = 1703 };

/* Part of the first message of each request, and of no other. */
static const char *const marks[SLICES] = {"639980001", "639980501", "639981001", "639981501"};

struct fault {
    enum canned_kind kind;
    const char *bytes; /* ' for " */
    bool close_after;
    bool passing;
    int exit_code;
    const char *words;
};

#define DOWN(status) "HTTP/1.1 " status " X\r\nContent-Length: 0\r\n\r\n"
#define BODY(length) "HTTP/1.1 200 OK\r\nContent-Length: " length "\r\n\r\n"
#define REFUSAL(code)                                                                              \
    "HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n{'success':false,'code':" code ",'message':'No'" \
    "}"
/* Entries that came before the end don't count either. */
#define PART "{'success':true,'code':200,'StatutResponse_List':[" ITEM("1", "Delivered")

static const struct fault faults[] = {
    {.kind = CANNED_CLOSE, .passing = true, .exit_code = CRITICAL, .words = "without an answer"},
    {.kind = CANNED_RESET, .passing = true, .exit_code = CRITICAL, .words = "without an answer"},
    {.bytes = BODY("9000") PART,
     .close_after = true,
     .passing = true,
     .exit_code = UNKNOWN,
     .words = "in the middle"},
    {.bytes = BODY("90") PART, .passing = true, .exit_code = UNKNOWN, .words = "cut off"},
    {.bytes = BODY("0"), .passing = true, .exit_code = UNKNOWN, .words = "empty"},
    {.bytes = DOWN("408"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 408"},
    {.bytes = DOWN("429"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 429"},
    {.bytes = DOWN("500"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 500"},
    {.bytes = DOWN("502"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 502"},
    {.bytes = DOWN("503"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 503"},
    {.bytes = DOWN("504"), .passing = true, .exit_code = CRITICAL, .words = "HTTP 504"},
    {.bytes = DOWN("501"), .exit_code = CRITICAL, .words = "HTTP 501"},
    {.bytes = DOWN("301"), .exit_code = UNKNOWN, .words = "not followed"},
    {.bytes = DOWN("400"), .exit_code = UNKNOWN, .words = "HTTP 400"},
    {.bytes = DOWN("403"), .exit_code = UNKNOWN, .words = "HTTP 403"},
    {.bytes = DOWN("404"), .exit_code = UNKNOWN, .words = "HTTP 404"},
    {.bytes = DOWN("999"), .exit_code = UNKNOWN, .words = "HTTP 999"},
    {.bytes = BODY("13") "<html></html>", .exit_code = UNKNOWN, .words = "HTML"},
    {.bytes = BODY("4") "[[[[", .exit_code = UNKNOWN, .words = "no usable answer"},
    {.bytes = REFUSAL("10"), .exit_code = UNKNOWN, .words = "API code 10"},
    {.bytes = REFUSAL("20"), .exit_code = CRITICAL, .words = "API code 20"},
};

/* Which of the four requests meet the fault: bit 0 is the first. */
static const unsigned sets[] = {1, 2, 8, 9, 15};

static bool is_lost(unsigned set, int slice)
{
    return (set >> slice & 1) != 0;
}

static void serve(const struct fault *fault, unsigned set)
{
    struct canned_rule rules[SLICES + 1];
    size_t count = 0;

    for (int i = 0; i < SLICES; i++) {
        if (is_lost(set, i)) {
            rules[count++] = (struct canned_rule){
                .kind = fault->kind,
                .when = marks[i],
                .bytes = fault->bytes != NULL ? json_quotes(fault->bytes) : NULL,
                .close_after = fault->close_after};
        }
    }
    rules[count++] = (struct canned_rule){.kind = CANNED_DELIVER};
    canned_start(rules, count);
    write_file("batch", many(1, MESSAGES, ""));
}

static int count_lost_requests(unsigned set)
{
    int count = 0;

    for (int i = 0; i < SLICES; i++) {
        count += is_lost(set, i);
    }
    return count;
}

static int count_lost_messages(unsigned set)
{
    return count_lost_requests(set) * 500 - (is_lost(set, SLICES - 1) ? 500 - LAST_SLICE : 0);
}

static void expect_counts(const struct result *result, unsigned set, int requests)
{
    int lost = count_lost_messages(set);

    expect_metrics(result, format("messages=%d delivered=%d unknown=%d requests=%d invalid=0 "
                                  "delivered_ratio=%s",
                                  MESSAGES, MESSAGES - lost, lost, requests,
                                  lost < MESSAGES ? "100" : "U"));
    ck_assert_msg(canned_count() == (size_t)requests, "the server saw %zu requests\n%s",
                  canned_count(), shown(result));
}

START_TEST(every_fault_on_some_requests)
{
    const struct fault *fault = &faults[_i / ROWS(sets)];
    unsigned set = sets[_i % ROWS(sets)];
    int failed = count_lost_requests(set);
    int retries = _i % 3; /* all three numbers for every set and for every fault */
    const struct result *result;

    serve(fault, set);
    result = ask(format("-b batch -t 20 -l 0 --no-data ok --retries %d%s", retries,
                        _i % 2 == 0 ? "" : " -o json"));
    expect_exit(result, fault->exit_code);
    expect_counts(result, set, SLICES + (fault->passing ? failed * retries : 0));
    expect_text(result, fault->words);
    expect_text(result, format("%d request%s failed, %d messages without an answer", failed,
                               failed == 1 ? "" : "s", count_lost_messages(set)));
}
END_TEST

/* One request after the other on one connection, which the server closes under one of them: the
 * HTTP library must not quietly ask again. */
START_TEST(a_kept_connection_that_closes)
{
    static const char *const options[] = {"--retries 0", "--retries 1", "--retries 2"};
    const struct result *result;

    serve(&faults[0], 4);
    result = ask(format("-b batch -t 20 -l 0 --connections 1 %s", options[_i]));
    expect_exit(result, CRITICAL);
    expect_counts(result, 4, SLICES + _i);
}
END_TEST

START_TEST(a_kept_connection_that_closes_once)
{
    const struct canned_rule rules[] = {{.kind = CANNED_CLOSE, .when = marks[1], .times = 1},
                                        {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, MESSAGES, ""));
    result = ask(format("-b batch -t 20 -l 0 --connections 1 --retries %d", _i));
    expect_exit(result, _i == 0 ? CRITICAL : OK);
    expect_counts(result, _i == 0 ? 2 : 0, SLICES + _i);
}
END_TEST

/* A server that closes after each answer without saying so. */
START_TEST(connections_that_are_not_kept)
{
    const struct canned_rule rule = {.kind = CANNED_DELIVER, .close_after = true};
    const struct result *result;

    canned_start(&rule, 1);
    write_file("batch", many(1, MESSAGES, ""));
    result = ask(format("-b batch -t 20 --connections %d", _i == 0 ? 1 : 4));
    expect_exit(result, OK);
    expect_metrics(result, "messages=1703 delivered=1703 unknown=0");
}
END_TEST

/* Under a checker such as valgrind all that comes before it takes longer. */
static const char *deadline(const char *state)
{
    return state == NULL ? "" : format("-t %d:%s", harness_wrapped() ? 8 : 1, state);
}

/* Faults of several kinds in one run; the fourth request is answered. */
struct mixture {
    const struct fault *met[SLICES - 1];
    const char *options;
    int exit_code;
    int answered, requests;
    const char *deadline; /* its state when the run waits for it */
};

static const struct fault closes = {.kind = CANNED_CLOSE};
static const struct fault hangs = {.kind = CANNED_SILENCE};
static const struct fault is_down = {.bytes = DOWN("503")};
static const struct fault is_missing = {.bytes = DOWN("404")};
static const struct fault is_refused = {.bytes = REFUSAL("10")};
static const struct fault is_blocked = {.bytes = REFUSAL("30")};

static const struct mixture mixtures[] = {
    {{&closes, &is_down, NULL}, "--unreachable ok --retries 1", OK, 703, 6, NULL},
    {{&closes, &is_down, NULL}, "--unreachable warning --retries 0", WARNING, 703, 4, NULL},
    {{&closes, &is_missing, NULL}, "--unreachable ok --retries 1", UNKNOWN, 703, 5, NULL},
    {{&closes, &is_missing, NULL}, "--unreachable warning --retries 1", WARNING, 703, 5, NULL},
    {{&is_refused, &is_blocked, NULL}, "--unreachable ok", CRITICAL, 703, 4, NULL},
    {{&is_refused, &is_down, &closes}, "--unreachable ok", UNKNOWN, 203, 8, NULL},
    {{&hangs, NULL, NULL}, "", OK, 1203, 4, "ok"},
    {{&hangs, &hangs, NULL}, "--connections 3", WARNING, 703, 4, "warning"},
    {{&hangs, &closes, NULL}, "--unreachable ok", OK, 703, 6, "ok"},
    {{&hangs, &closes, NULL}, "--unreachable warning", WARNING, 703, 6, "ok"},
    {{&hangs, &closes, NULL}, "--unreachable warning", CRITICAL, 703, 6, "critical"},
    {{&hangs, &is_missing, NULL}, "", UNKNOWN, 703, 4, "ok"},
    {{&hangs, &is_blocked, NULL}, "", CRITICAL, 703, 4, "warning"},
    {{&hangs, &is_refused, &closes}, "--unreachable ok", UNKNOWN, 203, 6, "ok"},
    {{&hangs, &hangs, &hangs}, "--retries 9", UNKNOWN, 203, 4, "unknown"},
    {{&hangs, &hangs, &hangs}, "--connections 3", OK, 0, 3, "ok"},
};

START_TEST(faults_of_several_kinds)
{
    const struct mixture *row = &mixtures[_i];
    struct canned_rule rules[SLICES];
    size_t count = 0;
    const struct result *result;

    for (int i = 0; i < SLICES - 1; i++) {
        const struct fault *fault = row->met[i];

        if (fault != NULL) {
            rules[count++] = (struct canned_rule){
                .kind = fault->kind,
                .when = marks[i],
                .bytes = fault->bytes != NULL ? json_quotes(fault->bytes) : NULL};
        }
    }
    rules[count++] = (struct canned_rule){.kind = CANNED_DELIVER};
    canned_start(rules, count);
    write_file("batch", many(1, MESSAGES, ""));
    result = ask(
        format("-b batch -l 0 --no-data critical %s %s", row->options, deadline(row->deadline)));
    expect_exit(result, row->exit_code);
    expect_metrics(result, format("messages=%d delivered=%d unknown=%d requests=%d", MESSAGES,
                                  row->answered, MESSAGES - row->answered, row->requests));
    if (row->deadline != NULL) {
        expect_text(result, format("%d of %d messages answered", row->answered, MESSAGES));
        expect_within(result, 1.5);
    }
}
END_TEST

/* What is over the limit waits for a token that never comes in time. */
START_TEST(a_fault_and_the_rate_limit)
{
    const struct result *result;

    serve(&is_down, 1);
    result = ask(format("-b batch -l 0 --unreachable warning --rate-limit 4 --retries 5 %s",
                        deadline("ok")));
    expect(result, result->exit_code == OK || result->exit_code == WARNING);
    expect_within(result, 1.5);
    expect_counts(result, 1, SLICES);
}
END_TEST

/* The requests of a run share a connection, or as many as it may have. */
START_TEST(connections_are_shared)
{
    enum { MOST = 16 };
    json requests[MOST];
    size_t count;

    simulator_start(NULL, NULL);
    write_file("batch", many(1, 2500, ""));
    expect_metrics(ask(format("-b batch -w 0: -c 0: --connections %d", _i)),
                   "messages=2500 requests=5");
    count = simulator_log(requests, MOST);
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_ge((int)json_number(requests[i], "connection"), 1);
        ck_assert_int_le((int)json_number(requests[i], "connection"), _i);
    }
}
END_TEST

/* What was answered with an error keeps its connection too. */
START_TEST(connections_outlast_errors)
{
    json requests[4];

    write_file("script", "429=0\n429\nok\n");
    simulator_start(NULL, "--script script");
    expect_metrics(ask("-m +33639980001:1 -w 0: -c 0:"), "messages=1 unknown=0 requests=3");
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)), 3);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq((int)json_number(requests[i], "connection"), 1);
    }
}
END_TEST

Suite *partial_suite(void)
{
    Suite *suite = suite_create("partial");
    TCase *tcase = harness_case(suite, "faults");

    tcase_add_loop_test(tcase, every_fault_on_some_requests, 0, ROWS(faults) * ROWS(sets));
    tcase_add_loop_test(tcase, faults_of_several_kinds, 0, ROWS(mixtures));
    tcase_add_test(tcase, a_fault_and_the_rate_limit);
    tcase = harness_case(suite, "connections");
    tcase_add_loop_test(tcase, a_kept_connection_that_closes, 0, 3);
    tcase_add_loop_test(tcase, a_kept_connection_that_closes_once, 0, 2);
    tcase_add_loop_test(tcase, connections_that_are_not_kept, 0, 2);
    tcase_add_loop_test(tcase, connections_are_shared, 1, 4);
    tcase_add_test(tcase, connections_outlast_errors);
    return suite;
}
