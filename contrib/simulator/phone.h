/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_PHONE_H
#define SIMULATOR_PHONE_H

#include <stdbool.h>
#include <stdint.h>

/* How a number is written in an answer; the real service writes PHONE_E164 whatever it was sent
 * (Bulk Status page: asked with 06..., answered with +336...). */
enum phone_spelling {
    PHONE_E164,     /* +33639980001 */
    PHONE_NATIONAL, /* 0639980001, French numbers only */
    PHONE_SPACED,   /* +33 6 39 98 00 01, French numbers only */
    PHONE_00,       /* 0033639980001 */
    PHONE_DIGITS    /* 33639980001 */
};

enum { PHONE_SIZE = 32 }; /* room for any spelling */

/* Reads any usual spelling into the digits after the plus sign; a national number is French. False
 * when no number can be seen in the text. */
bool phone_read(const char *text, uint64_t *digits);

/* Writes a number; foreign ones fall back to PHONE_E164 where a spelling is for French ones. */
void phone_write(uint64_t digits, enum phone_spelling spelling, char out[PHONE_SIZE]);

#endif
