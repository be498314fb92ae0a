/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By hand: on a terminal a line of progress while several requests go on, gone at the end, and a
 * colour for the state. Everywhere else neither; there verify.c refuses control characters.
 */
#include "cases.h"
#include "suites.h"
#include "tools.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_TEXT = 65536, MOST_COLUMNS = 200 };

static struct {
    int outside; /* what a terminal's window holds */
    int inside;  /* what programs write to */
    char text[MOST_TEXT];
    size_t size;
} terminal;

static void close_terminal(void *unused)
{
    (void)unused;
    close(terminal.inside);
    close(terminal.outside);
}

/* False where the system has no pseudo terminals, as a bare chroot. */
static bool open_terminal(int columns)
{
    const struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)columns};

    if (!have_tool("test -c /dev/pts/ptmx")) {
        return false;
    }
    terminal.size = 0;
    terminal.outside = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal.outside, 0);
    ck_assert_int_eq(grantpt(terminal.outside), 0);
    ck_assert_int_eq(unlockpt(terminal.outside), 0);
    terminal.inside = open(ptsname(terminal.outside), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal.inside, 0);
    ck_assert_int_eq(ioctl(terminal.inside, TIOCSWINSZ, &size), 0);
    ck_assert_int_eq(fcntl(terminal.outside, F_SETFL, O_NONBLOCK), 0);
    store_defer(close_terminal, NULL);
    return true;
}

static bool look(pid_t pid)
{
    size_t room = MOST_TEXT - 1 - terminal.size;
    ssize_t got = read(terminal.outside, terminal.text + terminal.size, room);

    (void)pid;
    terminal.size += got > 0 ? (size_t)got : 0;
    terminal.text[terminal.size] = '\0';
    return false;
}

static const struct result *run_on_terminal(const char *arguments, struct how how)
{
    const struct result *result;

    how.terminal = terminal.inside;
    how.watch = look;
    result = ask_how(arguments, &how);
    look(0);
    return result;
}

/* What stands in the line that the cursor is in: text overwritten from the left at each \r. */
static const char *last_line(void)
{
    static char line[MOST_COLUMNS + 1];
    size_t at = 0;

    memset(line, ' ', MOST_COLUMNS);
    for (size_t i = 0; i < terminal.size; i++) {
        if (terminal.text[i] == '\r') {
            at = 0;
        } else if (terminal.text[i] == '\n') {
            memset(line, ' ', MOST_COLUMNS);
        } else {
            ck_assert_uint_lt(at, MOST_COLUMNS);
            line[at++] = terminal.text[i];
        }
    }
    return line;
}

static size_t longest_line(void)
{
    size_t longest = 0;

    for (const char *line = terminal.text; *line != '\0'; line += strcspn(line, "\r\n")) {
        line += strspn(line, "\r\n");
        if (strcspn(line, "\r\n") > longest) {
            longest = strcspn(line, "\r\n");
        }
    }
    return longest;
}

static void expect_gone(void)
{
    ck_assert_str_eq(last_line() + strspn(last_line(), " "), "");
    ck_assert_msg(strchr(terminal.text, '\033') == NULL, "%s", terminal.text);
}

static void ask_three_requests(const char *options, const char *delay, int exit_code)
{
    const struct result *result;

    simulator_start(many(1, 1203, ",Delivered,1517934416,0,0"), delay);
    write_file("batch", many(1, 1203, ""));
    result = run_on_terminal(format("-b batch --connections 1 %s", options),
                             (struct how){.environment = {"TERM=xterm"}});
    expect_exit(result, exit_code);
}

START_TEST(progress_comes_and_goes)
{
    if (!open_terminal(80)) {
        return;
    }
    ask_three_requests(_i == 0 ? "" : "-o json", "--delay-ms 600", OK);
    ck_assert_msg(
        contains(terminal.text, "\r0 of 3 requests, 0 of 1203 messages, at most 10 s left"), "%s",
        terminal.text);
    ck_assert_msg(contains(terminal.text, "\r1 of 3 requests, 500 of 1203 messages, at most "),
                  "%s", terminal.text);
    expect_gone();
}
END_TEST

