/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts bytes where lib/reader.h finds them: on standard input. */
#ifndef INPUT_H
#define INPUT_H

#include "fuzz.h"

/* As a file of that mode. */
void input_as_file(const struct fuzz_input *input, unsigned mode);

/* As a socket that hands out one piece per read. False where the bytes don't fit its buffer. */
bool input_as_pieces(const struct fuzz_input *input);

#endif
