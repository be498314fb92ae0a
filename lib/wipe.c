/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explicit_bzero is not POSIX and memset_s is optional, so: a store that counts as observable. */
#include "wipe.h"

void wipe(void *memory, size_t length)
{
    volatile unsigned char *bytes = memory;
    while (length-- > 0)
        *bytes++ = 0;
}
