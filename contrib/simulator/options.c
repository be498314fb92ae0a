/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: one table of options, a small setter for each that checks its argument, and the
 * loop that hands the table to getopt_long. Opens no file and prints nothing.
 */
#define _POSIX_C_SOURCE 200809L

#include "options.h"

#include "number.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <string.h>

enum { HTTP_FIRST = 200, HTTP_LAST = 599, CODE_MAX = 999999, DELAY_MAX = 3600000 };

static bool ranged(const char *text, uint64_t min, uint64_t max, uint64_t *value,
                   struct complaint *reason)
{
    if (number_read(text, max, value) && *value >= min)
        return true;
    return complain(reason, "'%s' is not a number from %llu to %llu", text, (unsigned long long)min,
                    (unsigned long long)max);
}

static bool set_port(struct options *options, const char *argument, struct complaint *reason)
{
    uint64_t value;
    if (!ranged(argument, 0, UINT16_MAX, &value, reason))
        return false;
    options->port = (uint16_t)value;
    return true;
}

static bool set_bind(struct options *options, const char *argument, struct complaint *reason)
{
    struct in6_addr address; /* room for either kind */
    if (inet_pton(AF_INET, argument, &address) != 1 && inet_pton(AF_INET6, argument, &address) != 1)
        return complain(reason, "'%s' is not an IP address", argument);
    options->bind = argument;
    return true;
}

static bool set_scenario(struct options *options, const char *argument, struct complaint *reason)
{
    (void)reason;
    options->scenario = argument;
    return true;
}

static bool set_key(struct options *options, const char *argument, struct complaint *reason)
{
    if (*argument == '\0')
        return complain(reason, "the key can't be empty: the service refuses that as missing");
    options->key = argument;
    return true;
}

static bool set_error(struct options *options, const char *argument, struct complaint *reason)
{
    size_t length = strcspn(argument, ":");
    uint64_t value;
    if (!number_read_part(argument, length, CODE_MAX, &value) || value == 0)
        return complain(reason, "'%s' is not CODE or CODE:TEXT, with a code from 1 to %d", argument,
                        CODE_MAX);
    options->error_code = (int)value;
    options->error_text = argument[length] == ':' ? argument + length + 1 : NULL;
    return true;
}

static bool set_shape(struct options *options, const char *argument, struct complaint *reason)
{
    static const struct {
        const char *name;
        enum error_shape shape;
    } shapes[] = {{"message", SHAPE_MESSAGE},
                  {"errors", SHAPE_ERRORS},
                  {"error", SHAPE_ERROR},
                  {"nested", SHAPE_NESTED}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (strcmp(shapes[i].name, argument) == 0) {
            options->shape = shapes[i].shape;
            return true;
        }
    }
    return complain(reason, "'%s' is not message, errors, error or nested", argument);
}

static bool set_error_status(struct options *options, const char *argument,
                             struct complaint *reason)
{
    uint64_t value;
    if (!ranged(argument, HTTP_FIRST, HTTP_LAST, &value, reason))
        return false;
    options->error_status = (unsigned)value;
    return true;
}

static bool set_status(struct options *options, const char *argument, struct complaint *reason)
{
    uint64_t value;
    if (!ranged(argument, HTTP_FIRST, HTTP_LAST, &value, reason))
        return false;
    options->status = (unsigned)value;
    return true;
}

static bool set_odd(struct options *options, const char *argument, struct complaint *reason)
{
    return oddities_add(&options->odd, argument, reason);
}

static bool set_seed(struct options *options, const char *argument, struct complaint *reason)
{
    return ranged(argument, 0, UINT64_MAX, &options->seed, reason);
}

static bool set_delay(struct options *options, const char *argument, struct complaint *reason)
{
    uint64_t value;
    if (!ranged(argument, 0, DELAY_MAX, &value, reason))
        return false;
    options->delay_ms = (unsigned)value;
    return true;
}

static bool set_fault(struct options *options, const char *argument, struct complaint *reason)
{
    options->faulty = true;
    return faults_add(&options->faults, argument, reason);
}

static bool set_script(struct options *options, const char *argument, struct complaint *reason)
{
    (void)reason;
    options->script = argument;
    return true;
}

static bool set_certificate(struct options *options, const char *argument, struct complaint *reason)
{
    (void)reason;
    options->tls_certificate = argument;
    return true;
}

static bool set_tls_key(struct options *options, const char *argument, struct complaint *reason)
{
    (void)reason;
    options->tls_key = argument;
    return true;
}

static bool set_log(struct options *options, const char *argument, struct complaint *reason)
{
    (void)reason;
    options->log = argument;
    return true;
}

