/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status words and what they stand for, in any letter case. */
#include "outcome.h"
#include "suites.h"
#include "support.h"

#include <ctype.h>
#include <string.h>

static const struct {
    const char *word;
    enum outcome_kind kind;
} WORDS[] = {
    {"Delivered", OUTCOME_DELIVERED},       {"DELIVRD", OUTCOME_DELIVERED},
    {"Not delivered", OUTCOME_UNDELIVERED}, {"KO", OUTCOME_UNDELIVERED},
    {"UNDELIV", OUTCOME_UNDELIVERED},       {"EXPIRED", OUTCOME_UNDELIVERED},
    {"REJECTD", OUTCOME_UNDELIVERED},       {"Waiting", OUTCOME_WAITING},
    {"PENDING", OUTCOME_WAITING},           {"ENROUTE", OUTCOME_WAITING},
    {"ACCEPTD", OUTCOME_WAITING},           {"SENT", OUTCOME_WAITING},
};

static void expect(const char *word, enum outcome_kind kind)
{
    enum outcome_kind got = outcome_from_status(word, strlen(word));
    ck_assert_msg(got == kind, "'%s': expected %s, got %s", word, outcome_name(kind),
                  outcome_name(got));
}

START_TEST(status_words_in_every_letter_case)
{
    char lower[32] = "", upper[32] = "", mixed[32] = "";
    const char *word = WORDS[_i].word;
    for (size_t i = 0; i < strlen(word); i++) {
        lower[i] = (char)tolower((unsigned char)word[i]);
        upper[i] = (char)toupper((unsigned char)word[i]);
        mixed[i] = i % 2 ? upper[i] : lower[i];
    }
    expect(word, WORDS[_i].kind);
    expect(lower, WORDS[_i].kind);
    expect(upper, WORDS[_i].kind);
    expect(mixed, WORDS[_i].kind);
}
END_TEST

static const char *const UNKNOWN_WORDS[] = {
    "",
    "UNKNOWN",
    "Deliver",
    "Delivered!",
    "Deliveredd",
    "undelivered",
    "Not  delivered",
    "notdelivered",
    "k",
    "okay",
    "OK",
    "failed",
    "Livr\xC3\xA9",
    "Number not found",
    "Num\xC3\xA9ro introuvable",
    "En attente",
    "200",
    "true",
    "null",
    "WAITING FOR REPORT",
    "expire",
    "rejected",
    "enqueued",
};

START_TEST(other_words_are_unknown)
{
    expect(UNKNOWN_WORDS[_i], OUTCOME_UNKNOWN);
}
END_TEST

START_TEST(a_word_ends_where_its_length_says)
{
    ck_assert_int_eq(outcome_from_status("Delivered;", 9), OUTCOME_DELIVERED);
    ck_assert_int_eq(outcome_from_status("KOALA", 2), OUTCOME_UNDELIVERED);
    ck_assert_int_eq(outcome_from_status("KO\0", 3), OUTCOME_UNKNOWN);
}
END_TEST

START_TEST(every_outcome_has_its_names)
{
    static const char *const names[] = {"delivered", "undelivered", "waiting",
                                        "overdue",   "not_found",   "unknown"};
    static const char *const words[] = {"delivered", "not delivered", "waiting",
                                        "overdue",   "not found",     "unknown"};
    ck_assert_int_eq(OUTCOME_KINDS, COUNT_OF(names));
    for (int kind = 0; kind < OUTCOME_KINDS; kind++) {
        ck_assert_str_eq(outcome_name((enum outcome_kind)kind), names[kind]);
        ck_assert_str_eq(outcome_words((enum outcome_kind)kind), words[kind]);
    }
}
END_TEST

START_TEST(at_first_nothing_is_known)
{
    struct outcome outcome = outcome_initial();
    ck_assert_uint_eq(sizeof outcome, 8);
    ck_assert_int_eq((int)outcome.kind, OUTCOME_UNKNOWN);
    ck_assert(outcome.latency_ms == OUTCOME_NO_LATENCY);
    ck_assert(!outcome.answered && !outcome.spam && !outcome.stop && outcome.detail == 0);
}
END_TEST

Suite *outcome_suite(void)
{
    Suite *suite = suite_create("outcome");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, status_words_in_every_letter_case, 0, COUNT_OF(WORDS));
    tcase_add_test(core, every_outcome_has_its_names);
    tcase_add_test(core, at_first_nothing_is_known);
    tcase_add_loop_test(limits, other_words_are_unknown, 0, COUNT_OF(UNKNOWN_WORDS));
    tcase_add_test(limits, a_word_ends_where_its_length_says);
    return suite;
}
