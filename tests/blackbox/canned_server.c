/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The canned server's loop: several connections, each read until a request is whole, which is then
 * recorded and answered by the first rule that fits. Just enough HTTP to know where a body ends.
 */
#include "canned_server.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "process.h"

enum { CONNECTIONS = 32, REQUEST_ROOM = 1 << 20, LIFE_S = 300 };

struct connection {
    int socket; /* -1: free */
    char *request;
    size_t used;
    bool continued;
};

struct server {
    const struct canned_rule *rules;
    size_t rule_count;
    unsigned *uses;
    const char *prefix;
    unsigned requests;
    struct connection connections[CONNECTIONS];
};

static void hang_up(struct connection *connection)
{
    close(connection->socket);
    connection->socket = -1;
    connection->used = 0;
    connection->continued = false;
}

static bool send_all(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(to, bytes, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool send_rule(int to, const struct canned_rule *rule)
{
    size_t size = rule->size != 0 ? rule->size : strlen(rule->bytes);

    if (rule->drip_ms == 0) {
        return send_all(to, rule->bytes, size);
    }
    for (size_t i = 0; i < size; i++) {
        if (!send_all(to, rule->bytes + i, 1)) {
            return false;
        }
        if (rule->drip_ms > 0) {
            pause_ms(rule->drip_ms);
        }
    }
    return true;
}

/* Cuts `"name": "text"` or `"name": 12` out of a request's item. */
static bool field(const char *item, const char *name, char *value, size_t room)
{
    const char *from = strstr(item, name);
    size_t length;

    if (from == NULL) {
        return false;
    }
    from += strlen(name);
    from += strspn(from, "\" :");
    length = strcspn(from, "\",}");
    snprintf(value, room, "%.*s", (int)length, from);
    return true;
}

/* Every message of the request comes back as Delivered, in its order. */
static void deliver(int to, const char *body, const char *date)
{
    size_t room = 2 * strlen(body) + 400 * (strlen(body) / 30 + 2);
    char *reply = malloc(room);
    size_t used =
        (size_t)snprintf(reply, room, "{\"success\":true,\"code\":200,\"StatutResponse_List\":[");
    const char *item = strstr(body, "SMSStatut_List");
    char number[64];
    char id[64];
    char head[200];
    bool first = true;

    while (item != NULL && (item = strchr(item, '{')) != NULL &&
           field(item, "\"phoneNumber", number, sizeof number) &&
           field(item, "\"messageId", id, sizeof id)) {
        used += (size_t)snprintf(
            reply + used, room - used,
            "%s{\"success\":true,\"code\":200,\"phoneNumber\":\"%s\",\"messageId\":%s,\"status\":"
            "\"Delivered\",\"date\":\"%s\",\"stopSms\":\"0\",\"isSpam\":\"0\"}",
            first ? "" : ",", number, id, date != NULL ? date : "1800000000");
        first = false;
        item++;
    }
    used += (size_t)snprintf(reply + used, room - used, "]}");
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
             used);
    if (send_all(to, head, strlen(head))) {
        send_all(to, reply, used);
    }
    free(reply);
}

static void answer(struct server *server, struct connection *connection, const char *body)
{
    for (size_t i = 0; i < server->rule_count; i++) {
        const struct canned_rule *rule = &server->rules[i];

        if ((rule->when != NULL && strstr(body, rule->when) == NULL) ||
            (rule->times != 0 && server->uses[i] >= rule->times)) {
            continue;
        }
        server->uses[i]++;
        if (rule->kind == CANNED_DELIVER) {
            deliver(connection->socket, body, rule->date);
        } else if (rule->kind == CANNED_BYTES) {
            send_rule(connection->socket, rule);
        }
        if (rule->kind == CANNED_CLOSE || rule->close_after) {
            hang_up(connection);
        }
        return;
    }
    hang_up(connection);
}

/* Written under another name first: whoever sees the file sees all of it. */
static void record(struct server *server, const struct connection *connection)
{
    char path[1024];
    char draft[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s.%u", server->prefix, ++server->requests);
    snprintf(draft, sizeof draft, "%s.draft", server->prefix);
    file = fopen(draft, "wb");
    if (file == NULL) {
        _exit(1);
    }
    fwrite(connection->request, 1, connection->used, file);
    fclose(file);
    rename(draft, path);
}

static const char *header(const char *request, const char *name)
{
    for (const char *line = strchr(request, '\n'); line != NULL; line = strchr(line + 1, '\n')) {
        size_t i = 0;

        while (name[i] != '\0' && tolower((unsigned char)line[1 + i]) == name[i]) {
            i++;
        }
        if (name[i] == '\0') {
            return line + 1 + i;
        }
    }
    return NULL;
}

/* The body of a request that is whole, else NULL. */
static const char *whole_body(struct connection *connection)
{
    char *blank = strstr(connection->request, "\r\n\r\n");
    const char *length;
    size_t wanted;

    if (blank == NULL) {
        return NULL;
    }
    length = header(connection->request, "content-length:");
    wanted = length == NULL ? 0 : (size_t)strtoul(length, NULL, 10);
    if (!connection->continued && header(connection->request, "expect:") != NULL) {
        connection->continued = true;
        send_all(connection->socket, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    }
    return strlen(blank + 4) >= wanted ? blank + 4 : NULL;
}

static void read_some(struct server *server, struct connection *connection)
{
    ssize_t count = recv(connection->socket, connection->request + connection->used,
                         REQUEST_ROOM - connection->used - 1, 0);
    const char *body;

    if (count <= 0) {
        hang_up(connection);
        return;
    }
    connection->used += (size_t)count;
    connection->request[connection->used] = '\0';
    body = whole_body(connection);
    if (body != NULL) {
        record(server, connection);
        connection->used = 0;
        connection->continued = false;
        answer(server, connection, body);
    }
}

static void accept_one(struct server *server, int listener)
{
    int socket = accept(listener, NULL, NULL);

    for (size_t i = 0; socket >= 0 && i < CONNECTIONS; i++) {
        struct connection *connection = &server->connections[i];

        if (connection->socket < 0) {
            connection->socket = socket;
            if (server->rules[0].kind == CANNED_GREETING) {
                send_rule(socket, &server->rules[0]);
            }
            return;
        }
    }
    if (socket >= 0) {
        close(socket);
    }
}

static void serve_once(struct server *server, int listener)
{
    struct pollfd watched[CONNECTIONS + 1] = {{.fd = listener, .events = POLLIN}};

    for (size_t i = 0; i < CONNECTIONS; i++) {
        watched[i + 1] = (struct pollfd){.fd = server->connections[i].socket, .events = POLLIN};
    }
    if (poll(watched, CONNECTIONS + 1, -1) < 0) {
        return;
    }
    for (size_t i = 0; i < CONNECTIONS; i++) {
        if (watched[i + 1].revents != 0) {
            read_some(server, &server->connections[i]);
        }
    }
    if (watched[0].revents != 0) {
        accept_one(server, listener);
    }
}

void canned_serve(int listener, const struct canned_rule *rules, size_t count, const char *prefix)
{
    struct server *server = calloc(1, sizeof *server);

    signal(SIGPIPE, SIG_IGN);
    alarm(LIFE_S);
    server->rules = rules;
    server->rule_count = count;
    server->uses = calloc(count, sizeof *server->uses);
    server->prefix = prefix;
    for (size_t i = 0; i < CONNECTIONS; i++) {
        server->connections[i].socket = -1;
        server->connections[i].request = calloc(1, REQUEST_ROOM);
    }
    for (;;) {
        serve_once(server, listener);
    }
}
