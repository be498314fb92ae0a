/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The request body: POST with the key in it, the list spelt SMSStatut_List, numbers in
 * international form and ids as JSON numbers, as in the samples of the Bulk Status page
 * (docpartner.dev). The table of the 2024 page says SMSStatus_List, its own samples don't. _format
 * is documented without a place for this call, so it is in the body (here) and in the query
 * (transport).
 */
#include "request.h"

#include "phone.h"

#include <inttypes.h>

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

void request_write(struct buf *body, const char *key, const char *format,
                   const struct message *messages, size_t count)
{
    char phone[PHONE_SIZE];
    buf_add_string(body, "{\"apiKey\":");
    write_string(body, key);
    buf_add_string(body, ",\"_format\":");
    write_string(body, format);
    buf_add_string(body, ",\"SMSStatut_List\":[");
    for (size_t i = 0; i < count; i++)
        buf_addf(body, "%s{\"phoneNumber\":\"%s\",\"messageId\":%" PRIu64 "}", i > 0 ? "," : "",
                 phone_format(phone, messages[i].number), messages[i].id);
    buf_add_string(body, "]}");
}
