/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading JSON in tests: yajl's tree with paths such as "metrics.delivered" or "alerts.0.metric".
 * Every getter fails the test when the path or the type isn't there, so callers need no checks.
 */
#ifndef BLACKBOX_JSON_H
#define BLACKBOX_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <yajl/yajl_tree.h>

typedef yajl_val json;

/* NULL when the text isn't exactly one JSON value. */
json json_read(const char *text);

/* NULL when there is nothing at the path. */
json json_find(json value, const char *path);
json json_at(json value, const char *path);
double json_number(json value, const char *path);
const char *json_text(json value, const char *path);
bool json_true(json value, const char *path);
size_t json_length(json value, const char *path);

/* JSON written with ' in place of " to be legible in C. */
char *json_quotes(const char *text);

#endif
