/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_REQUEST_H
#define SIMULATOR_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <yajl/yajl_tree.h>

/* One message asked about; a field that is missing, empty or of another type is NULL. */
struct request_item {
    const char *number;
    const char *id;
    bool id_is_number; /* how it was spelt in the JSON */
};

/* A request body, read, and what else counts of a request. Texts live in the body's tree. */
struct request {
    yajl_val tree; /* NULL: the body was not JSON, or not an object */
    const char *key;
    const char *format;
    const char *query_format; /* `_format` of the query, borrowed; set by whoever knows it */
    bool listed;              /* SMSStatut_List is an array */
    bool mistyped;            /* SMSStatut_List is something else */
    bool misspelled;          /* there is SMSStatus_List, the spelling of the 2024 table, instead */
    struct request_item *items;
    size_t count;
};

/* Reads a body, which is followed by a NUL that length does not count. Release in any case. */
void request_read(struct request *request, const char *body, size_t length);

void request_release(struct request *request);

#endif
