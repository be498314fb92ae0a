/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes a request body apart. Refuses nothing but what is not JSON: whether the rest is acceptable
 * is for endpoint.c to say. As strict as PHP's json_decode, where yajl's tree is more lenient: it
 * skips comments, and frees nested values by recursion however deep they are.
 */
#include "request.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 512 }; /* json_decode's default */

/* Looks outside strings only, for comments and for nesting that is too deep. */
static bool tame(const char *body, size_t length)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        char c = body[i];
        if (quoted && c == '\\' && i + 1 < length)
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        if (depth > DEPTH_MAX || c == '\0' || (!quoted && c == '/'))
            return false;
    }
    return true;
}

/* The value of a key, the last one if it comes twice, as in PHP. */
static yajl_val member(yajl_val object, const char *key)
{
    if (!YAJL_IS_OBJECT(object))
        return NULL;
    for (size_t i = object->u.object.len; i > 0; i--)
        if (strcmp(object->u.object.keys[i - 1], key) == 0)
            return object->u.object.values[i - 1];
    return NULL;
}

/* A string or a number as text; NULL for anything else and for "". */
static const char *text_of(yajl_val value)
{
    if (YAJL_IS_NUMBER(value))
        return YAJL_GET_NUMBER(value);
    const char *text = YAJL_GET_STRING(value);
    return text != NULL && *text != '\0' ? text : NULL;
}

static void read_items(struct request *request, yajl_val list)
{
    request->count = list->u.array.len;
    request->items = memory_get(request->count * sizeof *request->items);
    for (size_t i = 0; i < request->count; i++) {
        yajl_val id = member(list->u.array.values[i], "messageId");
        request->items[i].number = text_of(member(list->u.array.values[i], "phoneNumber"));
        request->items[i].id = text_of(id);
        request->items[i].id_is_number = YAJL_IS_NUMBER(id);
    }
}

void request_read(struct request *request, const char *body, size_t length)
{
    memset(request, 0, sizeof *request);
    if (length == 0 || !tame(body, length))
        return;
    yajl_val tree = yajl_tree_parse(body, NULL, 0);
    if (!YAJL_IS_OBJECT(tree)) {
        yajl_tree_free(tree);
        return;
    }
    request->tree = tree;
    request->key = text_of(member(tree, "apiKey"));
    request->format = text_of(member(tree, "_format"));

    yajl_val list = member(tree, "SMSStatut_List");
    request->listed = YAJL_IS_ARRAY(list);
    request->mistyped = !request->listed && list != NULL && !YAJL_IS_NULL(list);
    request->misspelled = list == NULL && member(tree, "SMSStatus_List") != NULL;
    if (request->listed)
        read_items(request, list);
}

void request_release(struct request *request)
{
    free(request->items);
    yajl_tree_free(request->tree);
    memset(request, 0, sizeof *request);
}
