/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_COMPLAINT_H
#define SIMULATOR_COMPLAINT_H

#include <stdbool.h>

/* Why something was refused, in words for a person; empty when nothing was. */
struct complaint {
    char text[400];
};

/* Fills the complaint (cut if too long) and gives false, to be returned at once. */
__attribute__((format(printf, 2, 3))) bool complain(struct complaint *complaint, const char *format,
                                                    ...);

#endif
