/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One way to write an answer for both formats. Knows which oddities change the dress of a whole
 * document, and nothing of what is in one.
 */
#include "writer.h"

#include "json.h"
#include "memory.h"
#include "xml.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One of the two is NULL. */
struct writer {
    yajl_gen json;
    struct xml *xml;
    bool escaped;
    bool marked;
};

static const char BOM[] = "\xef\xbb\xbf";

struct writer *writer_new(const struct options *options, enum format format)
{
    struct writer *writer = memory_get(sizeof *writer);
    struct xml_style style = {.pretty = odd(options, ODD_PRETTY),
                              .escape = odd(options, ODD_XML_NO_CDATA),
                              .ascii = odd(options, ODD_ESCAPED),
                              .doctype = odd(options, ODD_XML_DOCTYPE)};
    writer->escaped = style.ascii;
    writer->marked = odd(options, ODD_BOM);
    if (format == FORMAT_XML)
        writer->xml = xml_new(&style);
    else
        writer->json = json_new(style.pretty);
    return writer;
}

bool writer_is_positional(const struct writer *writer)
{
    return writer->xml != NULL;
}

void writer_open_object(struct writer *writer)
{
    if (writer->xml != NULL)
        xml_open(writer->xml);
    else
        yajl_gen_map_open(writer->json);
}

void writer_close_object(struct writer *writer)
{
    if (writer->xml != NULL)
        xml_close(writer->xml);
    else
        yajl_gen_map_close(writer->json);
}

void writer_open_list(struct writer *writer)
{
    if (writer->xml != NULL)
        xml_open(writer->xml);
    else
        yajl_gen_array_open(writer->json);
}

void writer_close_list(struct writer *writer)
{
    if (writer->xml != NULL)
        xml_close(writer->xml);
    else
        yajl_gen_array_close(writer->json);
}

void writer_key(struct writer *writer, const char *key)
{
    if (writer->json != NULL)
        json_key(writer->json, key);
}

void writer_text(struct writer *writer, const char *text)
{
    if (text == NULL)
        writer_null(writer);
    else if (writer->xml != NULL)
        xml_text(writer->xml, text);
    else
        json_text(writer->json, text);
}

void writer_digits(struct writer *writer, const char *digits)
{
    if (writer->xml != NULL)
        xml_bare(writer->xml, digits);
    else
        json_digits(writer->json, digits);
}

void writer_integer(struct writer *writer, int64_t value)
{
    char *digits = memory_format("%" PRId64, value);
    writer_digits(writer, digits);
    free(digits);
}

void writer_bool(struct writer *writer, bool value)
{
    if (writer->xml != NULL)
        xml_bare(writer->xml, value ? "true" : "false");
    else
        json_bool(writer->json, value);
}

void writer_null(struct writer *writer)
{
    if (writer->xml != NULL)
        xml_empty(writer->xml);
    else
        json_null(writer->json);
}

static char *end_json(yajl_gen json, bool escaped, size_t *length)
{
    char *text = json_take(json, length);
    yajl_gen_free(json);
    return escaped ? json_escape(text, length) : text;
}

char *writer_end(struct writer *writer, size_t *length)
{
    char *text = writer->xml != NULL ? xml_end(writer->xml, length)
                                     : end_json(writer->json, writer->escaped, length);
    if (writer->marked) {
        text = memory_resize(text, *length + sizeof BOM);
        memmove(text + sizeof BOM - 1, text, *length + 1);
        memcpy(text, BOM, sizeof BOM - 1);
        *length += sizeof BOM - 1;
    }
    free(writer);
    return text;
}
