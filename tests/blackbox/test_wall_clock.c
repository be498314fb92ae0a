/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A wall clock beside the program: -t is the only time limit and holds for all that
 * can keep a program waiting, on the wire and off it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "canned.h"
#include "cases.h"
#include "process.h"
#include "suites.h"
#include "tools.h"

#define TWO_MESSAGES "-m +33639980001:1 -m +33639980002:2"

static const char *const states[] = {"ok", "warning", "critical", "unknown"};

static void expect_in_time(const struct result *result)
{
    ck_assert_msg(result->seconds >= 0.9, "gave up early\n%s", shown(result));
    expect_within(result, 2);
}

static const char *const faults[] = {"hang", "drip=1/300", "endless,drip=50/20", "latency=5000",
                                     "status=503,drip=1/5000"};

/* The five also go through all four states. */
START_TEST(whatever_the_server_does)
{
    int state = _i % 4;
    const struct result *result;

    simulator_start(NULL, format("--fault %s", faults[_i]));
    result = ask(format(TWO_MESSAGES " -t 1:%s --no-data critical %s", states[state],
                        _i % 2 == 0 ? "" : "-o json"));
    expect_in_time(result);
    expect_exit(result, state);
    expect_text(result, "0 of 2");
    expect_metrics(result, "messages=2 unknown=2 delivered_ratio=U requests=1");
}
END_TEST

/* What keeps failing at once is tried again only as long as there is time. */
START_TEST(many_retries)
{
    static const char *const again[] = {"reset", "cut=50"};
    const struct result *result;

    simulator_start(NULL, format("--fault %s", again[_i]));
    result = ask(TWO_MESSAGES " -t 1:ok --retries 10 --unreachable warning");
    expect_within(result, 2);
    expect_exit(result, _i == 1 ? UNKNOWN : WARNING);
    expect_metrics(result, "unknown=2 requests=2..6");
}
END_TEST

START_TEST(no_such_name)
{
    const struct result *result;

    result =
        run(format("-k {key} -u https://nowhere.invalid/x -t 1:%s --unreachable %s --retries 9 "
                   "-m +33639980001:1",
                   states[_i], states[_i]));
    expect_within(result, 2);
    expect_exit(result, _i);
}
END_TEST

/* A text of megabytes that comes in a thousand pieces, which yajl reads again with each. */
START_TEST(a_text_without_end)
{
    enum { SIZE = 8000000 };
    static const char *const units[] = {"\\u0041", "a", "1"};
    static const char *const beginnings[] = {"{\"a\":\"", "{\"status\":\"", "{\"a\":"};
    size_t length = strlen(units[_i]);
    char *body = store_alloc(SIZE + 1);
    const struct result *result;

    for (size_t i = 0; i + length <= SIZE; i += length) {
        memcpy(body + i, units[_i], length);
    }
    canned_reply(200, "application/json", format("%s%s", beginnings[_i], body));
    result = ask(TWO_MESSAGES " -t 1:ok --retries 100 --no-data ok");
    expect_within(result, 1.5);
    expect(result, result->exit_code == OK || result->exit_code == UNKNOWN);
    expect_metrics(result, "unknown=2");
}
END_TEST

