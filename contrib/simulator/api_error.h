/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_API_ERROR_H
#define SIMULATOR_API_ERROR_H

#include <stdbool.h>

/* The provider's codes that the simulator gives by itself (Error Codes page). */
enum api_code {
    API_KEY_MISSING = 1,
    API_NUMBER_MISSING = 2,
    API_ID_MISSING = 3,
    API_NOT_FOUND = 4,
    API_LIST_EMPTY = 5,
    API_WRONG_FORMAT = 6,
    API_KEY_WRONG = 10,
    API_TOO_MANY = 50,
    API_BAD_JSON = 90,
    API_FINE = 200
};

/* The shapes an error was seen in, see answer.c. */
enum error_shape { SHAPE_MESSAGE, SHAPE_ERRORS, SHAPE_ERROR, SHAPE_NESTED };

/* The usual text of a code, French or English; a general one for codes that are not known. */
const char *api_error_text(int code, bool english);

/* Which part of the request a form-style error blames. */
const char *api_error_element(int code);

#endif
