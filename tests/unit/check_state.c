/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four states: their names, the words for them on the command line, and which is worse. */
#include "state.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *text;
    enum state state;
} WORDS[] = {
    {"ok", STATE_OK},
    {"OK", STATE_OK},
    {"warning", STATE_WARNING},
    {"Warning", STATE_WARNING},
    {"critical", STATE_CRITICAL},
    {"CRITICAL", STATE_CRITICAL},
    {"unknown", STATE_UNKNOWN},
    {"uNKNOWN", STATE_UNKNOWN},
    {"0", STATE_OK},
    {"1", STATE_WARNING},
    {"2", STATE_CRITICAL},
    {"3", STATE_UNKNOWN},
};

START_TEST(reads_words_and_digits)
{
    enum state state = STATES;
    ck_assert_msg(state_parse(WORDS[_i].text, strlen(WORDS[_i].text), &state),
                  "%s: expected a state", WORDS[_i].text);
    ck_assert_msg(state == WORDS[_i].state, "%s: expected %d, got %d", WORDS[_i].text,
                  (int)WORDS[_i].state, (int)state);
}
END_TEST

static const char *const NO_STATES[] = {"",   " ",  "o",  "okay", "warn", "crit", "4",
                                        "-1", "00", "01", "ok ",  " ok",  "3.0",  "none"};

START_TEST(refuses_other_words)
{
    enum state state = STATES;
    ck_assert_msg(!state_parse(NO_STATES[_i], strlen(NO_STATES[_i]), &state),
                  "'%s': expected no state", NO_STATES[_i]);
    ck_assert_int_eq((int)state, STATES);
}
END_TEST

START_TEST(values_are_the_exit_codes)
{
    ck_assert_int_eq((int)STATE_OK, 0);
    ck_assert_int_eq((int)STATE_WARNING, 1);
    ck_assert_int_eq((int)STATE_CRITICAL, 2);
    ck_assert_int_eq((int)STATE_UNKNOWN, 3);
    ck_assert_str_eq(state_name(STATE_OK), "OK");
    ck_assert_str_eq(state_name(STATE_WARNING), "WARNING");
    ck_assert_str_eq(state_name(STATE_CRITICAL), "CRITICAL");
    ck_assert_str_eq(state_name(STATE_UNKNOWN), "UNKNOWN");
}
END_TEST

/* OK < UNKNOWN < WARNING < CRITICAL, whichever comes first. */
START_TEST(the_worst_wins)
{
    static const enum state order[] = {STATE_OK, STATE_UNKNOWN, STATE_WARNING, STATE_CRITICAL};
    for (int a = 0; a < COUNT_OF(order); a++)
        for (int b = 0; b < COUNT_OF(order); b++) {
            enum state got = state_worst(order[a], order[b]), expected = order[a > b ? a : b];
            ck_assert_msg(got == expected, "%s and %s: expected %s, got %s", state_name(order[a]),
                          state_name(order[b]), state_name(expected), state_name(got));
        }
}
END_TEST

Suite *state_suite(void)
{
    Suite *suite = suite_create("state");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, values_are_the_exit_codes);
    tcase_add_loop_test(core, reads_words_and_digits, 0, COUNT_OF(WORDS));
    tcase_add_test(core, the_worst_wins);
    tcase_add_loop_test(limits, refuses_other_words, 0, COUNT_OF(NO_STATES));
    return suite;
}
