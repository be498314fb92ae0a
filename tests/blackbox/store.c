/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A test's temporary directory, its memory and its list of things to undo. In a forked test that
 * fails nothing is undone here: Check kills the children and store_close removes the files.
 */
#include "store.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
    struct entry *next;
    void (*undo)(void *);
    void *what;
};

static struct {
    char base[512];
    char directory[544];
    struct entry *entries;
} store;

static void remove_tree(const char *path)
{
    char child[1024];
    DIR *directory = opendir(path);
    struct dirent *found;

    while (directory != NULL && (found = readdir(directory)) != NULL) {
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0) {
            continue;
        }
        snprintf(child, sizeof child, "%s/%s", path, found->d_name);
        if (unlink(child) != 0) {
            remove_tree(child);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    rmdir(path);
}

void store_open(void)
{
    const char *parent = getenv("TMPDIR");

    snprintf(store.base, sizeof store.base, "%s/blackbox.XXXXXX",
             parent != NULL && parent[0] == '/' ? parent : "/tmp");
    if (mkdtemp(store.base) == NULL) {
        perror(store.base);
        exit(99);
    }
}

void store_close(void)
{
    remove_tree(store.base);
}

void store_begin(void)
{
    snprintf(store.directory, sizeof store.directory, "%s/t.XXXXXX", store.base);
    ck_assert_msg(mkdtemp(store.directory) != NULL, "%s: %s", store.directory, strerror(errno));
}

void store_end(void)
{
    while (store.entries != NULL) {
        struct entry *last = store.entries;

        store.entries = last->next;
        last->undo(last->what);
        free(last);
    }
    remove_tree(store.directory);
}

void store_defer(void (*undo)(void *), void *what)
{
    struct entry *entry = malloc(sizeof *entry);

    ck_assert_ptr_nonnull(entry);
    *entry = (struct entry){store.entries, undo, what};
    store.entries = entry;
}

void *store_alloc(size_t size)
{
    void *memory = calloc(1, size == 0 ? 1 : size);

    ck_assert_ptr_nonnull(memory);
    store_defer(free, memory);
    return memory;
}

char *format(const char *pattern, ...)
{
    va_list arguments;
    char *text;
    int length;

    va_start(arguments, pattern);
    length = vsnprintf(NULL, 0, pattern, arguments);
    va_end(arguments);
    ck_assert_int_ge(length, 0);
    text = store_alloc((size_t)length + 1);
    va_start(arguments, pattern);
    vsnprintf(text, (size_t)length + 1, pattern, arguments);
    va_end(arguments);
    return text;
}

const char *test_path(const char *name)
{
    return name[0] == '/' ? name : format("%s/%s", store.directory, name);
}

void write_bytes(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(test_path(name), "wb");

    ck_assert_msg(file != NULL, "%s: %s", name, strerror(errno));
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void write_file(const char *name, const char *text)
{
    write_bytes(name, text, strlen(text));
}

void write_file_mode(const char *name, const char *text, mode_t mode)
{
    write_file(name, text);
    ck_assert_int_eq(chmod(test_path(name), mode), 0);
}

char *read_file(const char *name, size_t *size)
{
    struct stat status;
    FILE *file = fopen(test_path(name), "rb");
    char *text;
    size_t count;

    if (file == NULL) {
        return NULL;
    }
    ck_assert_int_eq(fstat(fileno(file), &status), 0);
    text = store_alloc((size_t)status.st_size + 1);
    count = fread(text, 1, (size_t)status.st_size, file);
    fclose(file);
    text[count] = '\0';
    if (size != NULL) {
        *size = count;
    }
    return text;
}
