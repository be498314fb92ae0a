/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --extra-opts[=[SECTION][@FILE]], as in the Monitoring Plugins: options from a section of an INI
 * file, put before those of the command line. It knows no option but itself and api-key; what is
 * unknown or wrong is found by whoever parses the result.
 *
 *     [check_smspartner_status]
 *     ; a comment, as with #; one behind a value would be part of it
 *     api-key-file = /etc/monitoring/smspartner.key
 *     warning = 95:
 *     w = spam=0
 *     skip-invalid =
 *
 * Blanks around keys and values are dropped. A key may come more than once, and so may a section.
 */
#ifndef EXTRA_OPTS_H
#define EXTRA_OPTS_H

#include "buf.h"
#include "clock.h"
#include "error.h"

#include <stdbool.h>

/* All borrowed for the call. */
struct extra_opts_config {
    const char *program;      /* the section where none is named */
    const char *file;         /* where none is named: MP_CONFIG_FILE; NULL or "": not set */
    const char *folders;      /* then NAGIOS_CONFIG_PATH, separated by colons; likewise */
    const char *const *files; /* then the first of these that exists, NULL at the end */
    /* True for an option, by its long name or letter, that takes a value: an empty one is then
     * handed on, where else it would take what comes next. NULL: all empty values are flags. */
    bool (*needs_value)(const char *key);
};

/* Where the Monitoring Plugins look; for extra_opts_config.files. */
extern const char *const EXTRA_OPTS_FILES[];

/*
 * A command line. The array and the options from files are its own, all else is the caller's and
 * must outlive it: the very pointers of the original, so that a secret can be overwritten there.
 */
struct arguments {
    int argc;
    char **argv;              /* NULL at the end */
    bool uses_standard_input; /* an option file was - */
    struct buf text;          /* what argv holds from files */
};

/*
 * Fills *out with the program's name, the options of all sections asked for, in their order, and
 * the command line without its --extra-opts. What stands behind -- isn't looked at. As in the
 * Monitoring Plugins the value may be an argument of its own that doesn't begin with '-'. An
 * --extra-opts where another option's value belongs (-b --extra-opts) is taken for the option.
 *
 * False with ERROR_USAGE, ERROR_INPUT (FILE:LINE: reason, where there is a line), or the clock's
 * kinds; *out is then the command line alone, for what it says of the report's form. False with
 * ERROR_INTERNAL when there is no memory; out->argv may then be NULL. Free with arguments_release
 * either way.
 */
bool extra_opts_expand(const struct extra_opts_config *config, const struct clock *clock, int argc,
                       char **argv, struct arguments *out, struct error *err);

/* Wipes what it frees, which may hold the key. Leaves *arguments empty. */
void arguments_release(struct arguments *arguments);

#endif
