/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running the plugin in a clean environment from the test's own directory, with its output going to
 * files. What tests ask of the result is in expect.c, the rules for all output are in verify.c.
 */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "process.h"
#include "verify.h"

enum { RUN_LIMIT_S = 20, WRAPPED_LIMIT_S = 90, CASE_LIMIT_S = 300 };
enum { PIPE_ROOM = 60000, MAX_ENVIRONMENT = 24, SHORT_DEADLINE_S = 4 };

static struct {
    char plugin[1024];
    char simulator[1024];
    char samples[1024];
    const char *wrapper;
    unsigned every; /* how manieth run is wrapped */
} programs;

/* Runs of this process's tests so far, which are processes of their own. */
static unsigned *runs;

/* An absolute path, as the plugin runs in another directory. */
static void locate(char *to, const char *variable, const char *usual, const char *below)
{
    const char *given = getenv(variable);
    const char *path = given != NULL ? given : usual;
    char here[512] = "";

    if (path[0] != '/' && getcwd(here, sizeof here - 1) != NULL) {
        strcat(here, "/");
    }
    snprintf(to, sizeof programs.plugin, "%s%s%s", here, path, below);
    if (access(to, R_OK) != 0) {
        fprintf(stderr, "%s: %s\n", to, strerror(errno));
        exit(99);
    }
}

void harness_open(void)
{
    const char *every = getenv("PLUGIN_WRAPPER_EVERY");

    locate(programs.plugin, "PLUGIN", "plugin/check_smspartner_status", "");
    locate(programs.simulator, "SIMULATOR", "contrib/simulator/smspartner-simulator", "");
    locate(programs.samples, "srcdir", ".", "/contrib/samples");
    programs.wrapper = getenv("PLUGIN_WRAPPER");
    programs.every = every != NULL ? (unsigned)strtoul(every, NULL, 10) : 1;
    programs.every += programs.every == 0;
    store_open();
}

const char *harness_simulator(void)
{
    return programs.simulator;
}

double harness_patience(void)
{
    const char *given = getenv("BLACKBOX_PATIENCE");
    double patience = given != NULL ? strtod(given, NULL) : 1;

    return patience > 1 ? patience : 1;
}

bool harness_wrapped(void)
{
    return programs.wrapper != NULL && programs.wrapper[0] != '\0';
}

/* Of -t: some wrappers take more than a second to begin, which is all the time some runs have. */
static bool is_deadline_short(const char *arguments)
{
    const char *option = strstr(arguments, " -t ");

    return programs.every > 1 && option != NULL && strtol(option + 4, NULL, 10) < SHORT_DEADLINE_S;
}

/* The same runs each time, as long as a suite runs in one process. */
static bool wraps_this_run(const char *arguments)
{
    return harness_wrapped() && !is_deadline_short(arguments) && (*runs)++ % programs.every == 0;
}

/*
 * Check's handlers kill the whole process group. The test would inherit them, and so would what it
 * forks, up to the exec: a server that is stopped as soon as it is started would take the test
 * along.
 */
static void set_up(void)
{
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    store_begin();
    server_use("http://127.0.0.1:1/");
    write_file_mode("key", format("%s\n", simulator_key), 0600);
}

static void count_runs(void)
{
    if (runs != NULL) {
        return;
    }
    runs = mmap(NULL, sizeof *runs, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (runs == MAP_FAILED) {
        perror("blackbox");
        exit(99);
    }
}

TCase *harness_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    count_runs();
    tcase_add_checked_fixture(tcase, set_up, store_end);
    tcase_set_timeout(tcase, CASE_LIMIT_S);
    suite_add_tcase(suite, tcase);
    return tcase;
}

/* The text that stands for a name such as "{url}", NULL when it is none of ours. */
static const char *value_of(const char *name)
{
    static const char *const names[] = {"{url}", "{key}", "{dir}", "{samples}"};
    const char *values[] = {server_url(), "key", test_path("."), programs.samples};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strncmp(name, names[i], strlen(names[i])) == 0) {
            return values[i];
        }
    }
    return NULL;
}

static char *expanded(const char *line)
{
    char *text = format("%s", "");

    while (*line != '\0') {
        const char *value = *line == '{' ? value_of(line) : NULL;
        size_t plain = strcspn(line + 1, "{") + 1;

        if (value != NULL) {
            text = format("%s%s", text, value);
            line = strchr(line, '}') + 1;
        } else {
            text = format("%s%.*s", text, (int)plain, line);
            line += plain;
        }
    }
    return text;
}

/* Cuts the next word off in place; quotes may stand anywhere in it. */
static char *next_word(char **rest)
{
    char *from = *rest + strspn(*rest, " ");
    char *word = from;
    char *to = from;
    bool quoted = false;

    if (*from == '\0') {
        return NULL;
    }
    for (; *from != '\0' && (quoted || *from != ' '); from++) {
        if (*from == '\'') {
            quoted = !quoted;
        } else {
            *to++ = *from;
        }
    }
    *rest = from + (*from != '\0');
    *to = '\0';
    return word;
}

