/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for tests; see json_reader.h. */
#include "json_reader.h"

#include <check.h>

yajl_val json_read(const char *text)
{
    char error[256] = "";
    yajl_val tree = yajl_tree_parse(text, error, sizeof error);
    ck_assert_msg(tree != NULL, "no JSON: %s in %s", error, text);
    return tree;
}

yajl_val json_member(yajl_val object, const char *name)
{
    const char *path[] = {name, NULL};
    yajl_val value = YAJL_IS_OBJECT(object) ? yajl_tree_get(object, path, yajl_t_any) : NULL;
    ck_assert_msg(value != NULL, "expected a member '%s'", name);
    return value;
}

yajl_val json_element(yajl_val array, size_t i)
{
    ck_assert_msg(i < json_length(array), "expected an element %zu", i);
    return YAJL_GET_ARRAY(array)->values[i];
}

const char *json_text(yajl_val value)
{
    ck_assert_msg(YAJL_IS_STRING(value), "expected a text, got type %d", (int)value->type);
    return YAJL_GET_STRING(value);
}

const char *json_number(yajl_val value)
{
    ck_assert_msg(YAJL_IS_NUMBER(value), "expected a number, got type %d", (int)value->type);
    return YAJL_GET_NUMBER(value);
}

size_t json_length(yajl_val array)
{
    ck_assert_msg(YAJL_IS_ARRAY(array), "expected an array");
    return YAJL_GET_ARRAY(array)->len;
}
