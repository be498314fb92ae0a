/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs one row of a table of cases against the canned server. Rows that need the simulator, or look
 * at more than this, are run by their suites.
 */
#include "cases.h"

#include "canned.h"

#include <stdio.h>

void canned_items(const char *items)
{
    canned_json(format("{'success':true,'code':200,'StatutResponse_List':[%s]}", items));
}

char *many(int first, int last, const char *ending)
{
    size_t room = (size_t)(last - first + 2) * 80;
    char *text = store_alloc(room);
    size_t used = 0;

    for (int i = first; i <= last; i++) {
        used += (size_t)snprintf(text + used, room - used, "+3363998%04d,%d%s\n", i, i, ending);
    }
    return text;
}

const struct result *run_row(const struct row *row)
{
    const struct result *result;

    if (row->items != NULL) {
        canned_items(row->items);
    } else {
        canned_deliver();
    }
    write_file("batch", row->batch);
    result = ask(format("-b batch %s", row->options != NULL ? row->options : ""));
    ck_assert_msg(result->exit_code == row->exit_code, "%s: exit %d expected\n%s", row->name,
                  row->exit_code, shown(result));
    if (row->first != NULL) {
        expect_first(result, row->first);
    }
    if (row->metrics != NULL) {
        expect_metrics(result, row->metrics);
    }
    if (row->text != NULL) {
        expect_text(result, row->text);
    }
    if (row->no_text != NULL) {
        expect_no_text(result, row->no_text);
    }
    return result;
}
