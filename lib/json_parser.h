/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yajl's parser as batches and replies use it: fed in pieces, out of memory told, errors in one
 * line. */
#ifndef JSON_PARSER_H
#define JSON_PARSER_H

#include "json_memory.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <yajl/yajl_parse.h>

/* Owned by the caller, who may not move it while it is open; {0} is closed. */
struct json_parser {
    struct json_memory memory;
    yajl_handle handle; /* NULL: closed */
    size_t before;      /* bytes of earlier pieces */
};

/*
 * Ready for a text; many_values: for several, one behind the other. Strings may be in any encoding:
 * what is shown of them is cleaned, and one Latin-1 letter is no reason to lose 500 statuses.
 * callbacks and context are borrowed. False when out of memory.
 */
bool json_parser_open(struct json_parser *parser, const yajl_callbacks *callbacks, void *context,
                      bool many_values);
void json_parser_close(struct json_parser *parser);

/* The next piece; the end of the text. False when it is not sound JSON, a callback gave 0, or there
 * is no memory: then only json_parser_is_out, json_parser_describe and close make sense. */
bool json_parser_feed(struct json_parser *parser, const char *piece, size_t length);
bool json_parser_finish(struct json_parser *parser);

bool json_parser_is_out(const struct json_parser *parser);

/* How far the parser is in the piece that is being fed, also in a callback; and in all. */
size_t json_parser_position(const struct json_parser *parser);
size_t json_parser_total(const struct json_parser *parser);

/* What is not sound: "lexical error: invalid char in json text". */
const char *json_parser_describe(struct json_parser *parser, char out[TEXT_SIZE]);

#endif
