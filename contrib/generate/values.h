/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand for the argument of an option, for those who complete it. */
#ifndef GENERATE_VALUES_H
#define GENERATE_VALUES_H

#include "options.h"

enum value_kind {
    VALUE_ANY, /* nothing to offer */
    VALUE_FILE,
    VALUE_BATCH, /* a file, or - */
    VALUE_WORD,  /* one of some words */
    VALUE_RANGE, /* METRIC= before it */
    VALUE_ZONE,
    VALUE_TIMEOUT, /* STATE behind a colon */
    VALUE_SECTION  /* FILE behind an @ */
};

/* The states, in words. */
extern const char STATE_WORDS[];

/* The length of the first sentence of a text, with its full stop. */
size_t first_sentence(const char *text);

/* *words, apart by blanks, is set for VALUE_WORD. */
enum value_kind value_kind(const struct option_spec *spec, const char **words);

#endif
