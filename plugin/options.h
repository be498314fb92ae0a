/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table of options feeds parsing, usage and help. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "error.h"
#include "key.h"
#include "perfdata.h"
#include "state.h"
#include "threshold.h"
#include "transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A --batch or --message, in the order of the command line. */
struct source {
    bool is_message;
    const char *text;
};

enum { OPTIONS_TIMEOUT_MS = 10000 }; /* the default of --timeout */

enum output_form { OUTPUT_TEXT, OUTPUT_JSON };

/* What was asked for. Strings point into argv; only sources is allocated. */
struct options {
    struct source *sources;
    size_t source_count;
    const char *key_file;
    struct key key;        /* from --api-key; empty: none */
    const char *known_key; /* that no message shows either, or NULL */
    struct thresholds thresholds;
    int64_t grace_ms;
    int64_t since_ms;       /* -1: all */
    uint64_t last;          /* 0: all */
    uint64_t shard, shards; /* of so many parts the one that is checked; 0 parts: all */
    char country_code[4];
    const char *timezone; /* NULL: the system's */
    bool skip_invalid;
    uint64_t min_sample;
    enum state no_data, unreachable, timeout_state;
    int64_t timeout_ms;
    const char *url, *format, *ca_file, *proxy; /* the last two NULL where not given */
    uint64_t connections, retries, rate_limit;
    enum transport_ip ip;
    bool allow_http;
    enum output_form output;
    enum perfdata_mode perfdata;
    uint64_t list;
    bool show_numbers, wants_help, wants_version;
    int verbosity;
};

enum option_flag {
    OPTION_SECRET = 1, /* its argument is overwritten in argv */
    OPTION_REPEATS = 2 /* each one counts, not only the last */
};

/* One row of the table. letter and argument are '\0' and NULL where there is none. */
struct option_spec {
    const char *name;
    char letter;
    const char *argument;
    unsigned flags; /* of enum option_flag */
    bool (*apply)(struct options *options, const char *value, struct error *err);
    const char *heading; /* of the group that it begins, or NULL */
    const char *help;
};

/* The table and its number of rows. */
extern const struct option_spec OPTIONS[];
extern const size_t OPTION_COUNT;

/*
 * Reads argv to its end, also behind an error, so that secrets are wiped and --output is known.
 * Defaults stand where nothing was said. False with the first error, which shows neither the key
 * nor known_key (of the environment, or NULL; borrowed like argv). Free with options_release either
 * way.
 */
bool options_parse(struct options *options, int argc, char **argv, const char *known_key,
                   struct error *err);
/* --timeout of a command line that can't be parsed yet, because option files belong before it. */
int64_t options_find_timeout_ms(int argc, char **argv);

/* How many options want to read standard input. */
size_t options_standard_input(const struct options *options);

/* True for options (long name or letter) that take a value. */
bool options_needs_value(const char *name);
void options_release(struct options *options);

#endif
