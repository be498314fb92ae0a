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
#include "script.h"
#include "server.h"
#include "tls.h"
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

static int run(const struct server_parts *parts)
{
    struct complaint reason = {""};
    sigset_t signals = hold_signals();
    struct server *server = server_start(parts, &reason);
    if (server == NULL)
        return refuse(&reason, EXIT_FAILURE);
    int result = announce(server);
    if (result == EXIT_SUCCESS)
        serve(&signals, parts->endpoint->watch);
    server_stop(server);
    return result;
}

/* All that is read or opened before the server starts. */
struct files {
    struct watch *watch;
    struct script *script;
    struct log *log;
    struct tls tls;
};

static bool open_tls(struct files *files, const struct options *options, struct complaint *reason)
{
    if (!server_can_tls())
        return complain(reason, "--tls-cert: this libmicrohttpd was built without TLS (GnuTLS)");
    const char *fault = script_needs_plain(files->script);
    if (fault != NULL)
        return complain(reason, "--tls-cert: the fault %s is not possible with TLS", fault);
    return tls_read(&files->tls, options->tls_certificate, options->tls_key, reason);
}

static bool open_files(struct files *files, const struct options *options, struct complaint *reason)
{
    if (options->scenario != NULL) {
        files->watch = watch_open(options->scenario, reason);
        if (files->watch == NULL)
            return false;
    }
    files->script = options->script != NULL ? script_read(options->script, reason)
                                            : script_of(&options->faults);
    if (files->script == NULL)
        return false;
    if (options->tls_certificate != NULL && !open_tls(files, options, reason))
        return false;
    if (options->log == NULL)
        return true;
    files->log = log_open(options->log, options->key, reason);
    return files->log != NULL;
}

static void close_files(struct files *files)
{
    log_close(files->log);
    tls_release(&files->tls);
    script_free(files->script);
    watch_close(files->watch);
}

static int open_and_run(const struct options *options)
{
    struct complaint reason = {""};
    struct files files = {.watch = NULL};
    int result = EXIT_USAGE;
    if (open_files(&files, options, &reason)) {
        struct endpoint endpoint = {
            .options = options, .watch = files.watch, .start = (int64_t)time(NULL)};
        struct server_parts parts = {.endpoint = &endpoint, .script = files.script};
        parts.log = files.log;
        parts.tls = options->tls_certificate != NULL ? &files.tls : NULL;
        result = run(&parts);
    } else {
        fprintf(stderr, "%s\n", reason.text);
    }
    close_files(&files);
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
