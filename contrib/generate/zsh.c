/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion for zsh, by its own _arguments. */
#include "generate.h"

#include "metric.h"
#include "options.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

static const char HEAD[] = "#compdef check_smspartner_status\n"
                           "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                           "# zsh completion for check_smspartner_status. Made from the table of "
                           "options by make generate.\n"
                           "\n"
                           "(( $+functions[_check_smspartner_status_batch] )) ||\n"
                           "_check_smspartner_status_batch() {\n"
                           "    _alternative 'files:file:_files' 'input:standard input:(-)'\n"
                           "}\n"
                           "\n"
                           "(( $+functions[_check_smspartner_status_timeout] )) ||\n"
                           "_check_smspartner_status_timeout() {\n"
                           "    if compset -P '*:'; then\n"
                           "        _wanted states expl 'state' compadd %s\n"
                           "    else\n"
                           "        _message 'seconds, and \\:state if you like'\n"
                           "    fi\n"
                           "}\n"
                           "\n"
                           "(( $+functions[_check_smspartner_status_section] )) ||\n"
                           "_check_smspartner_status_section() {\n"
                           "    if compset -P '*@'; then\n"
                           "        _files\n"
                           "    else\n"
                           "        _message 'section, or @file'\n"
                           "    fi\n"
                           "}\n"
                           "\n"
                           "(( $+functions[_check_smspartner_status_range] )) ||\n"
                           "_check_smspartner_status_range() {\n"
                           "    compset -P '*,'\n"
                           "    if compset -P '*='; then\n"
                           "        _message 'range, such as 10, 90\\: or 5%%'\n"
                           "        return\n"
                           "    fi\n"
                           "    local -a metrics=(\n";

static const char MIDDLE[] = "    )\n"
                             "    _describe -t metrics 'metric' metrics -S =\n"
                             "}\n"
                             "\n"
                             "_arguments -s -S";

/* Up to the first full stop, with what ' and [] mean to _arguments taken from them. */
static void write_description(const char *help)
{
    size_t length = first_sentence(help);
    if (length > 0 && help[length - 1] == '.')
        length--;
    for (size_t i = 0; i < length; i++) {
        if (help[i] == '\'')
            printf("'\\'");
        else if (help[i] == '[' || help[i] == ']' || help[i] == '\\')
            printf("\\");
        printf("%c", help[i]);
    }
}

static void write_action(const struct option_spec *spec)
{
    static const char *const actions[] = {
        [VALUE_ANY] = " ",
        [VALUE_FILE] = "_files",
        [VALUE_BATCH] = "_check_smspartner_status_batch",
        [VALUE_WORD] = "",
        [VALUE_RANGE] = "_check_smspartner_status_range",
        [VALUE_ZONE] = "_time_zone",
        [VALUE_TIMEOUT] = "_check_smspartner_status_timeout",
        [VALUE_SECTION] = "_check_smspartner_status_section",
    };
    const char *words = NULL;
    enum value_kind kind = value_kind(spec, &words);
    printf(":");
    for (const char *c = spec->argument; *c; c++)
        printf("%s%c", *c == ':' ? "\\" : "", *c);
    if (kind == VALUE_WORD)
        printf(":(%s)", words);
    else
        printf(":%s", actions[kind]);
}

/* Each is excluded once given, unless it may be repeated. */
static void write_option(const struct option_spec *spec)
{
    const char *value = !spec->argument                                   ? ""
                        : strcmp(spec->argument, "[SECTION][@FILE]") == 0 ? "=-"
                                                                          : "=";
    printf(" \\\n    '");
    if (spec->flags & OPTION_REPEATS)
        printf("*");
    else if (spec->letter)
        printf("(-%c --%s)", spec->letter, spec->name);
    if (spec->letter)
        printf("'{-%c%s,--%s%s}'[", spec->letter, spec->argument ? "+" : "", spec->name, value);
    else
        printf("--%s%s[", spec->name, value);
    write_description(spec->help);
    printf("]");
    if (value[0] == '=' && value[1] == '-')
        printf(":");
    if (spec->argument)
        write_action(spec);
    printf("'");
}

void generate_zsh(void)
{
    printf(HEAD, STATE_WORDS);
    for (int id = 0; id < METRICS; id++)
        printf("        '%s:%s'\n", metric_spec((enum metric_id)id)->name,
               metric_spec((enum metric_id)id)->meaning);
    fputs(MIDDLE, stdout);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        write_option(&OPTIONS[i]);
    printf("\n");
}
