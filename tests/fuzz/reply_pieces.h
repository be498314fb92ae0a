/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fuzz targets for answers do with a body, whatever its form. */
#ifndef REPLY_PIECES_H
#define REPLY_PIECES_H

#include "fuzz.h"

/*
 * Decodes the body whole and in pieces and aborts where the two differ, or where a failed answer
 * leaves an outcome set. The third steering byte: 1 no grace time, 2 asks for one message only, 4
 * HTTP 400, 8 HTTP 503.
 */
void reply_whole_and_in_pieces(const struct fuzz_input *input);

#endif
