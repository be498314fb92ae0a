/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --help, in 80 columns, from the same tables that the parser, oddities, faults and the built-in
 * rule work with, so that it can't promise something else.
 */
#include "help.h"

#include "fate.h"
#include "fault.h"
#include "memory.h"
#include "oddity.h"
#include "options.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 79, INDENT = 28 };

static const char INTRODUCTION[] =
    "Usage: smspartner-simulator [OPTION...]\n"
    "Stands in for the multi-status request of the SMS Partner API: tells what became\n"
    "of text messages that were never sent. Prints its URL, serves until SIGTERM.\n";

static const char SCENARIO[] =
    "\nScenario: lines number,id,status,date,stop,spam[,code]; # starts a comment line.\n"
    "A message that is not listed is not found (code 4). date is epoch seconds, or\n"
    "relative to the answer: now, now-30, now+2h; empty: no date. stop and spam are\n"
    "0 (or empty), 1, or - to leave them out. code makes the item an error, with the\n"
    "status as its text. The file is read again when it changes, and on SIGHUP.\n";

static const char RULE[] =
    "\nWithout a scenario (id + digits of the number, as +33...) mod M decides; the\n"
    "first line that holds counts. Messages were sent in the hour before the start.\n";

static const char FAULTS[] =
    "\nFaults, of every request or, in a script, of one; those that don't decide the\n"
    "same thing go together, as in status=503,drip=1/20:\n";

static const char SCRIPT[] =
    "\nScript: a line for the 1st, 2nd, ... request in the order of their arrival, each\n"
    "a list of faults or ok; the last line is for all later requests too. # starts a\n"
    "comment.\n";

/* Prints `head`, then `text` beside it, broken at blanks. */
static void entry(FILE *out, const char *head, const char *text)
{
    int column = fprintf(out, "  %-*s", INDENT - 3, head) + 1;
    putc(' ', out);
    while (*text != '\0') {
        int length = (int)strcspn(text, " ");
        if (column > INDENT && column + 1 + length > WIDTH) {
            fprintf(out, "\n%*s", INDENT, "");
            column = INDENT;
        }
        column += fprintf(out, "%s%.*s", column > INDENT ? " " : "", length, text);
        text += length;
        text += strspn(text, " ");
    }
    putc('\n', out);
}

static void print_options(FILE *out)
{
    size_t count;
    const struct option_row *rows = options_table(&count);
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < count; i++) {
        char letter[] = "    ";
        if (rows[i].letter != 0)
            memcpy(letter, (char[]){'-', rows[i].letter, ',', ' '}, 4);
        const char *argument = rows[i].argument;
        char *head = memory_format("%s--%s%s%s", letter, rows[i].name, argument ? " " : "",
                                   argument ? argument : "");
        entry(out, head, rows[i].help);
        free(head);
    }
}

static void print_oddities(FILE *out)
{
    fputs("\nOddities:\n", out);
    for (size_t i = 0; i < ODD_COUNT; i++) {
        const struct oddity_row *row = &oddity_table[i];
        char *head = row->n > 0 ? memory_format("%s[=N]", row->name) : memory_copy(row->name);
        char *text =
            row->n > 0 ? memory_format("%s (%u)", row->help, row->n) : memory_copy(row->help);
        entry(out, head, text);
        free(head);
        free(text);
    }
}

static void print_faults(FILE *out)
{
    fputs(FAULTS, out);
    for (size_t i = 0; i < FAULT_COUNT; i++) {
        char *head = memory_format("%s%s", fault_table[i].name, fault_table[i].argument);
        entry(out, head, fault_table[i].help);
        free(head);
    }
}

static void print_rule(FILE *out)
{
    size_t count;
    const struct fate_rule *rules = fate_rules(&count);
    fputs(RULE, out);
    for (size_t i = 0; i < count; i++) {
        char *head = rules[i].modulus > 1
                         ? memory_format("mod %u = %u", rules[i].modulus, rules[i].rest)
                         : memory_copy("otherwise");
        entry(out, head, rules[i].help);
        free(head);
    }
}

void help_print(FILE *out)
{
    fputs(INTRODUCTION, out);
    print_options(out);
    fputs(SCENARIO, out);
    print_rule(out);
    print_oddities(out);
    print_faults(out);
    fputs(SCRIPT, out);
}
