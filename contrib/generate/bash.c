/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion for bash, 3.2 or later; it needs nothing of the package bash-completion. */
#include "generate.h"

#include "metric.h"
#include "options.h"
#include "values.h"

#include <stdio.h>

static const char HEAD[] =
    "# SPDX-License-Identifier: GPL-3.0-or-later\n"
    "# shellcheck shell=bash\n"
    "# bash completion for check_smspartner_status. Made from the table of options by make "
    "generate.\n"
    "\n"
    "# Each candidate is offered as what bash takes for the current word: it cuts behind = and :, "
    "and before @.\n"
    "_check_smspartner_status_offer()\n"
    "{\n"
    "    local before=$1 candidate mark head cut=''\n"
    "    for mark in = : @; do\n"
    "        if [[ $COMP_WORDBREAKS == *$mark* && $2 == *$mark* ]]; then\n"
    "            head=${2%\"$mark\"*}${mark#@}\n"
    "            ((${#head} > ${#cut})) && cut=$head\n"
    "        fi\n"
    "    done\n"
    "    while IFS= read -r candidate; do\n"
    "        candidate=$before$candidate\n"
    "        COMPREPLY+=(\"${candidate#\"$cut\"}\")\n"
    "    done\n"
    "}\n"
    "\n"
    "_check_smspartner_status_zones()\n"
    "{\n"
    "    echo UTC\n"
    "    while read -r _ _ zone _; do\n"
    "        case $zone in */*) echo \"$zone\" ;; esac\n"
    "    done 2>/dev/null </usr/share/zoneinfo/zone.tab\n"
    "}\n"
    "\n"
    "_check_smspartner_status()\n"
    "{\n"
    "    local current='' option='' value before='' i glue='^[=:@]+$'\n"
    "    COMPREPLY=()\n"
    "    for ((i = 0; i <= COMP_CWORD; i++)); do\n"
    "        if [[ $i -gt 1 && (${COMP_WORDS[i]} =~ $glue || ${COMP_WORDS[i - 1]} =~ $glue) ]]; "
    "then\n"
    "            current+=${COMP_WORDS[i]}\n"
    "        else\n"
    "            option=$current current=${COMP_WORDS[i]}\n"
    "        fi\n"
    "    done\n"
    "    value=$current\n"
    "    if [[ $current == --*=* ]]; then\n"
    "        option=${current%%=*} value=${current#*=} before=$option=\n"
    "    fi\n"
    "    local -a metrics=(\n";

static const char MIDDLE[] = "    )\n"
                             "    case $option in\n";

static const char TAIL[] = "    esac\n"
                           "}\n"
                           "complete -F _check_smspartner_status check_smspartner_status\n";

static void write_names(const struct option_spec *spec, const char *between)
{
    if (spec->letter)
        printf("-%c%s", spec->letter, between);
    printf("--%s", spec->name);
}

/* What compgen is asked for, with what stands before the value. */
static void write_offer(const char *before, const char *what, const char *of)
{
    printf("        _check_smspartner_status_offer \"%s\" \"$current\" < <(compgen %s -- \"%s\")\n",
           before, what, of);
}

static void write_words(const char *before, const char *words, const char *of)
{
    char what[600];
    snprintf(what, sizeof what, "-W '%s'", words);
    write_offer(before, what, of);
}

static void write_files(void)
{
    printf("        compopt -o filenames 2>/dev/null\n");
    write_offer("$before", "-f", "$value");
}

/* Behind the last comma, so that several may be given. */
static void write_metrics(void)
{
    printf("        before+=${value%%\"${value##*,}\"}\n"
           "        compopt -o nospace 2>/dev/null\n");
    write_offer("$before", "-W \"${metrics[*]}\"", "${value##*,}");
}

static void write_arm(const struct option_spec *spec)
{
    const char *words = NULL;
    enum value_kind kind = value_kind(spec, &words);
    if (!spec->argument || kind == VALUE_ANY)
        return;
    printf("    ");
    write_names(spec, " | ");
    printf(")\n");
    if (kind == VALUE_BATCH)
        write_words("$before", "-", "$value");
    if (kind == VALUE_BATCH || kind == VALUE_FILE)
        write_files();
    if (kind == VALUE_WORD)
        write_words("$before", words, "$value");
    if (kind == VALUE_ZONE)
        write_offer("$before", "-W \"$(_check_smspartner_status_zones)\"", "$value");
    if (kind == VALUE_RANGE)
        write_metrics();
    if (kind == VALUE_TIMEOUT) {
        printf("        [[ $value == *:* ]] || return 0\n");
        write_words("$before${value%%:*}:", STATE_WORDS, "${value#*:}");
    }
    if (kind == VALUE_SECTION) {
        printf("        [[ $value == *@* ]] || return 0\n");
        printf("        compopt -o nospace 2>/dev/null # filenames would quote the @\n");
        write_offer("$before${value%%@*}@", "-f", "${value#*@}");
    }
    printf("        ;;\n");
}

/* Those whose values nobody can know. */
static void write_others(void)
{
    const char *words = NULL, *between = "    ";
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].argument && value_kind(&OPTIONS[i], &words) == VALUE_ANY) {
            printf("%s", between);
            write_names(&OPTIONS[i], " | ");
            between = " | ";
        }
    printf(") ;;\n");
}

static void write_names_of_all(void)
{
    printf("    *)\n"
           "        [[ $current == -* ]] || return 0\n"
           "        _check_smspartner_status_offer '' \"$current\" < <(compgen -W '");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        printf("%s", i > 0 ? "\n            " : "");
        write_names(&OPTIONS[i], " ");
    }
    printf("' -- \"$current\")\n"
           "        ;;\n");
}

void generate_bash(void)
{
    fputs(HEAD, stdout);
    for (int id = 0; id < METRICS; id++)
        printf("        %s=\n", metric_spec((enum metric_id)id)->name);
    fputs(MIDDLE, stdout);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        write_arm(&OPTIONS[i]);
    write_others();
    write_names_of_all();
    fputs(TAIL, stdout);
}
