/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paths over yajl's tree. Trees are freed when the test ends.
 */
#include "json.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

static void free_tree(void *tree)
{
    yajl_tree_free(tree);
}

json json_read(const char *text)
{
    char error[256];
    json value = yajl_tree_parse(text, error, sizeof error);

    if (value != NULL) {
        store_defer(free_tree, value);
    }
    return value;
}

static json member(json value, const char *name, size_t length)
{
    if (YAJL_IS_ARRAY(value)) {
        size_t index = strtoul(name, NULL, 10);

        return index < value->u.array.len ? value->u.array.values[index] : NULL;
    }
    for (size_t i = 0; YAJL_IS_OBJECT(value) && i < value->u.object.len; i++) {
        const char *key = value->u.object.keys[i];

        if (strlen(key) == length && strncmp(key, name, length) == 0) {
            return value->u.object.values[i];
        }
    }
    return NULL;
}

json json_find(json value, const char *path)
{
    while (value != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");

        value = member(value, path, length);
        path += length + (path[length] == '.');
    }
    return value;
}

json json_at(json value, const char *path)
{
    json found = json_find(value, path);

    ck_assert_msg(found != NULL, "JSON: nothing at %s", path);
    return found;
}

double json_number(json value, const char *path)
{
    json found = json_at(value, path);

    ck_assert_msg(YAJL_IS_NUMBER(found), "JSON: %s is no number", path);
    return strtod(found->u.number.r, NULL);
}

const char *json_text(json value, const char *path)
{
    json found = json_at(value, path);

    ck_assert_msg(YAJL_IS_STRING(found), "JSON: %s is no text", path);
    return found->u.string;
}

bool json_true(json value, const char *path)
{
    json found = json_at(value, path);

    ck_assert_msg(YAJL_IS_TRUE(found) || YAJL_IS_FALSE(found), "JSON: %s is no truth value", path);
    return YAJL_IS_TRUE(found);
}

size_t json_length(json value, const char *path)
{
    json found = json_at(value, path);

    ck_assert_msg(YAJL_IS_ARRAY(found), "JSON: %s is no array", path);
    return found->u.array.len;
}

char *json_quotes(const char *text)
{
    char *copy = format("%s", text);

    for (char *p = copy; *p != '\0'; p++) {
        *p = *p == '\'' ? '"' : *p;
    }
    return copy;
}
