/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate WHAT: writes what is made from the table of options to standard output. */
#include "generate.h"
#include "icinga.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*write)(void);
} PRODUCTS[] = {
    {"bash", generate_bash},
    {"director", generate_director},
    {"icinga2", generate_icinga2},
    {"man-metrics", generate_man_metrics},
    {"man-options", generate_man_options},
    {"options", generate_options},
    {"zsh", generate_zsh},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof PRODUCTS / sizeof PRODUCTS[0]; i++)
        if (strcmp(argv[1], PRODUCTS[i].name) == 0) {
            PRODUCTS[i].write();
            return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
        }
    fprintf(stderr, "Usage: generate WHAT, where WHAT is one of:");
    for (size_t i = 0; i < sizeof PRODUCTS / sizeof PRODUCTS[0]; i++)
        fprintf(stderr, " %s", PRODUCTS[i].name);
    fprintf(stderr, "\n");
    return 2;
}
