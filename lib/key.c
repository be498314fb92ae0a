/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The API key; see key.h. */
#include "key.h"

#include "reader.h"
#include "text.h"
#include "wipe.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOSE_MODES = 037 };

static bool check_and_copy(struct key *key, const char *text, size_t length, const char *source,
                           struct error *err)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '!' || text[i] > '~')
            return error_set(
                err, ERROR_INPUT,
                "the API key from %s has blanks, control or non-ASCII characters in it", source);
    if (length < KEY_MIN || length >= KEY_SIZE)
        return error_set(err, ERROR_INPUT,
                         "the API key from %s is no key: it has %zu characters, not %d to %d",
                         source, length, KEY_MIN, KEY_SIZE - 1);
    memcpy(key->text, text, length);
    key->text[length] = '\0';
    return true;
}

bool key_set(struct key *key, const char *text, const char *source, struct error *err)
{
    return check_and_copy(key, text, strlen(text), source, err);
}

/* What was opened is checked, not the name, which could change in between. */
bool key_check_mode(int fd, const char *what, const char *name, struct error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return error_set(err, ERROR_INPUT, "cannot examine %s %s: %s", what, name, strerror(errno));
    unsigned mode = (unsigned)status.st_mode & 07777U;
    if ((mode & LOOSE_MODES) == 0)
        return true;
    return error_set(
        err, ERROR_INPUT,
        "others may read or change %s %s (mode %04o): chmod 640 it, or set defaultMode "
        "0440 where it is a mounted secret",
        what, name, mode);
}

static bool examine(const struct reader *reader, struct error *err)
{
    struct stat status;
    if (fstat(reader->fd, &status) == 0 && S_ISDIR(status.st_mode))
        return error_set(err, ERROR_INPUT, "the key file %s is a directory", reader->name);
    return key_check_mode(reader->fd, "the key file", reader->name, err);
}

static bool read_first_line(struct key *key, struct reader *reader, struct error *err)
{
    struct line line;
    enum reader_result result = reader_next_line(reader, &line, err);
    if (result == READER_ERROR)
        return false;
    const char *text = result == READER_LINE ? line.text : "";
    size_t length = result == READER_LINE ? line.length : 0;
    text_skip_mark(&text, &length);
    if (length == 0)
        return error_set(err, ERROR_INPUT, "the key file %s has no key in its first line",
                         reader->name);
    return check_and_copy(key, text, length, reader->name, err);
}

/* Which file, its mode, and the remedy; not a key that isn't a file. */
static bool explain_open_error(const char *path, struct error *err)
{
    char clean[TEXT_SIZE];
    struct stat status;
    if (err->kind != ERROR_INPUT)
        return false;
    if (text_looks_like_key(path, strlen(path)) && stat(path, &status) != 0)
        return error_set(err, ERROR_INPUT,
                         "--api-key-file names no file (not shown: it looks like the key itself)");
    text_clean_string(clean, path, NULL);
    if (stat(path, &status) != 0)
        return error_set(err, ERROR_INPUT, "cannot open the key file %s: %s", clean,
                         strerror(errno));
    return error_set(
        err, ERROR_INPUT,
        "cannot open the key file %s (mode %04o, owner %ld, group %ld): let the user that "
        "runs this check read it, by its group and chmod 640",
        clean, (unsigned)status.st_mode & 07777U, (long)status.st_uid, (long)status.st_gid);
}

bool key_read_file(struct key *key, const char *path, const struct clock *clock, struct error *err)
{
    struct reader reader;
    if (!reader_open(&reader, path, NULL, clock, err))
        return explain_open_error(path, err);
    bool fine = examine(&reader, err) && read_first_line(key, &reader, err);
    wipe(reader.data, reader.end);
    reader_close(&reader);
    return fine;
}
