/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the batch of the benchmark in its plainest form, one "number,id" a line. The last
 * DUPLICATES of the COUNT records repeat earlier ones, spread over all of them.
 *
 *     batch COUNT [DUPLICATES]
 */
#include "messages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    uint64_t duplicates = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    uint64_t unique = duplicates < count ? count - duplicates : 0;
    if (unique == 0) {
        fputs("usage: batch COUNT [DUPLICATES]\n", stderr);
        return 2;
    }
    for (uint64_t n = 0; n < count; n++) {
        uint64_t i = n < unique ? n : (n - unique) * 31 % unique;
        printf("+%" PRIu64 ",%" PRIu64 "\n", message_number(i), message_id(i));
    }
    return fclose(stdout) == 0 ? 0 : 1;
}
