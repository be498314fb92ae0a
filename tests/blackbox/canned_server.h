/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The child process of the canned server. It must not use Check: it is not a test.
 */
#ifndef BLACKBOX_CANNED_SERVER_H
#define BLACKBOX_CANNED_SERVER_H

#include "canned.h"

/* Serves until killed; requests are recorded as PREFIX.1, PREFIX.2 ... */
void canned_serve(int listener, const struct canned_rule *rules, size_t count, const char *prefix);

#endif
