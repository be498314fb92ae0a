/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_XML_H
#define SIMULATOR_XML_H

#include <stdbool.h>
#include <stddef.h>

/* How the document is dressed. */
struct xml_style {
    bool pretty;  /* line ends and blanks between the elements */
    bool escape;  /* strings escaped instead of in CDATA */
    bool ascii;   /* any other character as a reference, which means escaping too */
    bool doctype; /* a document type with entities that grow out of each other, and a use of them */
};

/* A document while it is written: the outermost element is `result`, all others are `entry`. */
struct xml;

struct xml *xml_new(const struct xml_style *style);

void xml_open(struct xml *xml);
void xml_close(struct xml *xml);

/* An entry with a value. Bare is for digits and words of our own. */
void xml_bare(struct xml *xml, const char *text);
void xml_text(struct xml *xml, const char *text);
void xml_empty(struct xml *xml);

/* The document, to be free()d; frees the writer. */
char *xml_end(struct xml *xml, size_t *length);

#endif
