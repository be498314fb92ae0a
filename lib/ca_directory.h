/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories of CA certificates in the form that OpenSSL looks them up in, one by one. */
#ifndef CA_DIRECTORY_H
#define CA_DIRECTORY_H

#include <stdbool.h>

/*
 * True when the directory holds at least one entry named as OpenSSL looks for it: eight lower-case
 * hexadecimal digits (a hash of the subject), a point, a number.
 */
bool ca_directory_is_hashed(const char *path);

#endif
