/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Usage and help; see help.h. */
#include "help.h"

#include "metric.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 79, OPTION_INDENT = 6, METRIC_INDENT = 18 };

void help_wrap(struct buf *out, const char *text, size_t at, size_t indent)
{
    bool at_start = true;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (!at_start && at + 1 + word > WIDTH) {
            buf_addf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!at_start) {
            buf_add_string(out, " ");
            at++;
        }
        buf_add(out, text, word);
        at += word;
        text += word;
        text += strspn(text, " ");
        at_start = false;
    }
    buf_add_string(out, "\n");
}

void help_version(struct buf *out)
{
    buf_add_string(out, PACKAGE_NAME " " PACKAGE_VERSION "\n");
}

/* -b FILE | -m PHONE:ID[:SENT] [-k FILE] ...: every option once, by its letter where it has one. */
void help_usage(struct buf *out)
{
    char item[64], all[2048] = "";
    size_t used = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_spec *spec = &OPTIONS[i];
        char letter[2] = {spec->letter, '\0'};
        snprintf(item, sizeof item, "[%s%s%s%s] ", spec->letter ? "-" : "--",
                 spec->letter ? letter : spec->name, spec->argument ? "\1" : "",
                 spec->argument ? spec->argument : "");
        used += (size_t)snprintf(all + used, sizeof all - used, "%s", item);
    }
    struct buf wrapped;
    buf_init(&wrapped, sizeof all * 2);
    help_wrap(&wrapped, all, strlen("Usage: " PACKAGE_NAME " "), 7);
    for (size_t i = 0; i < wrapped.length; i++)
        if (wrapped.data[i] == '\1')
            wrapped.data[i] = ' ';
    buf_add_string(out, "Usage: " PACKAGE_NAME " ");
    buf_add(out, wrapped.data, wrapped.length);
    buf_add_string(out, "       " PACKAGE_NAME " --help tells more.\n");
    buf_release(&wrapped);
}

static void write_option(struct buf *out, const struct option_spec *spec)
{
    if (spec->heading)
        buf_addf(out, "\n%s:\n", spec->heading);
    if (spec->letter)
        buf_addf(out, " -%c, ", spec->letter);
    else
        buf_add_string(out, " ");
    buf_addf(out, "--%s%s%s\n%*s", spec->name, spec->argument ? "=" : "",
             spec->argument ? spec->argument : "", OPTION_INDENT, "");
    help_wrap(out, spec->help, OPTION_INDENT, OPTION_INDENT);
}

static void write_metrics(struct buf *out)
{
    buf_add_string(out, "\nMETRIC is one of:\n");
    for (int id = 0; id < METRICS; id++) {
        const struct metric_spec *spec = metric_spec((enum metric_id)id);
        buf_addf(out, "  %-*s", METRIC_INDENT - 2, spec->name);
        help_wrap(out, spec->meaning, METRIC_INDENT, METRIC_INDENT);
    }
}

void help_full(struct buf *out)
{
    help_version(out);
    buf_add_string(
        out, "Monitors whether SMS sent through SMS Partner arrive: asks the Bulk Status API\n"
             "about a batch of messages and judges how many were delivered.\n\n"
             "Usage: " PACKAGE_NAME " -b FILE -k FILE [OPTION]...\n"
             "       " PACKAGE_NAME " -m PHONE:ID[:SENT] -k FILE [OPTION]...\n");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        write_option(out, &OPTIONS[i]);
    write_metrics(out);
    buf_add_string(
        out, "\nRANGE is [@][start:][end] as in the Monitoring Plugins guidelines: 10 alerts\n"
             "outside of 0 to 10, 10: below 10, ~:10 above 10, 10:20 outside, @10:20 inside.\n"
             "With a percent sign, counts are judged as a share of all messages: overdue=5%.\n"
             "Giving a metric a range replaces its default for that level; stop=~: never\n"
             "alerts.\n"
             "\nDURATION is a number with s, m, h or d; seconds without a unit.\n"
             "STATE is ok, warning, critical, unknown, or 0 to 3.\n"
             "\nExit states: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (also for usage errors, help\n"
             "and version). When several apply, the worst is taken: OK < UNKNOWN < WARNING <\n"
             "CRITICAL.\n"
             "\nExamples:\n"
             "  " PACKAGE_NAME " -b sent.csv -k /etc/smspartner.key\n"
             "  " PACKAGE_NAME " -b otp.csv -k KEYFILE --since 15m -g 5m -c 80: -w 90:\n"
             "  psql -AtF, -c 'SELECT phone, message_id, sent_at FROM sms' |\n"
             "      " PACKAGE_NAME " -b - -k KEYFILE -w '~:' -c '~:' \\\n"
             "      -c failed_ratio=10\n");
}
