/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of one request for a slice of messages. */
#ifndef REQUEST_H
#define REQUEST_H

#include "buf.h"
#include "message.h"

/* Appends the body. key is printable ASCII (key.h), format is "json". The caller asks buf_failed.
 */
void request_write(struct buf *body, const char *key, const char *format,
                   const struct message *messages, size_t count);

#endif
