/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a test owns: a temporary directory, memory that lives as long as the test, and things to be
 * undone when it ends. Tests never free anything themselves. It knows nothing of the plugin.
 */
#ifndef BLACKBOX_STORE_H
#define BLACKBOX_STORE_H

#include <stddef.h>
#include <sys/types.h>

/* Once per runner: the directory that holds those of all tests. */
void store_open(void);
void store_close(void);

/* Once per test. */
void store_begin(void);
void store_end(void);

void *store_alloc(size_t size);
void store_defer(void (*undo)(void *), void *what);
char *format(const char *pattern, ...) __attribute__((format(printf, 1, 2), nonnull(1)));

/* Paths are relative to the test's directory unless they are absolute. */
const char *test_path(const char *name);
void write_file(const char *name, const char *text);
void write_file_mode(const char *name, const char *text, mode_t mode);
void write_bytes(const char *name, const void *bytes, size_t size);
/* NULL when there is no such file; the text is terminated whatever it holds. */
char *read_file(const char *name, size_t *size);

#endif
