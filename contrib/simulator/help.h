/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_HELP_H
#define SIMULATOR_HELP_H

#include <stdio.h>

/* Prints the whole help, made from the tables of options, oddities, faults and the built-in
 * rule. */
void help_print(FILE *out);

#endif
