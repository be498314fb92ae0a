/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of options for scripts: a line each, tabs between name, letter, argument, "secret" or
 * "repeats", and help; - where there is none. */
#include "generate.h"

#include "options.h"

#include <stdio.h>

void generate_options(void)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_spec *spec = &OPTIONS[i];
        printf("%s\t%c\t%s\t%s\t%s\n", spec->name, spec->letter ? spec->letter : '-',
               spec->argument ? spec->argument : "-",
               spec->flags & OPTION_SECRET    ? "secret"
               : spec->flags & OPTION_REPEATS ? "repeats"
                                              : "-",
               spec->help);
    }
}
