/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stand-in for the SMS Partner multi-status request, for trying out and testing a client without
 * an account or a network. This file wires the parts together and waits for signals; all other work
 * is done by the server's threads.
 */
#define _POSIX_C_SOURCE 200809L

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "endpoint.h"
#include "help.h"
#include "log.h"
#include "options.h"
#include "server.h"
#include "watch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "(development)"
#endif

enum { EXIT_USAGE = 2 };

static int refuse(const struct complaint *reason, int code)
{
    fprintf(stderr, "smspartner-simulator: %s\n", reason->text);
    return code;
}

/* The service writes local dates in Paris. The rule is spelt out as the zone's files may be
 * missing. */
static void live_in_paris(void)
{
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
}

/* Every thread started later inherits this, so that only serve() gets signals. */
static sigset_t hold_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

static int announce(const struct server *server)
{
    char *url = server_url(server);
    int printed = printf("%s\n", url);
    free(url);
    return printed < 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void serve(const sigset_t *signals, struct watch *watch)
{
    int signal_number = 0;
    while (sigwait(signals, &signal_number) == 0 && signal_number == SIGHUP)
        if (watch != NULL)
            watch_refresh(watch, true);
}

static int run(const struct endpoint *endpoint, struct log *log)
{
    struct complaint reason = {""};
    sigset_t signals = hold_signals();
    struct server *server = server_start(endpoint, log, &reason);
    if (server == NULL)
        return refuse(&reason, EXIT_FAILURE);
    int result = announce(server);
    if (result == EXIT_SUCCESS)
        serve(&signals, endpoint->watch);
    server_stop(server);
    return result;
}

static int open_and_run(const struct options *options)
{
    struct complaint reason = {""};
    struct endpoint endpoint = {.options = options, .start = (int64_t)time(NULL)};
    if (options->scenario != NULL) {
        endpoint.watch = watch_open(options->scenario, &reason);
        if (endpoint.watch == NULL) {
            fprintf(stderr, "%s\n", reason.text);
            return EXIT_USAGE;
        }
    }
    struct log *log = NULL;
    if (options->log != NULL)
        log = log_open(options->log, options->key, &reason);
    int result =
        options->log != NULL && log == NULL ? refuse(&reason, EXIT_USAGE) : run(&endpoint, log);
    log_close(log);
    watch_close(endpoint.watch);
    return result;
}

int main(int argc, char *argv[])
{
    struct options options;
    struct complaint reason = {""};
    live_in_paris();
    switch (options_parse(&options, argc, argv, &reason)) {
    case OPTIONS_HELP:
        help_print(stdout);
        return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    case OPTIONS_VERSION:
        printf("smspartner-simulator %s\n", PACKAGE_VERSION);
        return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    case OPTIONS_BAD:
        fprintf(stderr, "smspartner-simulator: %s\nTry 'smspartner-simulator --help'.\n",
                reason.text);
        return EXIT_USAGE;
    case OPTIONS_RUN:
        break;
    }
    return open_and_run(&options);
}
