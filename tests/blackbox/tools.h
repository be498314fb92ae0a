/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs beside the plugin and the simulator, and certificates made with one of them. Where such
 * a program is missing a test may leave, unless BLACKBOX_COMPLETE says that it must not.
 */
#ifndef BLACKBOX_TOOLS_H
#define BLACKBOX_TOOLS_H

#include <stdbool.h>

/* Runs a command to its end; its standard error goes to the file "tool.err". */
bool tool(const char *command);
/* With a word on standard error where the command doesn't work. */
bool have_tool(const char *command);

/* name.pem and name.key */
void make_authority(const char *name);
/* server.pem and server.key, signed by the authority "good" */
void make_certificate(const char *names, int days);

#define HERE "DNS:localhost,IP:127.0.0.1"

#endif
