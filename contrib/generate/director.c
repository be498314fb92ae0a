/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A basket for Icinga Director: command, data fields and service templates. Director's commands
 * know no environment, so the key comes from a file. */
#include "icinga.h"

#include <stdio.h>
#include <string.h>
#include <yajl/yajl_gen.h>

static void text(yajl_gen json, const char *string)
{
    yajl_gen_string(json, (const unsigned char *)string, strlen(string));
}

static void pair(yajl_gen json, const char *name, const char *value)
{
    text(json, name);
    text(json, value);
}

static void null_pair(yajl_gen json, const char *name)
{
    text(json, name);
    yajl_gen_null(json);
}

static void number_pair(yajl_gen json, const char *name, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    pair(json, name, digits);
}

static void open_map(yajl_gen json, const char *name)
{
    text(json, name);
    yajl_gen_map_open(json);
}

static bool is_field(const struct option_spec *spec)
{
    return icinga_form(spec) != ICINGA_NONE;
}

static void put_argument(yajl_gen json, const struct option_spec *spec)
{
    char name[ICINGA_NAME_SIZE], macro[2 * ICINGA_NAME_SIZE], counted[4 * ICINGA_NAME_SIZE];
    enum icinga_form form = icinga_form(spec);
    snprintf(macro, sizeof macro, "--%s", spec->name);
    open_map(json, macro);
    pair(json, "description", spec->help);
    if (form == ICINGA_COUNTED || form == ICINGA_ATTACHED) {
        text(json, "skip_key");
        yajl_gen_bool(json, true);
    }
    if (form == ICINGA_LIST) {
        text(json, "repeat_key");
        yajl_gen_bool(json, true);
    }
    snprintf(macro, sizeof macro, "%s%s%s$%s$", form == ICINGA_ATTACHED ? "--" : "",
             form == ICINGA_ATTACHED ? spec->name : "", form == ICINGA_ATTACHED ? "=" : "",
             icinga_var(spec, name));
    if (form == ICINGA_COUNTED) {
        open_map(json, "value");
        pair(json, "type", "Function");
        pair(json, "body", icinga_counted(spec, counted));
        yajl_gen_map_close(json);
    }
    pair(json, form == ICINGA_FLAG || form == ICINGA_COUNTED ? "set_if" : "value", macro);
    yajl_gen_map_close(json);
}

/* The field's number is its row's in the table of options. */
static void put_field_links(yajl_gen json)
{
    text(json, "fields");
    yajl_gen_array_open(json);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!is_field(&OPTIONS[i]))
            continue;
        yajl_gen_map_open(json);
        text(json, "datafield_id");
        yajl_gen_integer(json, (long long)i + 1);
        pair(json, "is_required", "n");
        null_pair(json, "var_filter");
        yajl_gen_map_close(json);
    }
    yajl_gen_array_close(json);
}

static void put_command(yajl_gen json)
{
    open_map(json, "Command");
    open_map(json, "smspartner");
    pair(json, "object_name", "smspartner");
    pair(json, "object_type", "object");
    pair(json, "command", "check_smspartner_status");
    pair(json, "methods_execute", "PluginCheck");
    number_pair(json, "timeout", ICINGA_TIMEOUT_S);
    open_map(json, "arguments");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (is_field(&OPTIONS[i]))
            put_argument(json, &OPTIONS[i]);
    yajl_gen_map_close(json);
    put_field_links(json);
    open_map(json, "vars");
    pair(json, "smspartner_perfdata", "known");
    yajl_gen_map_close(json);
    yajl_gen_map_close(json);
    yajl_gen_map_close(json);
}

/* The heading of the group that row i belongs to, without what is said in brackets. */
static const char *category(size_t i, char name[ICINGA_NAME_SIZE])
{
    while (!OPTIONS[i].heading)
        i--;
    const char *heading = OPTIONS[i].heading;
    snprintf(name, ICINGA_NAME_SIZE, "SMS Partner: %.*s", (int)strcspn(heading, "("), heading);
    for (size_t end = strlen(name); name[end - 1] == ' '; end--)
        name[end - 1] = '\0';
    return name;
}

