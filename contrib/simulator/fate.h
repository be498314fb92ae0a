/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_FATE_H
#define SIMULATOR_FATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fate_flag { FLAG_NO, FLAG_YES, FLAG_ABSENT };

/* What became of one message, before it is put into words. */
struct fate {
    int code;           /* 200, or an item error */
    const char *status; /* borrowed; NULL: left out, or the usual text of an item error */
    bool dated;
    int64_t date; /* of the status, epoch seconds */
    int64_t sent; /* when the message left */
    enum fate_flag stop;
    enum fate_flag spam;
};

/* One line of the built-in rule: holds when (id + number) mod `modulus` is `rest`. */
struct fate_rule {
    unsigned modulus;
    unsigned rest;
    struct fate fate;
    const char *help;
};

/* The built-in rule in order of precedence, for --help; *count is its length. */
const struct fate_rule *fate_rules(size_t *count);

/* What the built-in rule says: the same for the same number and id, except that messages are always
 * sent in the hour before `start`. An id that is not a number is not found. */
struct fate fate_by_rule(uint64_t number, const char *id, int64_t start);

#endif
