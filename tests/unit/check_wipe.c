/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wiping: every byte asked for and no other. */
#include "suites.h"
#include "support.h"
#include "wipe.h"

#include <string.h>

START_TEST(wipes_what_it_is_given)
{
    for (size_t length = 0; length <= 62; length++) {
        char memory[64];
        memset(memory, 'x', sizeof memory);
        wipe(memory + 1, length);
        ck_assert_msg(memory[0] == 'x' && memory[length + 1] == 'x',
                      "%zu bytes: a neighbour was touched", length);
        for (size_t i = 1; i <= length; i++)
            ck_assert_msg(memory[i] == '\0', "%zu bytes: byte %zu is left", length, i);
    }
}
END_TEST

Suite *wipe_suite(void)
{
    Suite *suite = suite_create("wipe");
    TCase *core = add_case(suite, "core");
    tcase_add_test(core, wipes_what_it_is_given);
    return suite;
}
