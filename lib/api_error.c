/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's codes; see api_error.h. From the Bulk Status, Single Status and Error Codes pages
 * of docpartner.dev. Codes are reused per endpoint: these are for status requests.
 */
#include "api_error.h"

#include <stddef.h>

struct known_code {
    int code;
    enum failure_class class;
    const char *remedy;
};

static const struct known_code CODES[] = {
    {1, FAILURE_REQUEST, "give the API key (--api-key-file)"},
    {2, FAILURE_REQUEST, NULL},
    {3, FAILURE_REQUEST, NULL},
    {5, FAILURE_REQUEST, NULL},
    {6, FAILURE_REQUEST, NULL},
    {9, FAILURE_REQUEST, NULL},
    {10, FAILURE_REQUEST, "check the API key"},
    {11, FAILURE_ACCOUNT, "buy credit"},
    {20, FAILURE_ACCOUNT, "the account is disabled: contact the provider"},
    {30, FAILURE_ACCOUNT, "the account is blocked: contact the provider"},
    {40, FAILURE_REQUEST, "allow API access in the account"},
    {50, FAILURE_REQUEST, NULL},
    {90, FAILURE_REQUEST, NULL},
    {96, FAILURE_REQUEST, "add this machine's address to the account's list of allowed addresses"},
    {API_CODE_RATE_LIMIT, FAILURE_UNREACHABLE, "too many requests: check less often"},
};

static const struct known_code *find(int code)
{
    for (size_t i = 0; i < sizeof CODES / sizeof CODES[0]; i++)
        if (CODES[i].code == code)
            return &CODES[i];
    return NULL;
}

enum failure_class api_error_class(int code)
{
    const struct known_code *known = find(code);
    return known ? known->class : FAILURE_REQUEST;
}

const char *api_error_remedy(int code)
{
    const struct known_code *known = find(code);
    return known ? known->remedy : NULL;
}

bool api_error_is_not_found(int code)
{
    return code == 4 || code == 2 || code == 3 || code == 6 || code == 9;
}
