/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for yajl, which doesn't check what malloc gives it: where there is none, control leaves
 * yajl by a jump to json_memory_run(), and all that it had is freed at once.
 */
#ifndef JSON_MEMORY_H
#define JSON_MEMORY_H

#include <setjmp.h>
#include <stdbool.h>
#include <yajl/yajl_common.h>

struct json_block;

/* Owned by the caller, who may not move it: init, use, release. */
struct json_memory {
    yajl_alloc_funcs functions; /* for yajl_alloc and yajl_gen_alloc */
    struct json_block *blocks;  /* all that yajl has, linked both ways */
    jmp_buf way_out;
    bool is_out; /* out of memory: what yajl made with it must not be touched any more */
};

void json_memory_init(struct json_memory *memory);

/* Frees all that yajl has; yajl_free and yajl_gen_free aren't needed. Leaves it as after init. */
void json_memory_release(struct json_memory *memory);

/*
 * Runs step(context), the only place where yajl functions that use this memory may be called. False
 * when memory ran out, now or in an earlier step, which then was left in the middle: step must hold
 * nothing of its own while it is in yajl.
 */
bool json_memory_run(struct json_memory *memory, void (*step)(void *context), void *context);

#endif
