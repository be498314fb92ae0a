/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A script: one line of faults per request. Only reads; whose turn it is, the server counts.
 */
#include "script.h"

#include "file.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

struct script {
    char *text; /* the lines, which the faults point into */
    struct faults *faults;
    size_t count;
};

static const char BLANKS[] = " \t\r";

/* Cuts off a comment (a '#' at the start or after a blank) and blanks at either end. */
static char *bare(char *line)
{
    line += strspn(line, BLANKS);
    for (char *c = line; *c != '\0'; c++) {
        if (*c == '#' && (c == line || strchr(BLANKS, c[-1]) != NULL)) {
            *c = '\0';
            break;
        }
    }
    size_t length = strlen(line);
    while (length > 0 && strchr(BLANKS, line[length - 1]) != NULL)
        length--;
    line[length] = '\0';
    return line;
}

static void append(struct script *script, const struct faults *faults)
{
    script->faults = memory_resize(script->faults, (script->count + 1) * sizeof *script->faults);
    script->faults[script->count++] = *faults;
}

static bool add_line(struct script *script, const char *line, struct complaint *reason)
{
    struct faults faults = {.of = {{.on = false}}};
    if (strcmp(line, "ok") != 0 && !faults_add(&faults, line, reason))
        return false;
    append(script, &faults);
    return true;
}

static bool read_lines(struct script *script, const char *path, struct complaint *reason)
{
    char *line = script->text;
    for (unsigned long number = 1; line != NULL; number++) {
        char *next = file_next_line(line);
        struct complaint why = {""};
        line = bare(line);
        if (*line != '\0' && !add_line(script, line, &why))
            return complain(reason, "%s:%lu: %s", path, number, why.text);
        line = next;
    }
    return script->count > 0 ||
           complain(reason, "%s:1: holds no line of faults; ok is one without any", path);
}

struct script *script_read(const char *path, struct complaint *reason)
{
    char *text = file_read(path, reason);
    if (text == NULL)
        return NULL;
    struct script *script = memory_get(sizeof *script);
    script->text = text;
    if (read_lines(script, path, reason))
        return script;
    script_free(script);
    return NULL;
}

struct script *script_of(const struct faults *faults)
{
    struct script *script = memory_get(sizeof *script);
    append(script, faults);
    return script;
}

const struct faults *script_faults(const struct script *script, uint64_t index)
{
    return &script->faults[index < script->count ? index : script->count - 1];
}

const char *script_needs_plain(const struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        for (size_t fault = 0; fault < FAULT_COUNT; fault++)
            if (script->faults[i].of[fault].on && fault_table[fault].plain)
                return fault_table[fault].name;
    return NULL;
}

void script_free(struct script *script)
{
    if (script == NULL)
        return;
    free(script->faults);
    free(script->text);
    free(script);
}
