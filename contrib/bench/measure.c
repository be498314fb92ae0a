/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a command and writes what it took to descriptor 3: wall, user and system seconds, peak
 * resident KiB, exit code. Small, because a child's peak starts from its parent's size.
 *
 *     measure COMMAND [ARGUMENT...] 3>FILE
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct rusage used;
    int status = 0;
    double start = now();
    pid_t child = 0;
    if (argc < 2 || posix_spawnp(&child, argv[1], NULL, NULL, argv + 1, environ) != 0 ||
        wait4(child, &status, 0, &used) != child)
        return 1;
    dprintf(3, "%.6f %.6f %.6f %ld %d\n", now() - start, seconds(used.ru_utime),
            seconds(used.ru_stime), used.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
