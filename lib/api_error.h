/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The provider's codes, as they are meant on a status request. */
#ifndef API_ERROR_H
#define API_ERROR_H

#include "failure.h"

#include <stdbool.h>

enum { API_CODE_FINE = 200, API_CODE_RATE_LIMIT = 429 };

/* How a request failed that got this code for an answer as a whole. Not for API_CODE_FINE. */
enum failure_class api_error_class(int code);

/* What the person on call should do about it, or NULL. */
const char *api_error_remedy(int code);

/* True for the codes of an item whose number and id name no message. */
bool api_error_is_not_found(int code);

#endif
