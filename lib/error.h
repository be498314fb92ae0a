/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An error as a value: its kind decides the exit state (in plugin/), its text is written for the
 * person on call and says what failed, on what, and what to do.
 */
#ifndef ERROR_H
#define ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_USAGE,    /* the command line is wrong */
    ERROR_INPUT,    /* a file, the key or the batch can't be used */
    ERROR_INTERNAL, /* no memory, no HTTP library */
    ERROR_DEADLINE, /* time was up */
    ERROR_SIGNAL    /* asked to stop by a signal */
};

enum { ERROR_TEXT_SIZE = 1536 };

/* Owned by the caller, holds no memory of its own. Foreign text in it is already clean (text.h). */
struct error {
    enum error_kind kind;
    char text[ERROR_TEXT_SIZE];
};

/* Fills *err and returns false, so that a failing function can end with it. A text that doesn't fit
 * is cut at a whole UTF-8 character. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The one error text for a failed allocation; returns false. */
bool error_no_memory(struct error *err);

#endif