static const struct option_row TABLE[] = {
    {"port", 'p', "N", "TCP port, 8025 by default; 0 picks a free one", set_port},
    {"bind", 0, "ADDR", "address to listen on, 127.0.0.1 by default", set_bind},
    {"scenario", 's', "FILE", "what became of each message, see below", set_scenario},
    {"key", 'k', "KEY", "the API key to accept (simulator-demo-key)", set_key},
    {"error", 0, "CODE[:TEXT]", "answer every request with this API error", set_error},
    {"error-shape", 0, "SHAPE", "message (the default), errors, error or nested", set_shape},
    {"error-status", 0, "N", "HTTP status of API errors, 200 by default", set_error_status},
    {"status", 0, "N", "HTTP status of every answer, bodies unchanged", set_status},
    {"odd", 0, "NAME[=N],...", "oddities, see below; may be given several times", set_odd},
    {"seed", 0, "N", "another order for shuffle, 1 by default", set_seed},
    {"delay-ms", 0, "N", "wait this long before every answer", set_delay},
    {"fault", 0, "NAME[=VALUE],...", "what goes wrong with every answer, see below", set_fault},
    {"script", 0, "FILE", "faults of successive requests, see below", set_script},
    {"tls-cert", 0, "FILE", "serve HTTPS with this certificate (PEM)", set_certificate},
    {"tls-key", 0, "FILE", "the key of that certificate (PEM)", set_tls_key},
    {"log", 0, "FILE", "append a JSON object per request, without the key", set_log},
    {"version", 'V', NULL, "print the version and exit", NULL},
    {"help", 'h', NULL, "print this text and exit", NULL},
};

enum { ROWS = sizeof TABLE / sizeof TABLE[0], LONG_ONLY = 256 };

const struct option_row *options_table(size_t *count)
{
    *count = ROWS;
    return TABLE;
}

/* Translates the table into getopt's two forms. A long option's value is its row. */
static void describe(struct option longs[ROWS + 1], char shorts[2 * ROWS + 2])
{
    memset(longs, 0, (ROWS + 1) * sizeof longs[0]);
    *shorts++ = ':';
    for (int i = 0; i < ROWS; i++) {
        bool takes = TABLE[i].argument != NULL;
        longs[i].name = TABLE[i].name;
        longs[i].has_arg = takes ? required_argument : no_argument;
        longs[i].val = LONG_ONLY + i;
        if (TABLE[i].letter != 0) {
            *shorts++ = TABLE[i].letter;
            if (takes)
                *shorts++ = ':';
        }
    }
    *shorts = '\0';
}

/* The row of what getopt_long gave, NULL for its two ways of saying no. */
static const struct option_row *row_of(int found)
{
    if (found >= LONG_ONLY)
        return &TABLE[found - LONG_ONLY];
    for (size_t i = 0; i < ROWS && found != '?' && found != ':'; i++)
        if (TABLE[i].letter == found)
            return &TABLE[i];
    return NULL;
}

static enum options_result apply(struct options *options, const struct option_row *row,
                                 struct complaint *reason)
{
    struct complaint why = {""};
    if (row->letter == 'h')
        return OPTIONS_HELP;
    if (row->letter == 'V')
        return OPTIONS_VERSION;
    if (row->set(options, optarg, &why))
        return OPTIONS_RUN;
    complain(reason, "--%s: %s", row->name, why.text);
    return OPTIONS_BAD;
}

/* getopt_long says no to a long option with optopt 0 or its value, to a letter with that letter. */
static enum options_result refuse(int found, char *argv[], struct complaint *reason)
{
    const char *why = found == ':' ? "an argument is missing"
                                   : "no such option, or an argument "
                                     "that it does not take";
    if (optopt > 0 && optopt < LONG_ONLY)
        complain(reason, "-%c: %s", optopt, why);
    else
        complain(reason, "%s: %s", argv[optind - 1], why);
    return OPTIONS_BAD;
}

/* What no single option can know. */
static enum options_result check(const struct options *options, struct complaint *reason)
{
    bool fine = true;
    if (options->faulty && options->script != NULL)
        fine = complain(reason, "--fault and --script exclude each other");
    else if ((options->tls_certificate == NULL) != (options->tls_key == NULL))
        fine = complain(reason, "--tls-cert and --tls-key need each other");
    return fine ? OPTIONS_RUN : OPTIONS_BAD;
}

enum options_result options_parse(struct options *options, int argc, char *argv[],
                                  struct complaint *reason)
{
    struct option longs[ROWS + 1];
    char shorts[2 * ROWS + 2];
    describe(longs, shorts);
    *options = (struct options){.port = 8025,
                                .bind = "127.0.0.1",
                                .key = "simulator-demo-key",
                                .error_status = 200,
                                .seed = 1};
    int found;
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct option_row *row = row_of(found);
        if (row == NULL)
            return refuse(found, argv, reason);
        enum options_result result = apply(options, row, reason);
        if (result != OPTIONS_RUN)
            return result;
    }
    if (optind == argc)
        return check(options, reason);
    complain(reason, "'%s': everything is an option here", argv[optind]);
    return OPTIONS_BAD;
}
