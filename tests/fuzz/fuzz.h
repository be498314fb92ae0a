/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the fuzz targets share: the entry that libFuzzer and replay.c call, the layout of an input,
 * and requirements whose breach ends the program with its reason.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the target that is linked in; its seeds are in tests/fuzz/corpus/NAME. */
extern const char FUZZ_NAME[];
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An input begins with three bytes that steer the target (fuzz_input.steer) and one that is passed
 * over: a line end in the seeds, so that they stay readable. */
enum { FUZZ_STEERING = 3 };

/* Borrowed from the fuzzer. */
struct fuzz_input {
    uint8_t steer[FUZZ_STEERING];
    const char *text;
    size_t length;
};

/* Where bytes are missing steer is 0 and the text is empty, not NULL. */
struct fuzz_input fuzz_split(const uint8_t *data, size_t size);

/* How a text is cut: the first two steering bytes choose the lengths of the pieces. '@' cuts single
 * bytes, 'A' to 'Z' pieces of up to 2 to 27 bytes. */
struct fuzz_cuts {
    uint32_t state;
    size_t longest;
};

struct fuzz_cuts fuzz_cuts_start(const struct fuzz_input *input);
size_t fuzz_cuts_next(struct fuzz_cuts *cuts, size_t left); /* 1 to left; 0 where left is 0 */

/* A clock that stands still, with its deadline ahead. */
struct clock fuzz_clock(void);

/* Aborts with a message unless it holds; in line, so that static analysis knows what holds then. */
_Noreturn void fuzz_fail(const char *what);
static inline void fuzz_require(bool holds, const char *what)
{
    if (!holds)
        fuzz_fail(what);
}

/* Aborts unless the text is valid UTF-8 of at most so many characters on one line, without control
 * characters and without what readers of a report take for more than text. */
void fuzz_require_clean(const char *text, size_t characters_max, const char *what);

#endif
