/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_ORDER_H
#define SIMULATOR_ORDER_H

#include "options.h"

#include <stddef.h>

/* Which items an answer holds, in order: places in the request's list, and from `asked` upwards
 * those that nobody asked for. free() what it gives; *length says how many there are. */
size_t *order_make(const struct options *options, size_t asked, size_t *length);

#endif
