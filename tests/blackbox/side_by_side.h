/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs suites in several processes at once, as most tests do nothing but wait. Each suite's output
 * comes out whole, with its closing line, when it has ended.
 */
#ifndef BLACKBOX_SIDE_BY_SIDE_H
#define BLACKBOX_SIDE_BY_SIDE_H

#include <check.h>
#include <stddef.h>

typedef Suite *suite_maker(void);

/* At most so many at once, in the order given. Returns how many suites failed. */
size_t run_side_by_side(suite_maker *const *suites, size_t count, size_t at_once);

#endif
