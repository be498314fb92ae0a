/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By the name that the table of options gives the argument; see values.h. */
#include "values.h"

#include <string.h>

const char STATE_WORDS[] = "ok warning critical unknown";

/* Three dots end none. */
size_t first_sentence(const char *text)
{
    const char *stop = text;
    while ((stop = strstr(stop, ". ")) && stop > text && stop[-1] == '.')
        stop++;
    return stop ? (size_t)(stop - text) + 1 : strlen(text);
}

enum value_kind value_kind(const struct option_spec *spec, const char **words)
{
    static const struct {
        const char *argument;
        enum value_kind kind;
        const char *words;
    } table[] = {
        {"FILE", VALUE_FILE, NULL},
        {"STATE", VALUE_WORD, STATE_WORDS},
        {"FORMAT", VALUE_WORD, "json xml"},
        {"FORM", VALUE_WORD, "text json"},
        {"WHICH", VALUE_WORD, "all known none"},
        {"[METRIC=]RANGE", VALUE_RANGE, NULL},
        {"ZONE", VALUE_ZONE, NULL},
        {"SECONDS[:STATE]", VALUE_TIMEOUT, NULL},
        {"[SECTION][@FILE]", VALUE_SECTION, NULL},
    };
    *words = NULL;
    if (strcmp(spec->name, "batch") == 0)
        return VALUE_BATCH;
    for (size_t i = 0; spec->argument && i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].argument, spec->argument) == 0) {
            *words = table[i].words;
            return table[i].kind;
        }
    return VALUE_ANY;
}
