/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON back, so that tests assert structure: thin wraps around yajl_tree that fail the test.
 */
#ifndef JSON_READER_H
#define JSON_READER_H

#include <yajl/yajl_tree.h>

/* Freed with yajl_tree_free. */
yajl_val json_read(const char *text);

/* A member of an object, or of the i-th element of an array. */
yajl_val json_member(yajl_val object, const char *name);
yajl_val json_element(yajl_val array, size_t i);

/* The text of a string, the text of a number as it was written, the length of an array. */
const char *json_text(yajl_val value);
const char *json_number(yajl_val value);
size_t json_length(yajl_val array);

#endif
