/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overwrites memory that held the key, in a way that the compiler may not leave out. */
#ifndef WIPE_H
#define WIPE_H

#include <stddef.h>

void wipe(void *memory, size_t length);

#endif
