/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario file as a sorted table: the file's text is kept and cut up in place, the entries point
 * into it. A campaign may have a million lines, so that looking one up must not mean reading all.
 */
#include "scenario.h"

#include "api_error.h"
#include "file.h"
#include "memory.h"
#include "scenario_line.h"

#include <stdlib.h>
#include <string.h>

struct scenario {
    char *text;
    struct scenario_entry *entries;
    size_t count;
    size_t room;
};

enum { TEN_MINUTES = 600, FIRST_ROOM = 64 };

static void append(struct scenario *scenario, const struct scenario_entry *entry)
{
    if (scenario->count == scenario->room) {
        scenario->room = scenario->room > 0 ? 2 * scenario->room : FIRST_ROOM;
        scenario->entries =
            memory_resize(scenario->entries, scenario->room * sizeof *scenario->entries);
    }
    scenario->entries[scenario->count++] = *entry;
}

static bool read_lines(struct scenario *scenario, const char *path, struct complaint *reason)
{
    char *line = scenario->text;
    bool first = true;
    for (unsigned long number = 1; line != NULL; number++) {
        char *next = file_next_line(line);
        const char *start = line + strspn(line, " \t\r");
        bool skip = *start == '\0' || *start == '#';
        bool header = !skip && first && scenario_line_is_header(line);
        first = first && skip;
        if (!skip && !header) {
            struct scenario_entry entry = {.line = number};
            struct complaint why = {""};
            if (!scenario_line_read(line, &entry, &why))
                return complain(reason, "%s:%lu: %s", path, number, why.text);
            append(scenario, &entry);
        }
        line = next;
    }
    return true;
}

static int compare(const void *left, const void *right)
{
    const struct scenario_entry *a = left;
    const struct scenario_entry *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->id, b->id);
}

/* Sorts; two lines about one message would leave open which of them holds. */
static bool sort(struct scenario *scenario, const char *path, struct complaint *reason)
{
    const struct scenario_entry *entries = scenario->entries;
    if (scenario->count == 0)
        return true;
    qsort(scenario->entries, scenario->count, sizeof *scenario->entries, compare);
    for (size_t i = 1; i < scenario->count; i++) {
        unsigned long a = entries[i - 1].line;
        unsigned long b = entries[i].line;
        if (compare(&entries[i - 1], &entries[i]) == 0)
            return complain(reason, "%s:%lu: the same number and id as in line %lu", path,
                            a > b ? a : b, a > b ? b : a);
    }
    return true;
}

struct scenario *scenario_read(const char *path, struct complaint *reason)
{
    char *text = file_read(path, reason);
    if (text == NULL)
        return NULL;
    struct scenario *scenario = memory_get(sizeof *scenario);
    scenario->text = text;
    if (read_lines(scenario, path, reason) && sort(scenario, path, reason))
        return scenario;
    scenario_free(scenario);
    return NULL;
}

struct fate scenario_fate(const struct scenario *scenario, uint64_t number, const char *id,
                          int64_t now)
{
    struct fate unknown = {.code = API_NOT_FOUND};
    struct scenario_entry key = {.number = number, .id = scenario_id(id)};
    const struct scenario_entry *found = NULL;
    if (scenario->count > 0)
        found = bsearch(&key, scenario->entries, scenario->count, sizeof key, compare);
    if (found == NULL)
        return unknown;

    struct fate fate = {.code = found->code,
                        .status = found->status,
                        .dated = found->when != WHEN_NEVER,
                        .stop = found->stop,
                        .spam = found->spam};
    fate.date = found->date + (found->when == WHEN_RELATIVE ? now : 0);
    /* A scenario does not say when messages left; only an oddity wants to know. */
    fate.sent = fate.dated ? fate.date : now - TEN_MINUTES;
    return fate;
}

void scenario_free(struct scenario *scenario)
{
    if (scenario == NULL)
        return;
    free(scenario->entries);
    free(scenario->text);
    free(scenario);
}
