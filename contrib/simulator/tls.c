/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that make it HTTPS. Looks at them just enough to tell a mistaken file name from a
 * certificate; whether the two belong together only the TLS library finds out.
 */
#include "tls.h"

#include "file.h"

#include <stdlib.h>
#include <string.h>

static char *read_pem(const char *path, const char *label, struct complaint *reason)
{
    char *text = file_read(path, reason);
    const char *begin = text != NULL ? strstr(text, "-----BEGIN ") : NULL;
    if (text == NULL || (begin != NULL && strstr(begin, label) != NULL))
        return text;
    complain(reason, "%s: holds no '%s' in PEM", path, label);
    free(text);
    return NULL;
}

bool tls_read(struct tls *tls, const char *certificate, const char *key, struct complaint *reason)
{
    tls->certificate = read_pem(certificate, "CERTIFICATE-----", reason);
    if (tls->certificate != NULL)
        tls->key = read_pem(key, "PRIVATE KEY-----", reason);
    if (tls->certificate != NULL && tls->key != NULL)
        return true;
    tls_release(tls);
    return false;
}

void tls_release(struct tls *tls)
{
    free(tls->certificate);
    free(tls->key);
    *tls = (struct tls){.certificate = NULL};
}
