/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tests' side of the canned server: starting it, and reading the requests it has recorded as
 * files "request.N" in the test's directory.
 */
#include "canned.h"

#include <arpa/inet.h>
#include <check.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "canned_server.h"
#include "process.h"
#include "servers.h"
#include "store.h"

static void stop(void *pid)
{
    process_stop((pid_t)(intptr_t)pid);
}

static int listen_on_loopback(unsigned *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_msg(listener >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 &&
                      listen(listener, 64) == 0,
                  "listen: %s", strerror(errno));
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    *port = ntohs(address.sin_port);
    return listener;
}

void canned_start(const struct canned_rule *rules, size_t count)
{
    unsigned port = 0;
    int listener = listen_on_loopback(&port);
    const char *prefix = test_path("request");
    sigset_t stopping, before;
    pid_t pid;

    /* Until the child has left Check's handler, which would end the whole test. */
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTERM);
    sigprocmask(SIG_BLOCK, &stopping, &before);
    pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        canned_serve(listener, rules, count, prefix);
        _exit(0);
    }
    close(listener);
    store_defer(stop, (void *)(intptr_t)pid);
    server_use(format("http://127.0.0.1:%u/v1/multi-status", port));
}

char *http_reply(int status, const char *type, const char *body)
{
    return format("HTTP/1.1 %d Reply\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s", status,
                  type, strlen(body), body);
}

void canned_reply(int status, const char *type, const char *body)
{
    canned_start(&(struct canned_rule){.bytes = http_reply(status, type, body)}, 1);
}

void canned_json(const char *body)
{
    canned_reply(200, "application/json", json_quotes(body));
}

void canned_deliver(void)
{
    canned_start(&(struct canned_rule){.kind = CANNED_DELIVER}, 1);
}

size_t canned_count(void)
{
    size_t count = 0;

    while (access(test_path(format("request.%zu", count + 1)), F_OK) == 0) {
        count++;
    }
    return count;
}

bool canned_was_asked(void)
{
    return access(test_path("request.1"), F_OK) == 0;
}

struct canned_request canned_request(size_t number)
{
    struct canned_request request = {.method = NULL};
    size_t size = 0;
    char *raw = read_file(format("request.%zu", number), &size);
    char *blank;

    ck_assert_msg(raw != NULL, "there was no request %zu", number);
    blank = strstr(raw, "\r\n\r\n");
    ck_assert_ptr_nonnull(blank);
    *blank = '\0';
    request.body = blank + 4;
    request.body_size = size - (size_t)(request.body - raw);
    request.object = json_read(request.body);
    request.method = format("%.*s", (int)strcspn(raw, " "), raw);
    raw += strcspn(raw, " ") + 1;
    request.target = format("%.*s", (int)strcspn(raw, " "), raw);
    request.headers = raw;
    for (char *p = raw; *p != '\0'; p++) {
        *p = (char)tolower((unsigned char)*p);
    }
    return request;
}

char *canned_asked(void)
{
    size_t requests = canned_count();
    char *asked = format("%s", "");

    for (size_t i = 1; i <= requests; i++) {
        json object = canned_request(i).object;

        ck_assert_msg(object != NULL, "request %zu is no JSON", i);
        for (size_t item = 0; item < json_length(object, "SMSStatut_List"); item++) {
            json found = json_at(object, format("SMSStatut_List.%zu", item));
            json id = json_at(found, "messageId");

            ck_assert_msg(YAJL_IS_NUMBER(id), "messageId is no number");
            asked = format("%s%s%s:%s", asked, asked[0] == '\0' ? "" : " ",
                           json_text(found, "phoneNumber"), id->u.number.r);
        }
    }
    return asked;
}