static void put_categories(yajl_gen json)
{
    char name[ICINGA_NAME_SIZE];
    open_map(json, "DatafieldCategory");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!OPTIONS[i].heading)
            continue;
        open_map(json, category(i, name));
        pair(json, "category_name", name);
        null_pair(json, "description");
        yajl_gen_map_close(json);
    }
    yajl_gen_map_close(json);
}

static void put_data_type(yajl_gen json, enum icinga_form form)
{
    char name[ICINGA_NAME_SIZE];
    const char *type = form == ICINGA_FLAG      ? "Boolean"
                       : form == ICINGA_LIST    ? "Array"
                       : form == ICINGA_COUNTED ? "Number"
                                                : "String";
    snprintf(name, sizeof name, "Icinga\\Module\\Director\\DataType\\DataType%s", type);
    pair(json, "datatype", name);
    null_pair(json, "format");
    open_map(json, "settings");
    if (form == ICINGA_VALUE || form == ICINGA_ATTACHED)
        pair(json, "visibility", "visible");
    yajl_gen_map_close(json);
}

static void put_field(yajl_gen json, size_t i)
{
    const struct option_spec *spec = &OPTIONS[i];
    char name[ICINGA_NAME_SIZE];
    snprintf(name, sizeof name, "%zu", i + 1);
    open_map(json, name);
    pair(json, "varname", icinga_var(spec, name));
    snprintf(name, sizeof name, "--%s%s%s", spec->name, spec->argument ? " " : "",
             spec->argument ? spec->argument : "");
    pair(json, "caption", name);
    pair(json, "description", spec->help);
    put_data_type(json, icinga_form(spec));
    pair(json, "category", category(i, name));
    yajl_gen_map_close(json);
}

static void put_fields(yajl_gen json)
{
    open_map(json, "Datafield");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (is_field(&OPTIONS[i]))
            put_field(json, i);
    yajl_gen_map_close(json);
}

static void put_var(yajl_gen json, const struct icinga_var *var)
{
    text(json, var->name);
    if (var->as_list)
        yajl_gen_array_open(json);
    for (size_t i = 0; i < ICINGA_VALUES_MAX && var->values[i]; i++)
        text(json, var->values[i]);
    if (var->as_list)
        yajl_gen_array_close(json);
}

static void put_template(yajl_gen json, const struct icinga_template *template)
{
    open_map(json, template->name);
    pair(json, "object_name", template->name);
    pair(json, "object_type", "template");
    text(json, "imports");
    yajl_gen_array_open(json);
    if (template->parent)
        text(json, template->parent);
    yajl_gen_array_close(json);
    if (!template->parent)
        pair(json, "check_command", "smspartner");
    if (template->attempts)
        number_pair(json, "max_check_attempts", template->attempts);
    if (template->interval_s) {
        number_pair(json, "check_interval", template->interval_s);
        number_pair(json, "retry_interval", template->retry_s);
    }
    open_map(json, "vars");
    for (size_t i = 0; i < ICINGA_VARS_MAX && template->vars[i].name; i++)
        put_var(json, &template->vars[i]);
    yajl_gen_map_close(json);
    yajl_gen_map_close(json);
}

void generate_director(void)
{
    const unsigned char *buffer = NULL;
    size_t length = 0;
    yajl_gen json = yajl_gen_alloc(NULL);
    if (!json)
        return;
    yajl_gen_config(json, yajl_gen_beautify, 1);
    yajl_gen_map_open(json);
    put_command(json);
    put_categories(json);
    put_fields(json);
    open_map(json, "ServiceTemplate");
    for (size_t i = 0; i < ICINGA_TEMPLATE_COUNT; i++)
        put_template(json, &ICINGA_TEMPLATES[i]);
    yajl_gen_map_close(json);
    yajl_gen_map_close(json);
    yajl_gen_get_buf(json, &buffer, &length);
    fwrite(buffer, 1, length, stdout);
    yajl_gen_free(json);
}
