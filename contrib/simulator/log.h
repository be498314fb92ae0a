/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_LOG_H
#define SIMULATOR_LOG_H

#include "answer.h"
#include "complaint.h"
#include "request.h"

/* The request log; safe to use from several threads. */
struct log;

/* What is written of a request beside its body and answer; NULL for what is not there. */
struct log_entry {
    uint64_t connection; /* its number, from 1 */
    const char *method;
    const char *path;
    const char *query; /* without the key */
    const char *content_type;
    const char *user_agent;
    const char *fault;
    bool key_ok;
};

/* Opens a file for appending; `key` is borrowed and never appears in it. NULL, with the reason. */
struct log *log_open(const char *path, const char *key, struct complaint *reason);

/* Appends one line. */
void log_write(struct log *log, const struct log_entry *entry, const struct request *request,
               const struct answer *answer);

void log_close(struct log *log);

#endif
