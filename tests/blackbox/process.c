/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fork and exec with chosen descriptors, and waiting by polling: simple, and good to a few
 * milliseconds. An alarm, which survives exec, ends what a broken test leaves behind.
 */
#include "process.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ORPHAN_LIFE_S = 300, EXEC_FAILED = 127 };

double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void pause_ms(long milliseconds)
{
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    nanosleep(&pause, NULL);
}

/* By way of high numbers, lest one descriptor overwrite another that is still to be placed. */
static void place_descriptors(const int wanted[3])
{
    int moved[3];

    for (int i = 0; i < 3; i++) {
        moved[i] = wanted[i] < 0 ? -1 : fcntl(wanted[i], F_DUPFD, 10);
    }
    for (int i = 0; i < 3; i++) {
        close(i);
        if (moved[i] >= 0) {
            dup2(moved[i], i);
        }
    }
    for (int i = 3; i < 64; i++) {
        close(i);
    }
}

static void become(const struct launch *launch)
{
    const int wanted[3] = {launch->input, launch->output, launch->error};

    if (launch->directory != NULL && chdir(launch->directory) != 0) {
        _exit(EXEC_FAILED);
    }
    place_descriptors(wanted);
    signal(SIGPIPE, SIG_DFL);
    alarm(ORPHAN_LIFE_S);
    execve(launch->argv[0], (char *const *)launch->argv, (char *const *)launch->environment);
    _exit(EXEC_FAILED);
}

pid_t process_start(const struct launch *launch)
{
    pid_t pid = fork();

    ck_assert_msg(pid >= 0, "fork: %s", strerror(errno));
    if (pid == 0) {
        become(launch);
    }
    return pid;
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct ending process_wait(pid_t pid, double limit_s, bool (*watch)(pid_t pid))
{
    double begin = now_s();
    struct ending ending = {.timed_out = false};
    int status = 0;

    while (waitpid(pid, &status, WNOHANG) == 0) {
        if (!ending.timed_out && now_s() - begin > limit_s) {
            ending.timed_out = true;
            kill(pid, SIGKILL);
        }
        if (watch != NULL && watch(pid)) {
            watch = NULL;
        }
        pause_ms(2);
    }
    ending.exit_code = code_of(status);
    ending.seconds = now_s() - begin;
    return ending;
}

void process_stop(pid_t pid)
{
    double begin = now_s();

    kill(pid, SIGTERM);
    while (waitpid(pid, NULL, WNOHANG) == 0) {
        if (now_s() - begin > 3) {
            kill(pid, SIGKILL);
        }
        pause_ms(2);
    }
}
