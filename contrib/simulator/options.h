/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_OPTIONS_H
#define SIMULATOR_OPTIONS_H

#include "api_error.h"
#include "complaint.h"
#include "fault.h"
#include "oddity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the command line asked for; texts point into argv. Does not change once parsed. */
struct options {
    uint16_t port; /* 0: any free one */
    const char *bind;
    const char *scenario; /* NULL: the built-in rule */
    const char *key;
    int error_code; /* 0: none */
    const char *error_text;
    enum error_shape shape;
    unsigned error_status;
    unsigned status; /* 0: what suits the answer */
    struct oddities odd;
    uint64_t seed;
    unsigned delay_ms;
    struct faults faults; /* of every request */
    bool faulty;          /* there are any */
    const char *script;   /* NULL: none */
    const char *log;
    const char *tls_certificate; /* NULL, as its key: plain HTTP */
    const char *tls_key;
};

/* A row of the option table, which the parser and --help both read. */
struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* its name in the help; NULL: takes none */
    const char *help;
    bool (*set)(struct options *options, const char *argument, struct complaint *reason);
};

enum options_result { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION, OPTIONS_BAD };

/* Parses a command line over the defaults; fills `reason` for OPTIONS_BAD. */
enum options_result options_parse(struct options *options, int argc, char *argv[],
                                  struct complaint *reason);

const struct option_row *options_table(size_t *count);

static inline bool odd(const struct options *options, enum oddity oddity)
{
    return options->odd.n[oddity] > 0;
}

#endif
