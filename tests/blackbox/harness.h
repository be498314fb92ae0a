/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs the built plugin as a scheduler would and looks at what comes out. Whatever a test is about,
 * every run is also held against the rules that apply to all output (verify.c).
 *
 * Command lines are one text: words at blanks, '...' keeps blanks. {url} {key} {dir} {samples}
 * stand for the current server, a good key file, the test's directory and contrib/samples.
 */
#ifndef BLACKBOX_HARNESS_H
#define BLACKBOX_HARNESS_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "json.h"
#include "perfdata_reader.h"
#include "servers.h"
#include "store.h"

enum { OK = 0, WARNING = 1, CRITICAL = 2, UNKNOWN = 3 };

enum input { INPUT_NOTHING, INPUT_TEXT, INPUT_ENDLESS, INPUT_CLOSED };
enum output { OUTPUT_READ, OUTPUT_FULL, OUTPUT_CLOSED, OUTPUT_TERMINAL };

/* How a run departs from the usual; all zero is the usual. */
struct how {
    enum input input;
    const char *text; /* of INPUT_TEXT and INPUT_ENDLESS */
    size_t size;      /* 0: up to the terminator */
    enum output output;
    int terminal; /* descriptor for standard error, and for OUTPUT_TERMINAL; 0: none */
    const char *environment[4];
    bool (*watch)(pid_t pid);
    bool bare;          /* too much work for an instrument */
    const char *around; /* a command that runs the plugin: "nice -n 5" */
    bool help;          /* --help and --version have no first line of the usual form */
};

struct result {
    const char *command;
    int exit_code;
    double seconds;
    const char *out;
    size_t size;
    const char *err;
    const char *first; /* line one without perfdata */
    const char *rest;  /* the lines after it */
    bool has_perfdata;
    struct perfdata perfdata;
    json object; /* for -o json, else NULL */
};

void harness_open(void);
const char *harness_simulator(void);
bool harness_wrapped(void);
/* For a test case: adds the set-up and take-down every test needs. */
TCase *harness_case(Suite *suite, const char *name);

const char **split_words(const char *line);

/* The plugin with these arguments and nothing else. */
const struct result *run(const char *arguments);
const struct result *run_how(const char *arguments, const struct how *how);
/* With "-u {url} -k {key}" in front. */
const struct result *ask(const char *arguments);
const struct result *ask_how(const char *arguments, const struct how *how);

/* What a failure message shows of a run; short enough for Check. */
const char *shown(const struct result *result);

void expect_exit(const struct result *result, int exit_code);
/* The run took less than so many seconds, times the number in BLACKBOX_PATIENCE: on a machine that
 * is busy with other things nothing can be said of its time. Not looked at under instruments. */
void expect_within(const struct result *result, double seconds);
double harness_patience(void);
void expect_first(const struct result *result, const char *part);
void expect_text(const struct result *result, const char *part);
void expect_no_text(const struct result *result, const char *part);
/* No '<' or '>' but as the mark "> " before a line of the trace. */
void expect_no_markup(const struct result *result);
/* "delivered=1 latency_p50=~16 time=0..5 spam=U", text or JSON */
void expect_metrics(const struct result *result, const char *expected);
/* warn, crit, min and max as they stand in perfdata: "95:;90:;0;100" */
void expect_limits(const struct result *result, const char *label, const char *limits);
/* Lines that begin with '[', hold " message " and so name a problem message. */
size_t count_problems(const struct result *result);
size_t count_lines(const char *text);
bool contains(const char *text, const char *part);

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

#define expect(result, condition) ck_assert_msg(condition, "%s\n%s", #condition, shown(result))

#endif