const char **split_words(const char *line)
{
    char *rest = expanded(line);
    const char **words = store_alloc((strlen(rest) / 2 + 2) * sizeof *words);
    size_t count = 0;
    char *word;

    while ((word = next_word(&rest)) != NULL) {
        words[count++] = word;
    }
    return words;
}

/* Only what a scheduler's service user has, what the test adds, and what instruments need. */
static const char **environment_of(const struct how *how)
{
    static const char *const passed[] = {
        "PATH",        "ASAN_OPTIONS",      "UBSAN_OPTIONS",     "LSAN_OPTIONS",
        "GCOV_PREFIX", "GCOV_PREFIX_STRIP", "LLVM_PROFILE_FILE", "LD_LIBRARY_PATH"};
    const char **environment = store_alloc(MAX_ENVIRONMENT * sizeof *environment);
    size_t count = 0;

    for (size_t i = 0; i < sizeof passed / sizeof passed[0]; i++) {
        if (getenv(passed[i]) != NULL) {
            environment[count++] = format("%s=%s", passed[i], getenv(passed[i]));
        }
    }
    environment[count++] = "TZ=UTC";
    for (size_t i = 0; i < sizeof how->environment / sizeof how->environment[0]; i++) {
        if (how->environment[i] != NULL && strncmp(how->environment[i], "TZ=", 3) == 0) {
            environment[count - 1] = how->environment[i];
        } else if (how->environment[i] != NULL) {
            environment[count++] = how->environment[i];
        }
    }
    return environment;
}

/* Returns the reading end; *held is the end to keep open while the program runs, or -1. */
static int open_input(const struct how *how, int *held)
{
    size_t size = how->text == NULL ? 0 : how->size != 0 ? how->size : strlen(how->text);
    int ends[2];

    *held = -1;
    if (how->input == INPUT_CLOSED) {
        return -1;
    }
    if (how->input == INPUT_NOTHING) {
        return open("/dev/null", O_RDONLY);
    }
    if (size > PIPE_ROOM) {
        write_bytes("input", how->text, size);
        return open(test_path("input"), O_RDONLY);
    }
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert(size == 0 || write(ends[1], how->text, size) == (ssize_t)size);
    if (how->input == INPUT_ENDLESS) {
        *held = ends[1];
    } else {
        close(ends[1]);
    }
    return ends[0];
}

static int open_output(const struct how *how)
{
    switch (how->output) {
    case OUTPUT_FULL:
        return open("/dev/full", O_WRONLY);
    case OUTPUT_CLOSED:
        return -1;
    case OUTPUT_TERMINAL:
        return dup(how->terminal);
    case OUTPUT_READ:
    default:
        return open(test_path("stdout"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    }
}

static int open_error(const struct how *how)
{
    int file = open(test_path("stderr"), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (how->terminal == 0) {
        return file;
    }
    close(file);
    return dup(how->terminal);
}

static struct ending start_and_wait(const char **argv, const struct how *how)
{
    int held;
    struct launch launch = {.argv = argv, .environment = environment_of(how)};
    struct ending ending;
    pid_t pid;

    launch.directory = test_path(".");
    launch.input = open_input(how, &held);
    launch.output = open_output(how);
    launch.error = open_error(how);
    pid = process_start(&launch);
    if (launch.input >= 0) {
        close(launch.input);
    }
    if (launch.output >= 0) {
        close(launch.output);
    }
    close(launch.error);
    ending = process_wait(pid, harness_wrapped() ? WRAPPED_LIMIT_S : RUN_LIMIT_S, how->watch);
    if (held >= 0) {
        close(held);
    }
    return ending;
}

const struct result *run_how(const char *arguments, const struct how *how)
{
    struct result *result = store_alloc(sizeof *result);
    const char *around = how->around != NULL ? format("/usr/bin/env %s", how->around) : "";
    const char *wrapper =
        wraps_this_run(arguments) && !how->bare ? format("/usr/bin/env %s", programs.wrapper) : "";
    const char **argv =
        split_words(format("%s %s '%s' %s", around, wrapper, programs.plugin, arguments));
    struct ending ending = start_and_wait(argv, how);

    result->command = expanded(arguments);
    result->exit_code = ending.exit_code;
    result->seconds = ending.seconds;
    result->err = read_file("stderr", NULL);
    result->out = read_file("stdout", &result->size);
    if (result->out == NULL || how->output != OUTPUT_READ) {
        result->out = "";
        result->size = 0;
    }
    expect(result, !ending.timed_out);
    if (how->output == OUTPUT_READ) {
        verify(result, how);
    }
    return result;
}

const struct result *run(const char *arguments)
{
    return run_how(arguments, &(struct how){.input = INPUT_NOTHING});
}

const struct result *ask_how(const char *arguments, const struct how *how)
{
    return run_how(format("-u {url} -k {key} %s", arguments), how);
}

const struct result *ask(const char *arguments)
{
    return run(format("-u {url} -k {key} %s", arguments));
}
