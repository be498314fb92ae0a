/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starting programs and waiting for them under a time limit. It knows neither the plugin nor the
 * simulator; both are started through it.
 */
#ifndef BLACKBOX_PROCESS_H
#define BLACKBOX_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct launch {
    const char *const *argv;
    const char *const *environment;
    const char *directory;
    int input; /* descriptors; -1 leaves it closed */
    int output;
    int error;
};

struct ending {
    int exit_code; /* 128 and more: ended by a signal */
    bool timed_out;
    double seconds;
};

/* Descriptors stay with the caller. */
pid_t process_start(const struct launch *launch);

/* watch (may be NULL) is called every few milliseconds until it returns true. */
struct ending process_wait(pid_t pid, double limit_s, bool (*watch)(pid_t pid));

/* SIGTERM, then SIGKILL; safe to call for one that has ended. */
void process_stop(pid_t pid);

double now_s(void);
void pause_ms(long milliseconds);

#endif
