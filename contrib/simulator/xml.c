/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML of the provider's kind: elements without names of their own, told apart by their places.
 * What a document can't hold, such as most control characters, is left out of it. Knows nothing of
 * answers.
 */
#include "xml.h"

#include "bytes.h"
#include "memory.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct xml {
    struct bytes out;
    struct xml_style style;
    unsigned depth;
    bool filled; /* the innermost element holds elements */
};

static const char DECLARATION[] = "<?xml version='1.0' encoding='UTF-8'?>";
static const char INDENT[] = "  ";

enum { LAUGHS = 9 };

/* Each entity is ten of the one before: a billion for nine, some gigabytes when replaced. */
static void add_doctype(struct bytes *out)
{
    bytes_add_text(out, "<!DOCTYPE result [<!ENTITY lol0 \"lol\">");
    for (int i = 1; i <= LAUGHS; i++) {
        char *head = memory_format("<!ENTITY lol%d \"", i);
        char *use = memory_format("&lol%d;", i - 1);
        bytes_add_text(out, head);
        for (int n = 0; n < 10; n++)
            bytes_add_text(out, use);
        bytes_add_text(out, "\">");
        free(head);
        free(use);
    }
    bytes_add_text(out, "]>");
}

struct xml *xml_new(const struct xml_style *style)
{
    struct xml *xml = memory_get(sizeof *xml);
    xml->style = *style;
    bytes_add_text(&xml->out, DECLARATION);
    if (style->doctype)
        add_doctype(&xml->out);
    return xml;
}

static void break_line(struct xml *xml)
{
    if (!xml->style.pretty)
        return;
    bytes_add_text(&xml->out, "\n");
    for (unsigned i = 0; i < xml->depth; i++)
        bytes_add_text(&xml->out, INDENT);
}

void xml_open(struct xml *xml)
{
    break_line(xml);
    bytes_add_text(&xml->out, xml->depth == 0 ? "<result>" : "<entry>");
    xml->depth++;
    xml->filled = false;
}

void xml_close(struct xml *xml)
{
    if (xml->depth == 1 && xml->style.doctype) {
        break_line(xml);
        bytes_add_text(&xml->out, "<entry>&lol9;</entry>");
    }
    xml->depth--;
    if (xml->filled)
        break_line(xml);
    bytes_add_text(&xml->out, xml->depth == 0 ? "</result>" : "</entry>");
    xml->filled = true;
}

/* What the XML recommendation calls a Char, but for surrogates, which UTF-8 doesn't have. */
static bool allowed(uint32_t character)
{
    if (character < 0x20)
        return character == '\t' || character == '\n' || character == '\r';
    return (character & ~UINT32_C(1)) != 0xfffe;
}

/* A carriage return is written as a reference, or it would be read as a line feed. */
static const char *replacement(uint32_t character)
{
    switch (character) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

static void add_escaped(struct xml *xml, const char *text)
{
    while (*text != '\0') {
        const char *start = text;
        uint32_t character = utf8_next(&text);
        const char *other = replacement(character);
        if (!allowed(character))
            continue;
        if (other != NULL) {
            bytes_add_text(&xml->out, other);
        } else if (character >= 0x80 && xml->style.ascii) {
            char reference[16];
            snprintf(reference, sizeof reference, "&#%" PRIu32 ";", character);
            bytes_add_text(&xml->out, reference);
        } else {
            bytes_add(&xml->out, start, (size_t)(text - start));
        }
    }
}

/* What would end the section is spread over two of them. */
static void add_section(struct xml *xml, const char *text)
{
    bytes_add_text(&xml->out, "<![CDATA[");
    while (*text != '\0') {
        const char *start = text;
        if (strncmp(text, "]]>", 3) == 0) {
            bytes_add_text(&xml->out, "]]]]><![CDATA[");
            text += 2;
        } else if (allowed(utf8_next(&text))) {
            bytes_add(&xml->out, start, (size_t)(text - start));
        }
    }
    bytes_add_text(&xml->out, "]]>");
}

void xml_bare(struct xml *xml, const char *text)
{
    break_line(xml);
    bytes_add_text(&xml->out, "<entry>");
    bytes_add_text(&xml->out, text);
    bytes_add_text(&xml->out, "</entry>");
    xml->filled = true;
}

void xml_text(struct xml *xml, const char *text)
{
    const char *sound = utf8_valid(text) ? text : "(not UTF-8)";
    break_line(xml);
    bytes_add_text(&xml->out, "<entry>");
    if (xml->style.escape || xml->style.ascii)
        add_escaped(xml, sound);
    else
        add_section(xml, sound);
    bytes_add_text(&xml->out, "</entry>");
    xml->filled = true;
}

void xml_empty(struct xml *xml)
{
    break_line(xml);
    bytes_add_text(&xml->out, "<entry/>");
    xml->filled = true;
}

char *xml_end(struct xml *xml, size_t *length)
{
    char *text = xml->out.data;
    *length = xml->out.length;
    free(xml);
    return text;
}
