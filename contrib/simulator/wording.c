/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The many ways to say one thing: status words, dates and texts in every spelling seen in the
 * documentation, in clients, or in bad dreams. The time zone of local dates is set once by main.c.
 */
#define _POSIX_C_SOURCE 200809L

#include "wording.h"

#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct word {
    const char *usual;
    const char *smpp;
    const char *french;
};

/* The second column is the table of the Error Codes page, the third a guess. */
static const struct word WORDS[] = {
    {"Delivered", "DELIVRD", "Délivré"},
    {"Not delivered", "UNDELIV", "Non délivré"},
    {"Waiting", "PENDING", "En attente"},
    {"ko", "REJECTD", "Échoué"},
};

/* Everything a monitoring console should not be handed: perfdata and its separator, a second line
 * that looks like a result, markup, terminal escapes, a bell, and marks that turn text around. */
static const char HOSTILE[] = "<b onclick=\"alert(1)\">%s</b>|delivered=0;1;2\r\nOK - all is well\t"
                              "\x1b[2J\x07\x01\x7f\xc2\x85\xe2\x80\xae\xe2\x81\xa6 `id` $(id) %%s";

static char *lower_case(const char *word)
{
    char *copy = memory_copy(word);
    for (char *c = copy; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return copy;
}

/* Words that are in no table, from a scenario, stay what they are. */
static const char *translate(const struct options *options, const char *word)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcasecmp(WORDS[i].usual, word) != 0)
            continue;
        if (odd(options, ODD_SMPP))
            return WORDS[i].smpp;
        if (odd(options, ODD_FRENCH_STATUS))
            return WORDS[i].french;
    }
    return word;
}

char *wording_status(const struct options *options, const char *word)
{
    if (odd(options, ODD_LOWER_CASE))
        return lower_case(word);
    return wording_text(options, translate(options, word));
}

char *wording_text(const struct options *options, const char *text)
{
    if (odd(options, ODD_HTML_STATUS))
        return memory_format(HOSTILE, text);
    return memory_copy(text);
}

/* Local time of Paris, "YYYY-MM-DD HH:MM:SS" or with a T and the offset. */
static char *local_date(int64_t seconds, bool iso)
{
    time_t when = (time_t)seconds;
    struct tm tm;
    char text[64] = "";
    if (localtime_r(&when, &tm) != NULL)
        strftime(text, sizeof text, iso ? "%Y-%m-%dT%H:%M:%S%z" : "%Y-%m-%d %H:%M:%S", &tm);
    size_t length = strlen(text);
    if (!iso || length < 3)
        return memory_copy(text);
    return memory_format("%.*s:%s", (int)length - 2, text, text + length - 2);
}

void wording_date(struct writer *out, const struct options *options, int64_t seconds)
{
    char *text;
    if (odd(options, ODD_DATE_INT)) {
        writer_integer(out, seconds);
        return;
    }
    if (odd(options, ODD_DATE_TEXT) || odd(options, ODD_DATE_ISO))
        text = local_date(seconds, odd(options, ODD_DATE_ISO));
    else
        text = memory_format("%" PRId64 "%s", seconds, odd(options, ODD_DATE_MS) ? "000" : "");
    writer_text(out, text);
    free(text);
}
