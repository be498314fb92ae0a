/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts contrib/simulator's program (or the one named by SIMULATOR) on a free port, reads its URL
 * line and its log, and stops it when the test ends.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "process.h"
#include "servers.h"
#include "store.h"

const char *const simulator_key = "simulator-demo-key";

static char current_url[256];

const char *server_url(void)
{
    return current_url;
}

void server_use(const char *url)
{
    snprintf(current_url, sizeof current_url, "%s", url);
}

static void stop(void *pid)
{
    process_stop((pid_t)(intptr_t)pid);
}

/* The one line on its standard output. */
static void read_url(int from, char *line, size_t room)
{
    size_t used = 0;
    ssize_t count = 1;

    while (count > 0 && used + 1 < room && memchr(line, '\n', used) == NULL) {
        count = read(from, line + used, room - used - 1);
        used += count > 0 ? (size_t)count : 0;
    }
    line[used] = '\0';
    line[strcspn(line, "\n")] = '\0';
    ck_assert_msg(strncmp(line, "http", 4) == 0, "the simulator's URL line: '%s'", line);
}

void simulator_start(const char *scenario, const char *options)
{
    static const char *const nothing[] = {"PATH=/usr/bin:/bin", "TZ=UTC", NULL};
    char url[256];
    int ends[2];
    int input = open("/dev/null", O_RDONLY);
    int error;
    const char **argv;
    pid_t pid;

    if (scenario != NULL) {
        write_file("scenario", scenario);
    }
    argv = split_words(format("%s --port 0 --log simulator.log %s %s", harness_simulator(),
                              scenario != NULL ? "--scenario scenario" : "",
                              options != NULL ? options : ""));
    ck_assert_int_eq(pipe(ends), 0);
    error = open(test_path("simulator.err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid = process_start(&(struct launch){argv, nothing, test_path("."), input, ends[1], error});
    store_defer(stop, (void *)(intptr_t)pid);
    close(ends[1]);
    close(error);
    close(input);
    read_url(ends[0], url, sizeof url);
    close(ends[0]);
    server_use(url);
}

size_t simulator_log(json *requests, size_t room)
{
    size_t count = 0;
    char *rest = read_file("simulator.log", NULL);

    while (rest != NULL && *rest != '\0') {
        size_t length = strcspn(rest, "\n");
        char *line = format("%.*s", (int)length, rest);

        ck_assert_uint_lt(count, room);
        requests[count] = json_read(line);
        ck_assert_msg(requests[count] != NULL, "simulator's log: %s", line);
        count++;
        rest += length + (rest[length] == '\n');
    }
    return count;
}
