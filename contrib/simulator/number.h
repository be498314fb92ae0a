/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_NUMBER_H
#define SIMULATOR_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the first `length` bytes of `text`, which must be digits and nothing else, as a number from
 * 0 to `max`. False, with *value untouched, when they are not. */
bool number_read_part(const char *text, size_t length, uint64_t max, uint64_t *value);

/* The same for a whole string. */
bool number_read(const char *text, uint64_t max, uint64_t *value);

#endif
