/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phone numbers: any usual spelling in, one integer inside, E.164 or masked text out. */
#ifndef PHONE_H
#define PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PHONE_SIZE = 17 }; /* +, 15 digits, end */

/*
 * Reads +33 6..., 0033 6..., 06..., 33 6..., +33 (0)6... with blanks, dots, dashes or brackets.
 * country_code (digits) is given to national numbers. Where false, *reason is a constant text
 * and *number of no use.
 */
bool phone_parse(const char *text, size_t length, const char *country_code, uint64_t *number,
                 const char **reason);

/* +33612345678 only, as this program writes it and the API echoes it: nearly every number. Where
 * false, *number is of no use. */
bool phone_parse_plain(const char *text, size_t length, uint64_t *number);

/* +33612345678 */
const char *phone_format(char out[PHONE_SIZE], uint64_t number);

/* +336*****678 */
const char *phone_mask(char out[PHONE_SIZE], uint64_t number);

#endif
