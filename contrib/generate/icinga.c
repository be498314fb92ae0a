/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See icinga.h. */
#include "icinga.h"

#include <stdio.h>
#include <string.h>

const int ICINGA_TIMEOUT_S = 60;

/* Limits of failed_ratio, not the plugin's defaults 95: and 90:, since Icinga drops ranges that are
 * no plain number from performance data; ~: puts the defaults out of force. */
const struct icinga_template ICINGA_TEMPLATES[] = {
    {"smspartner",
     NULL,
     "Delivery of text messages. The key is in a file that only Icinga's user can read.",
     300,
     60,
     3,
     {{"smspartner_api_key_file", false, {"/etc/smspartner.key"}},
      {"smspartner_warning", true, {"~:", "failed_ratio=5"}},
      {"smspartner_critical", true, {"~:", "failed_ratio=10"}}}},
    {"smspartner-otp",
     "smspartner",
     "One-time passwords: worthless after minutes.",
     60,
     30,
     0,
     {{"smspartner_grace", false, {"5m"}},
      {"smspartner_warning", true, {"~:", "failed_ratio=5", "latency_p95=30"}},
      {"smspartner_critical", true, {"~:", "failed_ratio=15"}}}},
    {"smspartner-campaign",
     "smspartner",
     "Campaigns: operators may take two days.",
     0,
     0,
     0,
     {{"smspartner_grace", false, {"48h"}},
      {"smspartner_critical", true, {"~:", "failed_ratio=10", "overdue=5%"}}}},
};

const size_t ICINGA_TEMPLATE_COUNT = sizeof ICINGA_TEMPLATES / sizeof ICINGA_TEMPLATES[0];

enum icinga_form icinga_form(const struct option_spec *spec)
{
    if (spec->flags & OPTION_SECRET)
        return ICINGA_NONE;
    if (!spec->argument)
        return spec->flags & OPTION_REPEATS ? ICINGA_COUNTED : ICINGA_FLAG;
    if (spec->argument[0] == '[' && !(spec->flags & OPTION_REPEATS))
        return ICINGA_ATTACHED;
    return spec->flags & OPTION_REPEATS ? ICINGA_LIST : ICINGA_VALUE;
}

const char *icinga_var(const struct option_spec *spec, char name[ICINGA_NAME_SIZE])
{
    snprintf(name, ICINGA_NAME_SIZE, "smspartner_%s", spec->name);
    for (char *dash = name; (dash = strchr(dash, '-')) != NULL;)
        *dash = '_';
    return name;
}

const char *icinga_counted(const struct option_spec *spec, char text[4 * ICINGA_NAME_SIZE])
{
    char name[ICINGA_NAME_SIZE];
    char c = spec->letter;
    snprintf(text, 4 * (size_t)ICINGA_NAME_SIZE, "\"-\" + \"%c%c%c\".substr(0, macro(\"$%s$\"))", c,
             c, c, icinga_var(spec, name));
    return text;
}
