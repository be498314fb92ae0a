/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_JSON_H
#define SIMULATOR_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_gen.h>

/* Short names for what answers and log lines are written with. Pairs: json_key, then a value. */
void json_key(yajl_gen out, const char *key);
void json_text(yajl_gen out, const char *text); /* NULL writes null */
void json_integer(yajl_gen out, int64_t value);
void json_digits(yajl_gen out, const char *digits); /* digits only, written as a number */
void json_bool(yajl_gen out, bool value);
void json_null(yajl_gen out);

/* A copy of what was written so far, NUL-terminated, to be freed by the caller. */
char *json_take(yajl_gen out, size_t *length);

/* A generator, with line ends and blanks or without; free with yajl_gen_free. */
yajl_gen json_new(bool pretty);

/* Any non-ASCII character as \uXXXX and slashes escaped, like PHP's json_encode. Frees `json`. */
char *json_escape(char *json, size_t *length);

#endif
