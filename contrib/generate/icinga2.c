/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CheckCommand for Icinga 2 and its service templates. */
#include "icinga.h"

#include <stdio.h>

static void print_string(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('"');
}

static void print_argument(const struct option_spec *spec)
{
    char name[ICINGA_NAME_SIZE], counted[4 * ICINGA_NAME_SIZE];
    enum icinga_form form = icinga_form(spec);
    if (form == ICINGA_NONE)
        return;
    icinga_var(spec, name);
    printf("    \"--%s\" = {\n", spec->name);
    if (form == ICINGA_VALUE || form == ICINGA_LIST)
        printf("      value = \"$%s$\"\n", name);
    if (form == ICINGA_LIST)
        printf("      repeat_key = true\n");
    if (form == ICINGA_FLAG || form == ICINGA_COUNTED)
        printf("      set_if = \"$%s$\"\n", name);
    if (form == ICINGA_COUNTED)
        printf("      skip_key = true\n      value = {{ %s }}\n", icinga_counted(spec, counted));
    if (form == ICINGA_ATTACHED)
        printf("      skip_key = true\n      value = \"--%s=$%s$\"\n", spec->name, name);
    printf("      description = ");
    print_string(spec->help);
    printf("\n    }\n");
}

static void print_var(const struct icinga_var *var)
{
    printf("  vars.%s = %s", var->name, var->as_list ? "[ " : "");
    for (size_t i = 0; i < ICINGA_VALUES_MAX && var->values[i]; i++) {
        printf("%s", i ? ", " : "");
        print_string(var->values[i]);
    }
    printf("%s\n", var->as_list ? " ]" : "");
}

static void print_template(const struct icinga_template *template)
{
    printf("\n// %s\ntemplate Service \"%s\" {\n", template->about, template->name);
    if (template->parent)
        printf("  import \"%s\"\n", template->parent);
    else
        printf("  check_command = \"smspartner\"\n");
    if (template->attempts)
        printf("  max_check_attempts = %d\n", template->attempts);
    if (template->interval_s)
        printf("  check_interval = %ds\n  retry_interval = %ds\n", template->interval_s,
               template->retry_s);
    for (size_t i = 0; i < ICINGA_VARS_MAX && template->vars[i].name; i++)
        print_var(&template->vars[i]);
    printf("}\n");
}

void generate_icinga2(void)
{
    printf("/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
           "/* check_smspartner_status for Icinga 2: the command, and service templates that use "
           "it. Made\n"
           " * from the plugin's table of options: don't edit, set custom variables in your "
           "services. */\n"
           "object CheckCommand \"smspartner\" {\n"
           "  command = [ PluginDir + \"/check_smspartner_status\" ]\n"
           "  // The plugin ends itself after smspartner_timeout seconds (10) and tells what it "
           "knows by then.\n"
           "  // Keep that below this limit; where it has to be longer, raise check_timeout of the "
           "service.\n"
           "  timeout = %ds\n"
           "  // The key comes from a file (smspartner_api_key_file) or from the environment, "
           "never from the\n"
           "  // arguments, which Icinga stores and shows.\n"
           "  env.SMSPARTNER_API_KEY = \"$smspartner_api_key$\"\n"
           "  vars.smspartner_api_key = \"\"\n"
           "  // Icinga logs a warning for every metric without a value.\n"
           "  vars.smspartner_perfdata = \"known\"\n"
           "  arguments = {\n",
           ICINGA_TIMEOUT_S);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        print_argument(&OPTIONS[i]);
    printf("  }\n}\n");
    for (size_t i = 0; i < ICINGA_TEMPLATE_COUNT; i++)
        print_template(&ICINGA_TEMPLATES[i]);
}
