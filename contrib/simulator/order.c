/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Order and number of the items. Nothing says that the service answers in the order of the request,
 * once per message, so that oddities may change all of it; always alike for the same seed.
 */
#include "order.h"

#include "memory.h"

#include <stdint.h>

/* The next of a fixed sequence of numbers (a linear congruential generator, upper bits). */
static uint64_t draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void shuffle(size_t *items, size_t length, uint64_t seed)
{
    uint64_t state = seed;
    draw(&state);
    for (size_t i = length; i > 1; i--) {
        size_t other = (size_t)(draw(&state) % i);
        size_t held = items[i - 1];
        items[i - 1] = items[other];
        items[other] = held;
    }
}

static bool every(unsigned n, size_t place)
{
    return n > 0 && (place + 1) % n == 0;
}

size_t *order_make(const struct options *options, size_t asked, size_t *length)
{
    const unsigned *n = options->odd.n;
    size_t *items = memory_get((2 * asked + n[ODD_UNASKED]) * sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < asked && !odd(options, ODD_EMPTY_LIST); i++) {
        if (every(n[ODD_MISSING], i))
            continue;
        items[count++] = i;
        if (every(n[ODD_DOUBLED], i))
            items[count++] = i;
    }
    for (size_t i = 0; i < n[ODD_UNASKED]; i++)
        items[count++] = asked + i;
    if (odd(options, ODD_SHUFFLE))
        shuffle(items, count, options->seed);
    *length = count;
    return items;
}
