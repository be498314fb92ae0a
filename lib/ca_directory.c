/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks into a directory of CA certificates; see ca_directory.h. */
#include "ca_directory.h"

#include <dirent.h>
#include <string.h>

enum { HASH_DIGITS = 8 };

static bool is_hashed_name(const char *name)
{
    if (strspn(name, "0123456789abcdef") != HASH_DIGITS || name[HASH_DIGITS] != '.')
        return false;
    const char *number = name + HASH_DIGITS + 1;
    size_t digits = strspn(number, "0123456789");
    return digits > 0 && number[digits] == '\0';
}

bool ca_directory_is_hashed(const char *path)
{
    const struct dirent *entry = NULL;
    bool found = false;
    DIR *directory = opendir(path);
    if (!directory)
        return false;
    /* Nobody else uses this stream. NOLINTNEXTLINE(concurrency-mt-unsafe) */
    while (!found && (entry = readdir(directory)) != NULL)
        found = is_hashed_name(entry->d_name);
    closedir(directory);
    return found;
}
