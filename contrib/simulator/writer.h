/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_WRITER_H
#define SIMULATOR_WRITER_H

#include "options.h"

#include <stddef.h>
#include <stdint.h>

enum format { FORMAT_JSON, FORMAT_XML };

/* An answer while it is written, in either format: XML has the values of JSON, without the keys. */
struct writer;

/* Starts a document, dressed as the oddities want. */
struct writer *writer_new(const struct options *options, enum format format);

/* Without names, a value is known by its place alone. */
bool writer_is_positional(const struct writer *writer);

void writer_open_object(struct writer *writer);
void writer_close_object(struct writer *writer);
void writer_open_list(struct writer *writer);
void writer_close_list(struct writer *writer);

/* A key, to be followed by a value. */
void writer_key(struct writer *writer, const char *key);

/* Values. NULL as text writes null; digits are written as a number. */
void writer_text(struct writer *writer, const char *text);
void writer_digits(struct writer *writer, const char *digits);
void writer_integer(struct writer *writer, int64_t value);
void writer_bool(struct writer *writer, bool value);
void writer_null(struct writer *writer);

/* The document, to be free()d; frees the writer. */
char *writer_end(struct writer *writer, size_t *length);

#endif
