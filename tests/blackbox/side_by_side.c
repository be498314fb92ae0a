/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "side_by_side.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct part {
    pid_t pid;
    FILE *output; /* standard output and error of the process */
};

/* In the new process, which ends here. */
static void run_suite(suite_maker *suite, FILE *output)
{
    SRunner *runner;
    int failed;

    dup2(fileno(output), STDOUT_FILENO);
    dup2(fileno(output), STDERR_FILENO);
    fclose(output);
    runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    exit(failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static struct part start(suite_maker *suite)
{
    struct part part = {.output = tmpfile()};

    fflush(NULL);
    part.pid = part.output != NULL ? fork() : -1;
    if (part.pid < 0) {
        perror("blackbox");
        exit(EXIT_FAILURE);
    }
    if (part.pid == 0) {
        run_suite(suite, part.output);
    }
    return part;
}

/* Copies the output. False when it has no closing line, as of a process that was killed. */
static bool show(FILE *output)
{
    char line[4096];
    bool closed = false;

    rewind(output);
    while (fgets(line, sizeof line, output) != NULL) {
        closed = closed || strstr(line, "%: Checks: ") != NULL;
        fputs(line, stdout);
    }
    fflush(stdout);
    return closed;
}

/* Waits for one of them to end and gives its place up. Returns whether all of it passed. */
static bool finish_one(struct part *parts, size_t *running)
{
    int status = 0;
    pid_t pid = wait(&status);
    size_t i = 0;
    bool closed;

    while (i < *running && parts[i].pid != pid) {
        i++;
    }
    if (i == *running) {
        perror("blackbox: wait");
        exit(EXIT_FAILURE);
    }
    closed = show(parts[i].output);
    fclose(parts[i].output);
    parts[i] = parts[--*running];
    if (!closed) { /* it has to count for whoever adds the closing lines up */
        printf("a suite ended with status %#x\n0%%: Checks: 1, Failures: 0, Errors: 1\n",
               (unsigned)status);
    }
    return closed && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

size_t run_side_by_side(suite_maker *const *suites, size_t count, size_t at_once)
{
    struct part *parts = calloc(at_once, sizeof *parts);
    size_t running = 0;
    size_t failed = 0;

    if (parts == NULL) {
        perror("blackbox");
        exit(EXIT_FAILURE);
    }
    for (size_t next = 0; next < count || running > 0;) {
        if (next < count && running < at_once) {
            parts[running++] = start(suites[next++]);
        } else {
            failed += !finish_one(parts, &running);
        }
    }
    free(parts);
    return failed;
}
