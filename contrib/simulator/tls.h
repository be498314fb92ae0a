/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_TLS_H
#define SIMULATOR_TLS_H

#include "complaint.h"

/* A certificate (or a chain of them) and its key, both in PEM. */
struct tls {
    char *certificate;
    char *key;
};

/* Reads both files. False, with the reason, when one is not to be had or not what it should be. */
bool tls_read(struct tls *tls, const char *certificate, const char *key, struct complaint *reason);

void tls_release(struct tls *tls);

#endif
