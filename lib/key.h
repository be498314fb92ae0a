/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The API key: where it comes from, who else may read it, and that it is gone in the end. */
#ifndef KEY_H
#define KEY_H

#include "clock.h"
#include "error.h"

#include <stdbool.h>

enum { KEY_MIN = 8, KEY_SIZE = 257 }; /* characters; with the end */

/* Owned by the caller, who wipes it (wipe.h). Empty until it is set. */
struct key {
    char text[KEY_SIZE];
};

/* From an option or the environment. source names it in messages. False with ERROR_INPUT when it
 * can't be a key: 8 to 256 visible ASCII characters. The message doesn't show it. */
bool key_set(struct key *key, const char *text, const char *source, struct error *err);

/* False with ERROR_INPUT when others than owner and group may read the open file, or others than
 * the owner write it. what and name are for the message, as in "the key file" NAME. */
bool key_check_mode(int fd, const char *what, const char *name, struct error *err);

/* The first line of a file that nobody but owner and group may read, and only the owner write. */
bool key_read_file(struct key *key, const char *path, const struct clock *clock, struct error *err);

#endif