/* Little to send, on many connections at once, and more to decode than any machine can in time. */
START_TEST(answers_that_keep_the_processor_busy)
{
    enum { ENTRIES = 500000, CALLERS = 30, REQUESTS = 20 * CALLERS };
    static const char beginning[] = "{\"StatutResponse_List\":[{}";
    static const char entry[] = ",{\"status\":\"a\"}";
    const size_t first = strlen(beginning), each = strlen(entry);
    char *body = store_alloc(first + ENTRIES * each + 1);
    struct canned_rule rule = {.size = 0};
    const struct result *result;
    char *packed, *head, *reply;

    memcpy(body, beginning, first);
    for (size_t i = 0; i < ENTRIES; i++) {
        memcpy(body + first + i * each, entry, each);
    }
    write_file("body", body);
    ck_assert(tool("gzip -9 body"));
    packed = read_file("body.gz", &rule.size);
    head = format("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                  rule.size);
    reply = store_alloc(strlen(head) + rule.size);
    memcpy(reply, head, strlen(head));
    memcpy(reply + strlen(head), packed, rule.size);
    rule.size += strlen(head);
    rule.bytes = reply;
    canned_start(&rule, 1);
    write_file("batch", many(1, 500 * REQUESTS, ""));
    result = ask(format("-b batch -l 0 -t 1:%s --connections %d", states[_i], CALLERS));
    expect_within(result, 1.5);
    expect_text(result, format(" of %d messages answered", 500 * REQUESTS));
    expect_metrics(result, format("messages=%d unknown=%d", 500 * REQUESTS, 500 * REQUESTS));
}
END_TEST

static void close_socket(void *number)
{
    close((int)(intptr_t)number);
}

/* A listener whose queue is full: what connects next gets no answer from the system. */
static bool blackhole_start(void)
{
    enum { CALLERS = 4 };
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bool full = false;

    store_defer(close_socket, (void *)(intptr_t)listener);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, length), 0);
    ck_assert_int_eq(listen(listener, 0), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    for (int i = 0; i < CALLERS; i++) {
        int caller = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

        store_defer(close_socket, (void *)(intptr_t)caller);
        (void)connect(caller, (struct sockaddr *)&address, length);
        pause_ms(20);
        full = getpeername(caller, (struct sockaddr *)&(struct sockaddr_in){0},
                           &(socklen_t){sizeof address}) != 0;
    }
    server_use(format("http://127.0.0.1:%u/v1/multi-status", ntohs(address.sin_port)));
    return full;
}

START_TEST(a_blackhole)
{
    const struct result *result;

    ck_assert_msg(blackhole_start(), "the listener's queue isn't full");
    result = ask(format(TWO_MESSAGES " -t 1:%s", states[_i]));
    expect_in_time(result);
    expect_exit(result, _i);
    expect_text(result, "0 of 2");
}
END_TEST

/* TLS that never comes to an end of its handshake. */
START_TEST(a_silent_tls_server)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_SILENCE}, 1);
    result = run(
        format("-k {key} -u https%s -t 1:warning " TWO_MESSAGES, server_url() + strlen("http")));
    expect_in_time(result);
    expect_exit(result, WARNING);
    expect_text(result, "0 of 2");
}
END_TEST

START_TEST(a_silent_proxy)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_SILENCE}, 1);
    result = run(
        format("-k {key} -u https://api.example.invalid/x --proxy %.*s -t 1:warning " TWO_MESSAGES,
               (int)strcspn(server_url() + strlen("http://"), "/") + 7, server_url()));
    expect_in_time(result);
    expect_exit(result, WARNING);
    expect_text(result, "0 of 2");
}
END_TEST

/* Files that are no files: nobody ever writes to the other end. */
START_TEST(fifos)
{
    static const char *const options[] = {"-b fifo -k key", "-m +33639980001:1 -k fifo",
                                          "-m +33639980001:1 -k key -b fifo",
                                          "-m +33639980001:1 -k key --extra-opts=x@fifo"};
    const struct result *result;

    ck_assert_int_eq(mkfifo(test_path("fifo"), 0600), 0);
    canned_deliver();
    result = run(format("-u {url} %s -t 1:%s", options[_i], states[_i]));
    expect_within(result, 2);
    expect(result, result->exit_code == _i || result->exit_code == UNKNOWN);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* The batch is read within the deadline too, whatever has come of it. */
START_TEST(endless_input)
{
    static const char *const beginnings[] = {"+33639980001,1\n", "["};
    const struct how how = {.input = INPUT_ENDLESS, .text = beginnings[_i]};
    const struct result *result;

    canned_deliver();
    result = ask_how(format("-b - -t 1:%s", states[_i]), &how);
    expect_in_time(result);
    expect_exit(result, _i);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* The time that an option file takes is part of the deadline, however that is written. */
START_TEST(a_slow_option_file)
{
    static const char *const forms[] = {"-t 1:ok", "--timeo 1:ok", "-vt1:ok",
                                        "-t 9 --timeout=1:ok"};
    static const struct how how = {.around = "sh -c '{ sleep 0.8; echo [check_smspartner_status]; "
                                             "} | \"$0\" \"$@\"'"};
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_SILENCE}, 1);
    result = ask_how(format("-m +33639980001:1 --extra-opts=@- %s", forms[_i]), &how);
    expect_in_time(result);
    expect_within(result, 1.5);
    expect_exit(result, OK);
    expect_metrics(result, "unknown=1 requests=1");
}
END_TEST

