/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explicit_bzero is not POSIX and memset_s is optional, so: a memset that the compiler can't see
 * through, and so can't leave out. */
#include "wipe.h"

#include <string.h>

static void *(*const volatile set)(void *, int, size_t) = memset;

void wipe(void *memory, size_t length)
{
    set(memory, 0, length);
}
