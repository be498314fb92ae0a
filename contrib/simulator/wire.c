/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an HTTP library would never do to a connection, done to its socket behind its back. The
 * socket has to be idle: nothing of an earlier answer is left to be sent.
 */
#define _POSIX_C_SOURCE 200809L

#include "wire.h"

#include <sys/socket.h>
#include <unistd.h>

static const enum fault BREAKING[] = {FAULT_DROP, FAULT_RESET, FAULT_PARTIAL_STATUS, FAULT_NOT_HTTP,
                                      FAULT_HANG};

bool wire_is_broken(const struct faults *faults)
{
    for (size_t i = 0; i < sizeof BREAKING / sizeof BREAKING[0]; i++)
        if (faulty(faults, BREAKING[i]))
            return true;
    return false;
}

/* A few bytes always fit into an idle socket's buffer. */
static void say(int connection, const char *bytes, size_t size)
{
    (void)!send(connection, bytes, size, MSG_NOSIGNAL);
}

/* A close with nothing to linger for sends RST. It has to happen here: the owner would first shut
 * the connection down, and the client then sees its orderly end. The descriptor's number goes to
 * another socket in one step, so that no thread is given it meanwhile. */
static void reset(int connection)
{
    struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    if (other < 0)
        return;
    dup2(other, connection);
    close(other);
}

void wire_break(const struct faults *faults, int connection, const struct halt *halt)
{
    static const char half_a_line[] = "HTTP/1.1 2";
    static const char greeting[] = "SSH-2.0-OpenSSH_9.2p1\r\n";
    if (faulty(faults, FAULT_RESET))
        reset(connection);
    else if (faulty(faults, FAULT_PARTIAL_STATUS))
        say(connection, half_a_line, sizeof half_a_line - 1);
    else if (faulty(faults, FAULT_NOT_HTTP))
        say(connection, greeting, sizeof greeting - 1);
    else if (faulty(faults, FAULT_HANG))
        halt_wait_for_peer(halt, connection);
}