START_TEST(progress_goes_at_the_deadline)
{
    if (!open_terminal(80)) {
        return;
    }
    ask_three_requests("-t 1", "--delay-ms 5000", CRITICAL);
    ck_assert(contains(terminal.text, "0 of 3 requests"));
    expect_gone();
}
END_TEST

START_TEST(progress_fits_the_terminal)
{
    static const int columns[] = {80, 20, 2, 1, 0};
    static const size_t room[] = {79, 19, 1, 0, 79};

    if (!open_terminal(columns[_i])) {
        return;
    }
    ask_three_requests("", "--delay-ms 50", OK);
    ck_assert_uint_le(longest_line(), room[_i]);
    ck_assert(terminal.size > 0 || room[_i] == 0);
    expect_gone();
}
END_TEST

START_TEST(no_progress_of_one_request)
{
    if (!open_terminal(80)) {
        return;
    }
    simulator_start(NULL, "--delay-ms 250");
    write_file("batch", many(1, 500, ""));
    run_on_terminal("-b batch -vvv", (struct how){.environment = {"TERM=xterm"}});
    ck_assert_str_eq(terminal.text, "");
}
END_TEST

struct colour_row {
    const char *environment[4];
    const char *options;
    bool coloured;
};

static const struct colour_row colours[] = {
    {{"TERM=xterm"}, "", true},
    {{"TERM=xterm", "NO_COLOR="}, "", true},
    {{"TERM=xterm", "NO_COLOR=1"}, "", false},
    {{"TERM=dumb"}, "", false},
    {{"TERM="}, "", false},
    {{NULL}, "", false},
    {{"TERM=xterm"}, "-o json", false},
};

START_TEST(colour_of_the_state)
{
    const struct colour_row *row = &colours[_i];
    struct how how = {.output = OUTPUT_TERMINAL};

    memcpy(how.environment, row->environment, sizeof how.environment);
    if (!open_terminal(80)) {
        return;
    }
    simulator_start("+33639980001,1,Delivered,1517934416,0,0\n", NULL);
    run_on_terminal(format("-m +33639980001:1 %s", row->options), how);
    if (row->coloured) {
        ck_assert_msg(contains(terminal.text, "SMSPARTNER \033[32mOK\033[0m - 100.00% delivered"),
                      "%s", terminal.text);
        ck_assert(strchr(strstr(terminal.text, "\033[0m") + 1, '\033') == NULL);
    } else {
        ck_assert_msg(contains(terminal.text, "100.00% delivered"), "%s", terminal.text);
        ck_assert(strchr(terminal.text, '\033') == NULL);
    }
}
END_TEST

/* Standard error alone is no reason for colours in what a pipe or a file gets. */
START_TEST(no_colour_off_the_terminal)
{
    const struct result *result;

    if (!open_terminal(80)) {
        return;
    }
    simulator_start("+33639980001,1,Delivered,1517934416,0,0\n", NULL);
    result = run_on_terminal("-m +33639980001:1", (struct how){.environment = {"TERM=xterm"}});
    expect_first(result, "100.00% delivered (1 of 1)");
    ck_assert_str_eq(terminal.text, "");
}
END_TEST

Suite *terminal_suite(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tcase = harness_case(suite, "progress");

    tcase_add_loop_test(tcase, progress_comes_and_goes, 0, 2);
    tcase_add_test(tcase, progress_goes_at_the_deadline);
    tcase_add_loop_test(tcase, progress_fits_the_terminal, 0, 5);
    tcase_add_test(tcase, no_progress_of_one_request);
    tcase = harness_case(suite, "colours");
    tcase_add_loop_test(tcase, colour_of_the_state, 0, ROWS(colours));
    tcase_add_test(tcase, no_colour_off_the_terminal);
    return suite;
}
