/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a run has found, made by hand, for the tests of report.h: a scene takes messages and
 * failures, then both forms of the report can be read. Its metrics are counted here, not by the
 * tally.
 */
#ifndef FIXTURE_REPORT_H
#define FIXTURE_REPORT_H

#include "report.h"

enum { SCENE_MESSAGES_MAX = 600 };

struct scene {
    struct batch batch;
    struct outcome outcomes[SCENE_MESSAGES_MAX];
    struct detail_table *details;
    struct metrics metrics;
    struct failure_list failures;
    struct verdict verdict;
    struct trace trace;
    struct thresholds thresholds; /* the defaults, until a test changes them */
    struct judge_policy policy;
    struct report report; /* list_max 10, numbers masked, all perfdata */
    struct buf out;
};

void scene_init(struct scene *scene);
void scene_release(struct scene *scene);

/* What the API said of a message; no code: -1, no status: NULL. */
struct said {
    int code;
    const char *status;
    bool spam, stop;
};

/* Adds count messages of one kind; ids go on from 1000, numbers from +33699999992. */
void scene_add(struct scene *scene, enum outcome_kind kind, size_t count, struct said said);

/* Adds one message about which the API said nothing, for one of the reserved reasons of detail.h.
 */
void scene_add_unanswered(struct scene *scene, uint16_t detail);

/* Judges the scene and writes the report; what it returns is good until the next call. */
const char *scene_text(struct scene *scene);
const char *scene_json(struct scene *scene);

/* The n-th line of the text report (0: the first), without its line end; "" where there is none. */
const char *scene_line(struct scene *scene, size_t n, char *line, size_t size);

#endif
