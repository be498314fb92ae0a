/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIMULATOR_ENDPOINT_H
#define SIMULATOR_ENDPOINT_H

#include "answer.h"
#include "options.h"
#include "request.h"
#include "watch.h"

#include <stdint.h>

/* What multi-status answers from; all of it borrowed. */
struct endpoint {
    const struct options *options;
    struct watch *watch; /* NULL: the built-in rule */
    int64_t start;       /* epoch seconds of the program's start */
};

/* Judges a request and answers it. */
struct answer endpoint_answer(const struct endpoint *endpoint, const struct request *request);

/* The format a request is answered in. */
enum format endpoint_format(const struct endpoint *endpoint, const struct request *request);

bool endpoint_accepts_key(const struct endpoint *endpoint, const struct request *request);

#endif
