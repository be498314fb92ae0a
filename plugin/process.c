/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptors, signals and output; see process.h. */
#include "process.h"

#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { TICK_US = 100000, LAST_WORDS_MS = 200 };

static volatile sig_atomic_t stop_signal;

static void on_stop(int number)
{
    stop_signal = number;
}

static void on_tick(int number)
{
    (void)number;
}

/* What is opened in place of a closed descriptor fails as the closed one would have. */
static void guard_descriptors(void)
{
    static const int modes[] = {
        [STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDWR};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", modes[fd]) == -1)
            return;
}

/* A mask inherited from our parent would hide the deadline from us. */
static void unblock_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGALRM);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_UNBLOCK, &signals, NULL);
}

/* A dump would hold the key. The limit doesn't bind a program that the kernel pipes dumps to, so
 * Linux is told twice; not under the address sanitizer, whose leak checker couldn't look at us
 * then. */
static void forbid_core_dumps(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(SMSP_SANITIZED)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* Also where it was ignored, as shells do for what they run in the background. */
static void catch_signal(int number)
{
    struct sigaction action = {.sa_handler = on_stop};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void start_ticking(void)
{
    struct sigaction action = {.sa_handler = on_tick};
    const struct itimerval timer = {.it_interval = {0, TICK_US}, .it_value = {0, TICK_US}};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

void process_prepare(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    guard_descriptors();
    forbid_core_dumps();
    unblock_signals();
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    catch_signal(SIGTERM);
    catch_signal(SIGINT);
    catch_signal(SIGHUP);
    start_ticking();
}

const volatile sig_atomic_t *process_stop_signal(void)
{
    return &stop_signal;
}

bool process_can_read(const char *path, const char *secret, struct error *err)
{
    char clean[TEXT_SIZE];
    const struct text_rules rules = {.secret = secret};
    if (access(path, R_OK) == 0)
        return true;
    return error_set(err, ERROR_INPUT, "cannot read %s: %s", text_clean_string(clean, path, &rules),
                     strerror(errno));
}

bool process_has_colours(void)
{
    const char *declined = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(declined && declined[0]) && terminal && terminal[0] &&
           strcmp(terminal, "dumb") != 0;
}

/* After a failed write: whoever reads us may only be slow. Once the run has to stop there is little
 * time left; *stopped_ms is when that was seen first. */
static bool may_write_on(const struct clock *clock, int64_t *stopped_ms)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    int64_t now_ms = clock_monotonic_ms(clock);
    if (*stopped_ms == 0 && clock_stop(clock) != ERROR_NONE)
        *stopped_ms = now_ms;
    poll(&out, 1, LAST_WORDS_MS / 10);
    return *stopped_ms == 0 || now_ms - *stopped_ms < LAST_WORDS_MS;
}

bool process_print(const char *text, size_t length, const struct clock *clock)
{
    int64_t stopped_ms = 0;
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, text, length);
        if (written < 0 && !may_write_on(clock, &stopped_ms))
            return false;
        if (written > 0) {
            text += written;
            length -= (size_t)written;
        }
    }
    return true;
}
