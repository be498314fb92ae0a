/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads text files in one piece. What is in them is for others to know: scenarios, scripts,
 * certificates.
 */
#include "file.h"

#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 65536, MARK = 3 };

/* The whole file with a NUL behind it; NULL with errno set. */
static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return NULL;
    char *text = NULL;
    size_t got;
    *length = 0;
    do {
        text = memory_resize(text, *length + CHUNK + 1);
        got = fread(text + *length, 1, CHUNK, file);
        *length += got;
    } while (got > 0);
    text[*length] = '\0';
    int failure = ferror(file) ? errno : 0;
    fclose(file);
    if (failure == 0)
        return text;
    free(text);
    errno = failure;
    return NULL;
}

char *file_read(const char *path, struct complaint *reason)
{
    size_t length = 0;
    char *text = slurp(path, &length);
    if (text == NULL) {
        complain(reason, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (memchr(text, '\0', length) != NULL) {
        complain(reason, "%s: holds a NUL byte, this is not a text file", path);
        free(text);
        return NULL;
    }
    if (strncmp(text, "\xef\xbb\xbf", MARK) == 0)
        memmove(text, text + MARK, length - MARK + 1);
    return text;
}

char *file_next_line(char *line)
{
    char *end = strchr(line, '\n');
    if (end == NULL)
        return NULL;
    *end = '\0';
    return end + 1;
}
