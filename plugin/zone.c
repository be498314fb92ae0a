/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones by name; see zone.h. */
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Known without a database, which small containers lack. */
static bool is_utc(const char *name)
{
    return strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0 || strcmp(name, "GMT") == 0;
}

static bool is_zone_file(const char *folder, const char *name)
{
    char path[512], magic[4] = "";
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || length >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool fine =
        fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
    fclose(file);
    return fine;
}

bool zone_exists(const char *name)
{
    static const char *const folders[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                          "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};
    const char *set = getenv("TZDIR");
    if (is_utc(name))
        return true;
    if (name[0] == '\0' || name[0] == '/' || strstr(name, ".."))
        return false;
    if (set && is_zone_file(set, name))
        return true;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (is_zone_file(folders[i], name))
            return true;
    return false;
}

bool zone_set(const char *name)
{
    if (setenv("TZ", is_utc(name) ? "UTC0" : name, 1) != 0)
        return false;
    tzset();
    return true;
}