/* A pipe that takes nothing more, as a reader that has stopped leaves it. */
static int full_pipe(int *reading)
{
    static const char filling[4096];
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    *reading = ends[0];
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], filling, sizeof filling) > 0 || write(ends[1], filling, 1) > 0) {
    }
    fcntl(ends[1], F_SETFL, 0);
    return ends[1];
}

static struct ending run_into(int output, const char *arguments)
{
    static const char *const environment[] = {"PATH=/usr/bin:/bin", "TZ=UTC", NULL};
    const char *plugin = getenv("PLUGIN");
    char here[512] = "";
    struct launch launch = {
        .environment = environment, .directory = test_path("."), .output = output};
    struct ending ending;

    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    plugin = plugin != NULL ? plugin : "plugin/check_smspartner_status";
    launch.argv = split_words(format("'%s%s%s' %s", plugin[0] == '/' ? "" : here,
                                     plugin[0] == '/' ? "" : "/", plugin, arguments));
    launch.input = open("/dev/null", O_RDONLY);
    launch.error = open("/dev/null", O_WRONLY);
    ending = process_wait(process_start(&launch), 10, NULL);
    close(launch.input);
    close(launch.error);
    return ending;
}

START_TEST(an_output_nobody_reads)
{
    static const char *const options[] = {"", "-o json"};
    int reading = -1;
    int output = full_pipe(&reading);
    struct ending ending;

    canned_deliver();
    ending =
        run_into(output, format("-u {url} -k {key} -m +33639980001:1 -t 1:ok %s", options[_i]));
    close(output);
    close(reading);
    ck_assert_msg(!ending.timed_out && ending.seconds < 2.5 * harness_patience(), "%s: %.1f s",
                  options[_i], ending.seconds);
    ck_assert_int_eq(ending.exit_code, UNKNOWN);
}
END_TEST

/* Three requests, one of them never answered. */
START_TEST(how_many_of_how_many)
{
    const struct canned_rule rules[] = {{.kind = CANNED_SILENCE, .when = "639980501"},
                                        {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, 1203, ""));
    result = ask(format("-b batch -t 1:%s -l 0", states[_i]));
    expect_in_time(result);
    expect_exit(result, _i);
    expect_text(result, "703 of 1203");
    expect_first(result, "500 unknown");
    expect_metrics(result, "messages=1203 delivered=703 unknown=500 requests=3");
}
END_TEST

/* Messages for which there was no connection left count as well. */
START_TEST(what_was_never_asked)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_SILENCE}, 1);
    write_file("batch", many(1, 1503, ""));
    result = ask("-b batch -t 1:warning --connections 2 -l 0");
    expect_in_time(result);
    expect_exit(result, WARNING);
    expect_text(result, "0 of 1503");
    expect_metrics(result, "messages=1503 unknown=1503 requests=2");
}
END_TEST

Suite *wall_clock_suite(void)
{
    Suite *suite = suite_create("wall_clock");
    TCase *tcase = harness_case(suite, "wall_clock");

    tcase_add_loop_test(tcase, whatever_the_server_does, 0, ROWS(faults));
    tcase_add_loop_test(tcase, many_retries, 0, 2);
    tcase_add_loop_test(tcase, no_such_name, 1, 2);
    tcase_add_loop_test(tcase, a_text_without_end, 0, 3);
    tcase_add_loop_test(tcase, answers_that_keep_the_processor_busy, 1, 2);
    tcase_add_loop_test(tcase, a_blackhole, 1, 2);
    tcase_add_test(tcase, a_silent_tls_server);
    tcase_add_test(tcase, a_silent_proxy);
    tcase_add_loop_test(tcase, fifos, 0, 4);
    tcase_add_loop_test(tcase, a_slow_option_file, 0, 4);
    tcase_add_loop_test(tcase, endless_input, 0, 2);
    tcase_add_loop_test(tcase, an_output_nobody_reads, 0, 2);
    tcase_add_loop_test(tcase, how_many_of_how_many, 2, 4);
    tcase_add_test(tcase, what_was_never_asked);
    return suite;
}
