/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTP/2, by nghttpx between the plugin and the simulator: it is used where the server offers it,
 * and makes no difference otherwise. nghttpx notes in its log what came in over which connection.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cases.h"
#include "process.h"
#include "suites.h"
#include "tools.h"

enum { START_TRIES = 5 };

static int open_socket(unsigned port, struct sockaddr_in *address)
{
    int number = socket(AF_INET, SOCK_STREAM, 0);

    *address = (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    ck_assert_msg(number >= 0, "socket: %s", strerror(errno));
    return number;
}

/* nghttpx can't choose a port by itself; somebody else may take this one before it does. */
static unsigned free_port(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int number = open_socket(0, &address);

    ck_assert_int_eq(bind(number, (struct sockaddr *)&address, length), 0);
    ck_assert_int_eq(getsockname(number, (struct sockaddr *)&address, &length), 0);
    close(number);
    return ntohs(address.sin_port);
}

static bool answers(unsigned port)
{
    struct sockaddr_in address;
    int number = open_socket(port, &address);
    bool connected = connect(number, (struct sockaddr *)&address, sizeof address) == 0;

    close(number);
    return connected;
}

static void stop(void *pid)
{
    process_stop((pid_t)(intptr_t)pid);
}

static bool proxy_starts(unsigned backend, unsigned port)
{
    static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin", NULL};
    struct launch launch = {.environment = environment, .directory = test_path(".")};
    pid_t pid;
    bool ready = false;

    launch.argv = split_words(
        format("/usr/bin/env nghttpx --conf=/dev/null --workers=1 --single-process "
               "--frontend=127.0.0.1,%u --backend=127.0.0.1,%u --no-ocsp --no-location-rewrite "
               "--errorlog-file=proxy.err "
               "--accesslog-file=access '--accesslog-format=$alpn $status $remote_port' "
               "server.key server.pem",
               port, backend));
    launch.input = open("/dev/null", O_RDONLY);
    launch.output = open(test_path("proxy.out"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    launch.error = launch.output;
    pid = process_start(&launch);
    close(launch.input);
    close(launch.output);
    store_defer(stop, (void *)(intptr_t)pid);
    for (int i = 0; i < 250 && !ready; i++) {
        pause_ms(20);
        ready = answers(port);
    }
    return ready;
}

/* In front of the simulator that runs; becomes {url}. */
static void proxy_start(void)
{
    const char *port_of_simulator = strrchr(server_url(), ':');
    unsigned backend = (unsigned)strtoul(port_of_simulator + 1, NULL, 10);

    make_certificate(HERE, 3);
    for (int i = 0; i < START_TRIES; i++) {
        unsigned port = free_port();

        if (proxy_starts(backend, port)) {
            server_use(format("https://127.0.0.1:%u/v1/multi-status", port));
            return;
        }
    }
    ck_abort_msg("nghttpx doesn't start: %s", read_file("proxy.out", NULL));
}

/* Its log when all answers are in it, which may take a moment; each must begin so. */
static char *proxy_log(const char *beginning, size_t answers_expected)
{
    double begin = now_s();
    char *log = NULL;

    while (log == NULL || (count_lines(log) < answers_expected && now_s() - begin < 5)) {
        pause_ms(10);
        log = read_file("access", NULL);
    }
    ck_assert_msg(count_lines(log) == answers_expected, "%zu answers expected:\n%s",
                  answers_expected, log);
    for (const char *line = log; *line != '\0'; line = strchr(line, '\n') + 1) {
        ck_assert_msg(strncmp(line, beginning, strlen(beginning)) == 0, "'%s' in every line:\n%s",
                      beginning, log);
    }
    return log;
}

/* The last word of a line is the port on our side. */
static size_t count_connections(const char *log)
{
    const char *seen = "";
    size_t count = 0;

    while (*log != '\0') {
        size_t length = strcspn(log, "\n");
        const char *port = strrchr(format("%.*s", (int)length, log), ' ');

        if (!contains(seen, port)) {
            seen = format("%s%s ", seen, port);
            count++;
        }
        log += length + 1;
    }
    return count;
}

static size_t count_parts(const char *text, const char *part, const char *end)
{
    size_t count = 0;

    for (const char *p = text; (p = strstr(p, part)) != NULL && p < end; p++) {
        count++;
    }
    return count;
}

struct flight_row {
    const char *options;
    size_t connections;
};

static const struct flight_row flights[] = {
    {"", 4},
    {"--connections 1", 1},
    {"--connections 8", 8},
    {"-f xml", 4},
};

/* Eight requests, whose answers are late enough for several to be under way. */
START_TEST(many_requests)
{
    const struct flight_row *row = &flights[_i];
    const struct result *result;
    const char *first_answer;
    size_t before;

    if (!have_tool("nghttpx --version")) {
        return;
    }
    simulator_start(NULL, "--fault latency=300");
    proxy_start();
    write_file("batch", many(1, 4000, ""));
    result =
        ask(format("-b batch --ca-file good.pem -w 0: -c 0: -l 0 -vvv -t 15 %s", row->options));
    expect_exit(result, WARNING); /* the spam of the simulator's usual mixture */
    expect_metrics(result, "messages=4000 unknown=0 requests=8");
    ck_assert_uint_le(count_connections(proxy_log("h2 200 ", 8)), row->connections);
    first_answer = strstr(result->out, "\nreceived: HTTP/2 200");
    expect(result, first_answer != NULL);
    before = count_parts(result->out, "\nsent: POST ", first_answer);
    expect(result, row->connections == 1 ? before == 1 : before >= 2 && before <= row->connections);
    ck_assert_uint_eq(
        count_parts(first_answer, "\nreceived: HTTP/2 200", strchr(first_answer, '\0')), 8);
}
END_TEST

struct fault_row {
    const char *script;
    const char *options;
    int exit_code;
    const char *metrics;
    const char *text;
};

#define ANSWERED "delivered=1 unknown=0 "
#define LOST_IT  "delivered=0 unknown=1 "

static const struct fault_row fault_rows[] = {
    {"gzip\n", "", OK, ANSWERED "requests=1", "100.00% delivered"},
    {"503=1\nok\n", "-t 8", OK, ANSWERED "requests=2 time=1..8", "100.00% delivered"},
    {"429-date=2\nok\n", "-t 8", OK, ANSWERED "requests=2", "100.00% delivered"},
    {"cut=100\nok\n", "-t 8", OK, ANSWERED "requests=2", "100.00% delivered"},
    {"gzip,cut=60\ngzip\n", "-t 8", OK, ANSWERED "requests=2", "100.00% delivered"},
    {"reset\nok\n", "-t 8", OK, ANSWERED "requests=2", "100.00% delivered"},
    {"503=60\n", "-t 8:ok", CRITICAL, LOST_IT "requests=1", "HTTP 503"},
    {"redirect=http://127.0.0.1:1/other\n", "", UNKNOWN, LOST_IT "requests=1",
     "a redirect to http://127.0.0.1:1/other"},
    {"status-json=403\n", "", OK, ANSWERED "requests=1", "100.00% delivered"},
    {"huge=9000000\n", "-t 8", UNKNOWN, LOST_IT "requests=1", "8 MiB"},
    {"hang\n", "-t 1:warning", WARNING, LOST_IT "requests=1", "0 of 1"},
    {"drip=5/300\n", "-t 1:warning", WARNING, LOST_IT "requests=1", "0 of 1"},
};

START_TEST(faults)
{
    const struct fault_row *row = &fault_rows[_i];
    const struct result *result;

    if (!have_tool("nghttpx --version")) {
        return;
    }
    write_file("script", row->script);
    simulator_start("+33639980001,1,Delivered,1517934416,0,0\n", "--script script");
    proxy_start();
    result = ask(format("-m +33639980001:1 --ca-file good.pem %s", row->options));
    expect_exit(result, row->exit_code);
    expect_metrics(result, row->metrics);
    expect_text(result, row->text);
}
END_TEST

/* The server says 502, or gives the stream up before that; no words about streams then, which have
 * another number each time. */
START_TEST(nobody_behind_the_server)
{
    const struct result *result;

    if (!have_tool("nghttpx --version")) {
        return;
    }
    proxy_start();
    result = ask("-m +33639980001:1 --ca-file good.pem --unreachable warning");
    expect_exit(result, WARNING);
    expect_metrics(result, LOST_IT "requests=3");
    expect_no_text(result, "HTTP/2 stream");
    proxy_log("h2 ", 3);
}
END_TEST

Suite *http2_suite(void)
{
    Suite *suite = suite_create("http2");
    TCase *tcase = harness_case(suite, "http2");

    tcase_add_loop_test(tcase, many_requests, 0, ROWS(flights));
    tcase_add_loop_test(tcase, faults, 0, ROWS(fault_rows));
    tcase_add_test(tcase, nobody_behind_the_server);
    return suite;
}
