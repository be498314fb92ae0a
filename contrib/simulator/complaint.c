/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carries the reason of a refusal from where it is known to where it is printed. Nothing but main.c
 * and the scenario's watcher prints to standard error.
 */
#include "complaint.h"

#include <stdarg.h>
#include <stdio.h>

bool complain(struct complaint *complaint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(complaint->text, sizeof complaint->text, format, arguments);
    va_end(arguments);
    return false;
}
