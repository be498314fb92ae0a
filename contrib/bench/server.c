/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server of the benchmark: answers multi-status as fast as it can, so that the clients are
 * what is measured. It doesn't judge requests (the simulator does): it picks numbers and ids out of
 * the body and writes an entry for each, the outcome decided by the number alone. libmicrohttpd
 * with a thread per connection, so that latency is a sleep that holds up nobody else.
 *
 *     server LATENCY_MS [CERTIFICATE KEY]      prints its address; ends at the end of standard
 * input, and prints requests and processor time
 */
#define _POSIX_C_SOURCE 200809L

#include "messages.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { BODY_MAX = 1 << 20, ENTRY_MAX = 200, ITEM_MIN = 30, POOL = 256 * 1024 };

static long latency_ms;
static atomic_ulong requests;

struct body {
    size_t length;
    char bytes[BODY_MAX];
};

static char *put_entry(char *out, uint64_t number, uint64_t id)
{
    unsigned lot = (unsigned)(number % 1000);
    bool found = lot < 15 || lot >= 25;
    out = put(out, found ? "{\"success\":true,\"code\":200,\"phoneNumber\":\"+"
                         : "{\"success\":false,\"code\":4,\"phoneNumber\":\"+");
    out = put_number(out, number);
    out = put(out, "\",\"messageId\":");
    out = put_number(out, id);
    if (!found)
        return put(out, ",\"status\":\"Number not found\"}");
    out = put(out, lot < 15   ? ",\"status\":\"Not delivered\""
                   : lot < 55 ? ",\"status\":\"Waiting\""
                              : ",\"status\":\"Delivered\"");
    out = put(out, lot == 600 ? ",\"date\":\"1764144000\",\"stopSms\":\"1\""
                              : ",\"date\":\"1764144000\",\"stopSms\":\"0\"");
    return put(out, lot == 500 ? ",\"isSpam\":\"1\"}" : ",\"isSpam\":\"0\"}");
}

static const char *read_number(const char *text, uint64_t *value)
{
    while (*text != '\0' && (*text < '0' || *text > '9'))
        text++;
    for (*value = 0; *text >= '0' && *text <= '9'; text++)
        *value = *value * 10 + (uint64_t)(*text - '0');
    return text;
}

/* Whatever the order and spacing of the keys. The body ends with a NUL. */
static char *put_entries(char *out, const char *body)
{
    static const char number_key[] = "\"phoneNumber\"", id_key[] = "\"messageId\"";
    uint64_t number = 0, id = 0;
    bool first = true;
    for (const char *at = strchr(body, '"'); at != NULL; at = strchr(at, '"')) {
        if (strncmp(at, number_key, sizeof number_key - 1) == 0)
            at = read_number(at + sizeof number_key - 1, &number);
        else if (strncmp(at, id_key, sizeof id_key - 1) == 0)
            at = read_number(at + sizeof id_key - 1, &id);
        else
            at++;
        if (number == 0 || id == 0)
            continue;
        if (!first)
            *out++ = ',';
        first = false;
        out = put_entry(out, number, id);
        number = id = 0;
    }
    return out;
}

static enum MHD_Result respond(struct MHD_Connection *connection, struct body *body)
{
    body->bytes[body->length] = '\0';
    char *reply = malloc(100 + (body->length / ITEM_MIN + 1) * ENTRY_MAX);
    if (reply == NULL)
        return MHD_NO;
    char *out = put(reply, "{\"success\":true,\"code\":200,\"StatutResponse_List\":[");
    out = put(put_entries(out, body->bytes), "]}");
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)(out - reply), reply, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, "Content-Type", "application/json");
    if (latency_ms > 0)
        nanosleep(
            &(struct timespec){.tv_sec = latency_ms / 1000, .tv_nsec = latency_ms % 1000 * 1000000},
            NULL);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    atomic_fetch_add(&requests, 1);
    return result;
}

/* libmicrohttpd calls this with the headers, then with each piece of the body, then without. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **own)
{
    struct body *body = *own;
    (void)context, (void)path, (void)method, (void)version;
    if (body == NULL) {
        *own = body = malloc(sizeof *body);
        if (body != NULL)
            body->length = 0;
        return body != NULL ? MHD_YES : MHD_NO;
    }
    if (*size == 0)
        return respond(connection, body);
    if (*size >= sizeof body->bytes - body->length)
        return MHD_NO;
    memcpy(body->bytes + body->length, data, *size);
    body->length += *size;
    *size = 0;
    return MHD_YES;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **own,
                         enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    free(*own);
    *own = NULL;
}

static char *read_file(const char *path)
{
    char *text = calloc(1, 65536);
    FILE *file = fopen(path, "r");
    if (text == NULL || file == NULL || fread(text, 1, 65535, file) == 0) {
        fprintf(stderr, "server: cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

static void print_usage(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%lu %.3f %.3f\n", atomic_load(&requests),
           (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6,
           (double)used.ru_stime.tv_sec + (double)used.ru_stime.tv_usec / 1e6);
}

int main(int argc, char **argv)
{
    char byte;
    if (argc != 2 && argc != 4) {
        fputs("usage: server LATENCY_MS [CERTIFICATE KEY]\n", stderr);
        return 2;
    }
    latency_ms = strtol(argv[1], NULL, 10);
    bool tls = argc == 4;
    struct MHD_OptionItem extras[] = {
        {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}};
    if (tls) {
        extras[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, read_file(argv[2])};
        extras[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, read_file(argv[3])};
    }
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
            (tls ? MHD_USE_TLS : 0u),
        0, NULL, NULL, on_request, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL, MHD_OPTION_ARRAY, extras, MHD_OPTION_END);
    if (daemon == NULL) {
        fputs("server: cannot start\n", stderr);
        return 1;
    }
    printf("http%s://127.0.0.1:%u/v1/multi-status\n", tls ? "s" : "",
           MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    MHD_stop_daemon(daemon);
    print_usage();
    return 0;
}
