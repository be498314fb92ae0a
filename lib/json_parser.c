/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yajl's parser; see json_parser.h. Each step below is all that happens between two looks at
 * memory. */
#include "json_parser.h"

#include <string.h>

struct opening {
    struct json_parser *parser;
    const yajl_callbacks *callbacks;
    void *context;
    bool many_values;
};

static void open_step(void *context)
{
    const struct opening *opening = context;
    struct json_parser *parser = opening->parser;
    parser->handle = yajl_alloc(opening->callbacks, &parser->memory.functions, opening->context);
    yajl_config(parser->handle, yajl_dont_validate_strings, 1);
    yajl_config(parser->handle, yajl_allow_multiple_values, opening->many_values ? 1 : 0);
}

bool json_parser_open(struct json_parser *parser, const yajl_callbacks *callbacks, void *context,
                      bool many_values)
{
    struct opening opening = {parser, callbacks, context, many_values};
    json_memory_init(&parser->memory);
    parser->handle = NULL;
    parser->before = 0;
    if (json_memory_run(&parser->memory, open_step, &opening))
        return true;
    json_parser_close(parser);
    return false;
}

void json_parser_close(struct json_parser *parser)
{
    json_memory_release(&parser->memory);
    parser->handle = NULL;
}

struct feeding {
    yajl_handle handle;
    const unsigned char *piece; /* NULL: the text is at its end */
    size_t length;
    yajl_status status;
};

static void feed_step(void *context)
{
    struct feeding *feeding = context;
    feeding->status = feeding->piece ? yajl_parse(feeding->handle, feeding->piece, feeding->length)
                                     : yajl_complete_parse(feeding->handle);
}

bool json_parser_feed(struct json_parser *parser, const char *piece, size_t length)
{
    struct feeding feeding = {parser->handle, (const unsigned char *)piece, length,
                              yajl_status_error};
    if (!json_memory_run(&parser->memory, feed_step, &feeding) || feeding.status != yajl_status_ok)
        return false;
    parser->before += length;
    return true;
}

bool json_parser_finish(struct json_parser *parser)
{
    struct feeding feeding = {parser->handle, NULL, 0, yajl_status_error};
    return json_memory_run(&parser->memory, feed_step, &feeding) &&
           feeding.status == yajl_status_ok;
}

bool json_parser_is_out(const struct json_parser *parser)
{
    return parser->memory.is_out;
}

size_t json_parser_position(const struct json_parser *parser)
{
    return yajl_get_bytes_consumed(parser->handle);
}

size_t json_parser_total(const struct json_parser *parser)
{
    return parser->before + json_parser_position(parser);
}

struct describing {
    yajl_handle handle;
    char *out;
};

/* yajl's text is several lines, of which the first says what is wrong. */
static void describe_step(void *context)
{
    const struct describing *describing = context;
    unsigned char *error = yajl_get_error(describing->handle, 0, NULL, 0);
    const char *text = (const char *)error;
    text_clean(describing->out, text, strcspn(text, "\n"), NULL);
    yajl_free_error(describing->handle, error);
}

const char *json_parser_describe(struct json_parser *parser, char out[TEXT_SIZE])
{
    struct describing describing = {parser->handle, out};
    if (!json_memory_run(&parser->memory, describe_step, &describing))
        text_clean_string(out, "out of memory", NULL);
    return out;
}
