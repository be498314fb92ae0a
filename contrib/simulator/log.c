/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One JSON object per request, so that a test can look at what a client really sent. A line is
 * written in one piece and at once; the key never gets here, wherever a client may have put it.
 */
#define _POSIX_C_SOURCE 200809L

#include "log.h"

#include "json.h"
#include "memory.h"
#include "number.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct log {
    int file;
    const char *key;
};

enum { MODE = 0644, KEY_MIN = 8 }; /* a shorter key is no secret, and part of many words */

struct log *log_open(const char *path, const char *key, struct complaint *reason)
{
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, MODE);
    if (file < 0) {
        complain(reason, "--log: %s: %s", path, strerror(errno));
        return NULL;
    }
    struct log *log = memory_get(sizeof *log);
    log->file = file;
    log->key = key;
    return log;
}

static void write_time(yajl_gen out)
{
    struct timespec now = {.tv_sec = 0};
    struct tm tm;
    char seconds[32] = "";
    clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &tm) != NULL)
        strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &tm);
    char *text = memory_format("%s.%03ldZ", seconds, now.tv_nsec / 1000000);
    json_key(out, "time");
    json_text(out, text);
    free(text);
}

static void write_text(const struct log *log, yajl_gen out, const char *key, const char *text)
{
    bool secret = text != NULL && strlen(log->key) >= KEY_MIN && strstr(text, log->key) != NULL;
    json_key(out, key);
    json_text(out, secret ? "(holds the key)" : text);
}

/* An id in the type it was sent in. */
static void write_id(const struct log *log, yajl_gen out, const char *key,
                     const struct request_item *item)
{
    uint64_t value;
    if (item != NULL && item->id != NULL && item->id_is_number &&
        number_read(item->id, UINT64_MAX, &value)) {
        json_key(out, key);
        json_digits(out, item->id);
    } else {
        write_text(log, out, key, item != NULL ? item->id : NULL);
    }
}

static void write_body(const struct log *log, yajl_gen out, const struct request *request)
{
    size_t count = request->count;
    write_text(log, out, "format",
               request->format != NULL ? request->format : request->query_format);
    json_key(out, "items");
    json_integer(out, (int64_t)count);
    write_id(log, out, "first_id", count > 0 ? &request->items[0] : NULL);
    write_id(log, out, "last_id", count > 0 ? &request->items[count - 1] : NULL);
}

/* A number, null when it is 0. */
static void write_number(yajl_gen out, const char *key, int64_t value)
{
    json_key(out, key);
    if (value != 0)
        json_integer(out, value);
    else
        json_null(out);
}

/* One write, so that lines of several threads (or programs) don't mix. */
static void append(const struct log *log, yajl_gen out)
{
    size_t length;
    char *line = json_take(out, &length);
    line[length++] = '\n';
    if (write(log->file, line, length) != (ssize_t)length)
        fputs("smspartner-simulator: the log could not be written\n", stderr);
    free(line);
}

void log_write(struct log *log, const struct log_entry *entry, const struct request *request,
               const struct answer *answer)
{
    yajl_gen out = json_new(false);
    yajl_gen_map_open(out);
    write_time(out);
    write_number(out, "connection", (int64_t)entry->connection);
    write_text(log, out, "method", entry->method);
    write_text(log, out, "path", entry->path);
    write_text(log, out, "query", entry->query);
    write_text(log, out, "content_type", entry->content_type);
    write_text(log, out, "user_agent", entry->user_agent);
    write_body(log, out, request);
    json_key(out, "key_ok");
    json_bool(out, entry->key_ok);
    write_text(log, out, "fault", entry->fault);
    write_number(out, "http", answer->http);
    write_number(out, "code", answer->code);
    yajl_gen_map_close(out);
    append(log, out);
    yajl_gen_free(out);
}

void log_close(struct log *log)
{
    if (log == NULL)
        return;
    close(log->file);
    free(log);
}
