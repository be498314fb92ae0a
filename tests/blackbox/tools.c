/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "process.h"

#define NEW_KEY "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"

bool tool(const char *command)
{
    static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin", NULL};
    struct launch launch = {.environment = environment, .directory = test_path(".")};
    struct ending ending;

    launch.argv = split_words(format("/usr/bin/env %s", command));
    launch.input = open("/dev/null", O_RDONLY);
    launch.output = open("/dev/null", O_WRONLY);
    launch.error = open(test_path("tool.err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ending = process_wait(process_start(&launch), 20, NULL);
    close(launch.input);
    close(launch.output);
    close(launch.error);
    return ending.exit_code == 0;
}

bool have_tool(const char *command)
{
    bool found = tool(command);

    ck_assert_msg(found || getenv("BLACKBOX_COMPLETE") == NULL, "'%s' doesn't work", command);
    if (!found) {
        fprintf(stderr, "skipped, as '%s' doesn't work\n", command);
    }
    return found;
}

void make_authority(const char *name)
{
    ck_assert(tool(format("openssl req -x509 " NEW_KEY
                          " -keyout %s.key -out %s.pem -days 30 -subj /CN=%s",
                          name, name, name)));
}

void make_certificate(const char *names, int days)
{
    make_authority("good");
    write_file("extensions", format("subjectAltName=%s\n", names));
    ck_assert(tool("openssl req -new " NEW_KEY " -keyout server.key -out server.csr "
                   "-subj /CN=server"));
    ck_assert_msg(tool(format("openssl x509 -req -in server.csr -CA good.pem -CAkey good.key "
                              "-CAcreateserial -days %d -extfile extensions -out server.pem",
                              days)),
                  "%s", read_file("tool.err", NULL));
}
