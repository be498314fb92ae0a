/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The request body: POST with the key in it, the list spelt SMSStatut_List, numbers in
 * international form and ids as JSON numbers, as in the samples of the Bulk Status page
 * (docpartner.dev). The table of the 2024 page says SMSStatus_List, its own samples don't. _format
 * is documented without a place for this call, so it is in the body (here) and in the query
 * (transport).
 */
#include "request.h"

#include "number.h"
#include "phone.h"

#include <string.h>

static void write_string(struct buf *body, const char *text)
{
    buf_add(body, "\"", 1);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            buf_add(body, "\\", 1);
        buf_add(body, text, 1);
    }
    buf_add(body, "\"", 1);
}

static inline char *put(char *out, const char *text, size_t length)
{
    memcpy(out, text, length);
    return out + length;
}

/* Straight into the buffer: a request has hundreds of them. */
static void write_items(struct buf *body, const struct message *messages, size_t count)
{
    static const char phone[] = "{\"phoneNumber\":\"+", id[] = "\",\"messageId\":";
    enum { ITEM_MAX = sizeof phone + PHONE_SIZE + sizeof id + NUMBER_SIZE };
    char *const start = buf_reserve(body, count * ITEM_MAX), *out = start;
    if (!start)
        return;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *out++ = ',';
        out = put(out, phone, sizeof phone - 1);
        out += number_format_unsigned(out, messages[i].number);
        out = put(out, id, sizeof id - 1);
        out += number_format_unsigned(out, messages[i].id);
        *out++ = '}';
    }
    body->length += (size_t)(out - start);
}

void request_write(struct buf *body, const char *key, const char *format,
                   const struct message *messages, size_t count)
{
    buf_add_string(body, "{\"apiKey\":");
    write_string(body, key);
    buf_add_string(body, ",\"_format\":");
    write_string(body, format);
    buf_add_string(body, ",\"SMSStatut_List\":[");
    write_items(body, messages, count);
    buf_add_string(body, "]}");
}
