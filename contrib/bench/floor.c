/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The floor: the bare exchange with the same libraries, libcurl and yajl, and nothing else. Makes
 * the messages of the benchmark in memory (messages.h), asks about them 500 at a time over so many
 * connections, counts what comes back. No batch, no duplicates, no matching, no retries, no
 * deadline, no thresholds: all that is what the plugin costs above it.
 *
 *     floor COUNT CONNECTIONS URL
 */
#include "messages.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

enum { PER_REQUEST = 500, ITEM_MAX = 64, CONNECTIONS_MAX = 64 };

enum key { OTHER, CODE, STATUS, STOP, SPAM };

struct counts {
    unsigned long delivered, undelivered, waiting, not_found, spam, stop;
};

/* A connection: the request in it, and where the parser of its reply is. */
struct slot {
    CURL *easy;
    yajl_handle parser;
    enum key key;
    unsigned depth;
    struct counts *counts;
    char body[128 + PER_REQUEST * ITEM_MAX];
};

static void fail(const char *what)
{
    printf("floor: %s\n", what);
    exit(3);
}

static bool is(const unsigned char *text, size_t length, const char *expected)
{
    return length == strlen(expected) && memcmp(text, expected, length) == 0;
}

static int on_map(void *context)
{
    ((struct slot *)context)->depth++;
    return 1;
}

static int on_map_end(void *context)
{
    ((struct slot *)context)->depth--;
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    struct slot *slot = context;
    slot->key = OTHER;
    if (slot->depth < 2)
        return 1;
    if (is(text, length, "status"))
        slot->key = STATUS;
    else if (is(text, length, "code"))
        slot->key = CODE;
    else if (is(text, length, "isSpam"))
        slot->key = SPAM;
    else if (is(text, length, "stopSms"))
        slot->key = STOP;
    return 1;
}

static int on_integer(void *context, long long value)
{
    struct slot *slot = context;
    if (slot->key == CODE && value == 4)
        slot->counts->not_found++;
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    struct slot *slot = context;
    struct counts *counts = slot->counts;
    if (slot->key == STATUS) {
        if (is(text, length, "Delivered"))
            counts->delivered++;
        else if (is(text, length, "Not delivered"))
            counts->undelivered++;
        else if (is(text, length, "Waiting"))
            counts->waiting++;
    } else if (slot->key == SPAM) {
        counts->spam += is(text, length, "1");
    } else if (slot->key == STOP) {
        counts->stop += is(text, length, "1");
    }
    return 1;
}

static const yajl_callbacks callbacks = {.yajl_start_map = on_map,
                                         .yajl_end_map = on_map_end,
                                         .yajl_map_key = on_key,
                                         .yajl_integer = on_integer,
                                         .yajl_string = on_string};

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    return yajl_parse(slot->parser, (unsigned char *)bytes, size * count) == yajl_status_ok
               ? size * count
               : 0;
}

static void send_request(CURLM *multi, struct slot *slot, uint64_t from, uint64_t to)
{
    char *out = put(slot->body, "{\"apiKey\":\"" MESSAGES_KEY "\",\"SMSStatut_List\":[");
    for (uint64_t i = from; i < to; i++) {
        out = put(out, i > from ? ",{\"phoneNumber\":\"+" : "{\"phoneNumber\":\"+");
        out = put_number(out, message_number(i));
        out = put(out, "\",\"messageId\":");
        out = put_number(out, message_id(i));
        out = put(out, "}");
    }
    out = put(out, "]}");
    slot->parser = yajl_alloc(&callbacks, NULL, slot);
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDSIZE, (long)(out - slot->body));
    curl_multi_add_handle(multi, slot->easy);
}

static void take_reply(CURLM *multi, struct slot *slot, CURLcode code)
{
    long status = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK)
        fail(curl_easy_strerror(code));
    if (status != 200 || yajl_complete_parse(slot->parser) != yajl_status_ok)
        fail("not a sound reply");
    yajl_free(slot->parser);
    curl_multi_remove_handle(multi, slot->easy);
}

/* Trust comes from the system's hashed directory alone: libcurl's default on Debian, bundle and
 * directory, makes OpenSSL read the bundle for each connection, which costs more than all the rest.
 */
static void open_slot(struct slot *slot, const char *url, struct curl_slist *headers)
{
    slot->easy = curl_easy_init();
    curl_easy_setopt(slot->easy, CURLOPT_URL, url);
    curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(slot->easy, CURLOPT_CAINFO, NULL);
    curl_easy_setopt(slot->easy, CURLOPT_CAPATH, "/etc/ssl/certs");
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDS, slot->body);
    curl_easy_setopt(slot->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(slot->easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(slot->easy, CURLOPT_PRIVATE, slot);
}

static void exchange(CURLM *multi, struct slot *slots, uint64_t connections, uint64_t count)
{
    uint64_t asked = 0;
    int running = 0, left = 0;
    CURLMsg *done;
    for (uint64_t i = 0; i < connections && asked < count; i++, asked += PER_REQUEST)
        send_request(multi, &slots[i], asked,
                     asked + PER_REQUEST < count ? asked + PER_REQUEST : count);
    do {
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            fail("curl_multi_perform");
        while ((done = curl_multi_info_read(multi, &left)) != NULL) {
            struct slot *slot = NULL;
            curl_easy_getinfo(done->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
            take_reply(multi, slot, done->data.result);
            if (asked < count) {
                send_request(multi, slot, asked,
                             asked + PER_REQUEST < count ? asked + PER_REQUEST : count);
                asked += PER_REQUEST;
                running++;
            }
        }
        if (running > 0)
            curl_multi_poll(multi, NULL, 0, 10000, NULL);
    } while (running > 0);
}

int main(int argc, char **argv)
{
    static struct counts counts;
    if (argc != 4)
        fail("usage: floor COUNT CONNECTIONS URL");
    uint64_t count = strtoull(argv[1], NULL, 10), connections = strtoull(argv[2], NULL, 10);
    uint64_t requests = (count + PER_REQUEST - 1) / PER_REQUEST;
    if (connections > requests)
        connections = requests;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    struct slot *slots = calloc(connections, sizeof *slots);
    if (!slots)
        fail("out of memory");
    for (uint64_t i = 0; i < connections; i++) {
        slots[i].counts = &counts;
        open_slot(&slots[i], argv[3], headers);
    }
    exchange(multi, slots, connections, count);
    for (uint64_t i = 0; i < connections; i++)
        curl_easy_cleanup(slots[i].easy);
    free(slots);
    curl_slist_free_all(headers);
    curl_multi_cleanup(multi);
    curl_global_cleanup();

    unsigned long settled = counts.delivered + counts.undelivered + counts.not_found;
    printf("delivered_ratio=%.6f delivered=%lu undelivered=%lu waiting=%lu not_found=%lu spam=%lu "
           "stop=%lu\n",
           settled > 0 ? 100.0 * (double)counts.delivered / (double)settled : 0, counts.delivered,
           counts.undelivered, counts.waiting, counts.not_found, counts.spam, counts.stop);
    return 0;
}
