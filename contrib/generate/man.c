/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of options and of metrics in the manual page, in mdoc(7). */
#include "generate.h"

#include "buf.h"
#include "help.h"
#include "metric.h"
#include "options.h"
#include "values.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const size_t PIECE_MAX = 4096;

static const char HEAD[] = ".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n"
                           ".\\\" Made from the plugin's tables by make generate.\n";

/* As text of a page: a dash that joins no words is the one of the keyboard. */
static void escape(struct buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-' && (i == 0 || !isalnum((unsigned char)text[i - 1])))
            buf_add_string(out, "\\-");
        else if (text[i] == '\\')
            buf_add_string(out, "\\e");
        else
            buf_add(out, text + i, 1);
    }
}

/* Each sentence begins on a line of its own, as mdoc wants it. */
static void write_text(const char *text)
{
    while (*text) {
        struct buf sentence, wrapped;
        size_t length = first_sentence(text);
        buf_init(&sentence, PIECE_MAX);
        buf_init(&wrapped, PIECE_MAX);
        escape(&sentence, text, length);
        help_wrap(&wrapped, sentence.data, 0, 0);
        fputs(wrapped.data, stdout);
        buf_release(&sentence);
        buf_release(&wrapped);
        text += length;
        text += strspn(text, " ");
    }
}

static void write_option(const struct option_spec *spec)
{
    printf(".It ");
    if (spec->letter)
        printf("Fl %c%s%s , ", spec->letter, spec->argument ? " Ar " : "",
               spec->argument ? spec->argument : "");
    printf("Fl \\-%s", spec->name);
    if (spec->argument)
        printf(" Ns = Ns Ar %s", spec->argument);
    printf("\n");
    write_text(spec->help);
}

void generate_man_options(void)
{
    fputs(HEAD, stdout);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (OPTIONS[i].heading)
            printf("%s.Ss %s\n.Bl -tag -width Ds\n", i > 0 ? ".El\n" : "", OPTIONS[i].heading);
        write_option(&OPTIONS[i]);
    }
    printf(".El\n");
}

void generate_man_metrics(void)
{
    fputs(HEAD, stdout);
    printf(".Bl -tag -width \"delivered_ratio (%%)\"\n");
    for (int id = 0; id < METRICS; id++) {
        const struct metric_spec *spec = metric_spec((enum metric_id)id);
        const char *unit = metric_unit_text(spec->unit);
        printf(".It Cm %s%s%s\n", spec->name, unit[0] ? " Pq " : "", unit);
        write_text(spec->meaning);
    }
    printf(".El\n");
}
