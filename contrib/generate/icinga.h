/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Icinga's command file and Director's basket have in common. */
#ifndef ICINGA_H
#define ICINGA_H

#include "options.h"

#include <stdbool.h>
#include <stddef.h>

enum { ICINGA_VALUES_MAX = 4, ICINGA_VARS_MAX = 4, ICINGA_NAME_SIZE = 64 };

/* A custom variable and its values; a list where as_list is set. */
struct icinga_var {
    const char *name;
    bool as_list;
    const char *values[ICINGA_VALUES_MAX];
};

/* A service template. */
struct icinga_template {
    const char *name, *parent; /* parent: NULL for none */
    const char *about;
    int interval_s, retry_s, attempts; /* 0: the parent's */
    struct icinga_var vars[ICINGA_VARS_MAX];
};

extern const struct icinga_template ICINGA_TEMPLATES[];
extern const size_t ICINGA_TEMPLATE_COUNT;

/* Above the plugin's own deadline, so that Icinga has nothing to kill. */
extern const int ICINGA_TIMEOUT_S;

/* How an option gets from its custom variable to the command line. */
enum icinga_form {
    ICINGA_NONE,     /* not at all: the key must not be among the arguments */
    ICINGA_VALUE,    /* --name value */
    ICINGA_LIST,     /* --name value for each */
    ICINGA_FLAG,     /* --name, if the variable is true */
    ICINGA_COUNTED,  /* -n as often as the variable says */
    ICINGA_ATTACHED, /* --name=value in one argument: the value may be left out */
};

enum icinga_form icinga_form(const struct option_spec *spec);

/* The custom variable of an option. */
const char *icinga_var(const struct option_spec *spec, char name[ICINGA_NAME_SIZE]);

/* Icinga's value of a counted option; its variable is a number or true. */
const char *icinga_counted(const struct option_spec *spec, char text[4 * ICINGA_NAME_SIZE]);

/* As in generate.h. */
void generate_director(void);
void generate_icinga2(void);

#endif
