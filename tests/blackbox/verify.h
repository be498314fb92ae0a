/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules that hold for every output of the plugin, whatever the test is about.
 */
#ifndef BLACKBOX_VERIFY_H
#define BLACKBOX_VERIFY_H

#include "harness.h"

enum { METRICS = 19 };

struct metric_name {
    const char *label;
    const char *unit;
};

extern const struct metric_name metric_names[METRICS];

/* Reads the output into the result (first line, perfdata, JSON) and fails the test when a rule is
 * broken. */
void verify(struct result *result, const struct how *how);

#endif
