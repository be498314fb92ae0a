/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The usual shape of a test as one row of a table: this batch, this answer, these options; then
 * this exit code, first line and metrics. NULL members are not looked at.
 */
#ifndef BLACKBOX_CASES_H
#define BLACKBOX_CASES_H

#include "harness.h"

struct row {
    const char *name;
    const char *batch;   /* written to the file "batch" */
    const char *items;   /* of the answer, ' for "; NULL: everything is delivered */
    const char *options; /* after "-u {url} -k {key} -b batch" */
    int exit_code;
    const char *first;
    const char *metrics;
    const char *text;
    const char *no_text;
};

const struct result *run_row(const struct row *row);
/* HTTP 200 with these items in its list */
void canned_items(const char *items);

/* Lines of a batch or scenario: messages first to last, whose ids are their numbers' last digits.
 */
char *many(int first, int last, const char *ending);

/* One message, and its item in an answer; n is one digit and also the id. */
#define MESSAGE(n)      "+3363998000" n "," n "\n"
#define SENT(n, when)   "+3363998000" n "," n "," when "\n"
#define WHO(n)          "'phoneNumber':'+3363998000" n "','messageId':" n
#define GOOD            "'success':true,'code':200,"
#define FLAGS           "'stopSms':'0','isSpam':'0'"
#define ITEM(n, status) "{" GOOD WHO(n) ",'status':'" status "','date':'1517934416'," FLAGS "}"
#define LOST(n)         "{'success':false,'code':4," WHO(n) ",'status':'Num\\u00e9ro introuvable'}"

#endif
