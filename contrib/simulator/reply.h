/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_REPLY_H
#define SIMULATOR_REPLY_H

#include "answer.h"
#include "fault.h"
#include "halt.h"

#include <microhttpd.h>

/* Hands an answer to libmicrohttpd, to be sent as the faults want; empties it. `halt` is borrowed
 * until it is sent. */
enum MHD_Result reply_send(struct MHD_Connection *connection, struct answer *answer,
                           const struct faults *faults, const struct halt *halt);

#endif
