/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for yajl; see json_memory.h. */
#include "json_memory.h"

#include <stddef.h>
#include <stdlib.h>

/* Stands before each piece of memory. */
struct json_block {
    struct json_block *previous, *next;
    max_align_t memory[];
};

static struct json_block *block_of(void *memory)
{
    return (struct json_block *)((char *)memory - offsetof(struct json_block, memory));
}

static void *link_block(struct json_memory *memory, struct json_block *block)
{
    if (!block) {
        memory->is_out = true;
        longjmp(memory->way_out, 1);
    }
    block->previous = NULL;
    block->next = memory->blocks;
    if (block->next)
        block->next->previous = block;
    memory->blocks = block;
    return block->memory;
}

static void unlink_block(struct json_memory *memory, struct json_block *block)
{
    if (block->previous)
        block->previous->next = block->next;
    else
        memory->blocks = block->next;
    if (block->next)
        block->next->previous = block->previous;
}

static void *allocate(void *context, size_t size)
{
    return link_block(context, malloc(sizeof(struct json_block) + size));
}

static void deallocate(void *context, void *old)
{
    if (!old)
        return;
    unlink_block(context, block_of(old));
    free(block_of(old));
}

/* The old block stays linked until the new one is there. */
static void *reallocate(void *context, void *old, size_t size)
{
    struct json_memory *memory = context;
    if (!old)
        return allocate(memory, size);
    struct json_block *block = block_of(old);
    unlink_block(memory, block);
    struct json_block *larger = realloc(block, sizeof(struct json_block) + size);
    if (!larger)
        link_block(memory, block);
    return link_block(memory, larger);
}

void json_memory_init(struct json_memory *memory)
{
    memory->functions = (yajl_alloc_funcs){allocate, reallocate, deallocate, memory};
    memory->blocks = NULL;
    memory->is_out = false;
}

void json_memory_release(struct json_memory *memory)
{
    while (memory->blocks) {
        struct json_block *next = memory->blocks->next;
        free(memory->blocks);
        memory->blocks = next;
    }
    memory->is_out = false;
}

bool json_memory_run(struct json_memory *memory, void (*step)(void *context), void *context)
{
    if (memory->is_out)
        return false;
    if (setjmp(memory->way_out) == 0)
        step(context);
    return !memory->is_out;
}
