/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_FILE_H
#define SIMULATOR_FILE_H

#include "complaint.h"

/* A whole text file, without a byte-order mark, to be free()d; NULL, with the reason, when it can't
 * be read or holds a NUL byte. */
char *file_read(const char *path, struct complaint *reason);

/* Ends the line that `line` points at and gives the next one, NULL when it was the last. */
char *file_next_line(char *line);

#endif
