/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blanks and carriage returns are all the terminal has to understand; see progress.h. */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { REDRAW_MS = 100, USUAL_WIDTH = 80, LINE_MAX_SIZE = 160 };

struct progress progress_start(const struct clock *clock)
{
    return (struct progress){.clock = clock, .is_terminal = isatty(STDERR_FILENO) == 1};
}

/* From the background a write would disturb, or stop us (stty tostop). Where the terminal isn't the
 * one that controls us, there is no telling, and no harm. */
static bool is_in_background(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);
    return foreground > 0 && foreground != getpgrp();
}

/* The last column stays free: some terminals go to the next line behind it. */
static int room(void)
{
    struct winsize size = {0};
    int width = USUAL_WIDTH;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    return width < LINE_MAX_SIZE ? width - 1 : LINE_MAX_SIZE - 1;
}

/* A write that fails, or is interrupted because the terminal was halted, leaves out a picture. */
static void put(const char *text, int length)
{
    if (length > 0 && write(STDERR_FILENO, text, (size_t)length) < 0)
        return;
}

/* Over the line that stands there; blanks cover what is longer of it. */
static void replace(struct progress *progress, const char *line, int length)
{
    char text[2 * LINE_MAX_SIZE + 2];
    int size = snprintf(text, sizeof text, "\r%.*s%*s\r", length, line,
                        progress->length > length ? progress->length - length : 0, "");
    put(text, size);
    progress->length = length;
}

void progress_draw(void *context, const struct client_progress *done)
{
    struct progress *progress = context;
    char line[LINE_MAX_SIZE];
    if (!progress->is_terminal || done->requests < 2)
        return;
    int64_t now_ms = clock_monotonic_ms(progress->clock);
    if ((progress->length > 0 && now_ms - progress->drawn_ms < REDRAW_MS) || is_in_background())
        return;
    int length = snprintf(line, sizeof line,
                          "%" PRIu64 " of %" PRIu64 " requests, %" PRIu64 " of %" PRIu64
                          " messages, at most %" PRId64 " s left",
                          done->requests_done, done->requests, done->messages_done, done->messages,
                          (clock_left_ms(progress->clock) + 999) / 1000);
    replace(progress, line, length < room() ? length : room());
    progress->drawn_ms = now_ms;
}

void progress_erase(struct progress *progress)
{
    if (progress->length > 0 && !is_in_background())
        replace(progress, "", 0);
}
