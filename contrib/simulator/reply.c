/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turns an answer into libmicrohttpd's response: from memory when nothing is the matter, or piece
 * by piece from a flow.
 */
#include "reply.h"

#include "flow.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32768 };

/* Good enough for what clients send: a coding by its name, refused by q=0. */
static bool accepts_gzip(struct MHD_Connection *connection)
{
    const char *codings =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    const char *gzip = codings != NULL ? strstr(codings, "gzip") : NULL;
    if (gzip == NULL)
        return false;
    gzip += strlen("gzip");
    gzip += strspn(gzip, "; ");
    return strncmp(gzip, "q=0", 3) != 0 || gzip[3 + strspn(gzip + 3, ".0")] != '\0';
}

static ssize_t read_flow(void *context, uint64_t position, char *out, size_t room)
{
    size_t size = 0;
    (void)position;
    switch (flow_read(context, out, room, &size)) {
    case FLOW_MORE:
        return (ssize_t)size;
    case FLOW_END:
        return MHD_CONTENT_READER_END_OF_STREAM;
    case FLOW_BROKEN:
        break;
    }
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

static void free_flow(void *context)
{
    flow_free(context);
}

/* Takes over the answer's body, or the flow that has it. */
static struct MHD_Response *make_response(struct answer *answer, struct flow *flow)
{
    struct MHD_Response *response;
    if (flow == NULL) {
        response =
            MHD_create_response_from_buffer(answer->length, answer->body, MHD_RESPMEM_MUST_FREE);
        if (response != NULL)
            answer->body = NULL;
        return response;
    }
    uint64_t size = flow_declared(flow);
    response = MHD_create_response_from_callback(size == FLOW_UNKNOWN ? MHD_SIZE_UNKNOWN : size,
                                                 BLOCK, read_flow, flow, free_flow);
    if (response == NULL)
        flow_free(flow);
    else if (flow_is_zipped(flow))
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return response;
}

static void add_headers(struct MHD_Response *response, const struct answer *answer)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache, private");
    if (answer->http == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "POST");
    if (answer->location != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, answer->location);
    if (answer->retry_after != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, answer->retry_after);
}

enum MHD_Result reply_send(struct MHD_Connection *connection, struct answer *answer,
                           const struct faults *faults, const struct halt *halt)
{
    struct flow *flow = flow_new(answer, faults, accepts_gzip(connection), halt);
    struct MHD_Response *response = make_response(answer, flow);
    enum MHD_Result result = MHD_NO;
    if (response != NULL) {
        add_headers(response, answer);
        result = MHD_queue_response(connection, answer->http, response);
        MHD_destroy_response(response);
    }
    answer_release(answer);
    return result;
}
