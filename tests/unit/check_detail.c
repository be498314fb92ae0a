/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and status texts, each kept once: equal ones share a number, the table has an end. */
#include "detail.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint16_t intern(struct detail_table *table, bool has_code, int code, const char *status,
                       size_t length)
{
    uint16_t number = DETAIL_NOT_ANSWERED;
    struct detail detail = {has_code, code, status};
    ck_assert(detail_intern(table, &detail, length, &number));
    return number;
}

static void expect(const struct detail_table *table, uint16_t number, bool has_code, int code,
                   const char *status)
{
    struct detail got = detail_get(table, number);
    ck_assert_msg(got.has_code == has_code && (!has_code || got.code == code),
                  "detail %u: expected code %d, got %d", (unsigned)number, code, got.code);
    ck_assert_msg(status ? got.status && strcmp(got.status, status) == 0 : !got.status,
                  "detail %u: expected '%s', got '%s'", (unsigned)number,
                  status ? status : "(none)", got.status ? got.status : "(none)");
}

START_TEST(equal_ones_share_a_number)
{
    struct detail_table *table = detail_table_new();
    uint16_t delivered = intern(table, true, 200, "Delivered", 9),
             waiting = intern(table, true, 200, "Waiting", 7);
    uint16_t part = intern(table, true, 200, "Delivered!", 7),
             no_code = intern(table, false, 0, "Delivered", 9);
    uint16_t no_status = intern(table, true, 200, NULL, 0),
             nothing = intern(table, false, 0, NULL, 0);
    uint16_t other_code = intern(table, true, 4, "Delivered", 9),
             negative = intern(table, true, -1, "Delivered", 9);
    uint16_t all[] = {delivered, waiting, part, no_code, no_status, nothing, other_code, negative};
    for (int a = 0; a < COUNT_OF(all); a++) {
        ck_assert_msg(all[a] >= DETAIL_FIRST, "detail %d has number %u", a, (unsigned)all[a]);
        for (int b = 0; b < a; b++)
            ck_assert_msg(all[a] != all[b], "details %d and %d share a number", a, b);
    }
    ck_assert_uint_eq(intern(table, true, 200, "Delivered", 9), delivered);
    ck_assert_uint_eq(intern(table, false, 0, NULL, 0), nothing);
    ck_assert_uint_eq(intern(table, true, 200, NULL, 0), no_status);
    expect(table, delivered, true, 200, "Delivered");
    expect(table, part, true, 200, "Deliver");
    expect(table, no_code, false, 0, "Delivered");
    expect(table, no_status, true, 200, NULL);
    expect(table, negative, true, -1, "Delivered");
    detail_table_free(table);
}
END_TEST

START_TEST(reserved_numbers_stand_for_nothing)
{
    struct detail_table *table = detail_table_new();
    for (uint16_t number = 0; number < DETAIL_FIRST; number++)
        expect(table, number, false, 0, NULL);
    detail_table_free(table);
    detail_table_free(NULL);
}
END_TEST

START_TEST(texts_are_copied)
{
    char text[] = "Delivered";
    struct detail_table *table = detail_table_new();
    uint16_t number = intern(table, false, 0, text, 9);
    memset(text, 'x', 9);
    expect(table, number, false, 0, "Delivered");
    detail_table_free(table);
}
END_TEST

START_TEST(a_long_status_is_cut)
{
    char text[3000];
    struct detail_table *table = detail_table_new();
    memset(text, 'x', sizeof text);
    uint16_t number = intern(table, false, 0, text, sizeof text);
    ck_assert_uint_eq(strlen(detail_get(table, number).status), DETAIL_STATUS_MAX);
    ck_assert_uint_eq(intern(table, false, 0, text, sizeof text), number);
    ck_assert_uint_eq(intern(table, false, 0, text, DETAIL_STATUS_MAX), number);
    ck_assert_uint_ne(intern(table, false, 0, text, DETAIL_STATUS_MAX - 1), number);
    detail_table_free(table);
}
END_TEST

START_TEST(a_nul_inside_ends_no_text)
{
    struct detail_table *table = detail_table_new();
    uint16_t number = intern(table, false, 0, "a\0b", 3);
    struct detail got = detail_get(table, number);
    ck_assert_msg(strlen(got.status) == 3 && got.status[0] == 'a' && got.status[2] == 'b',
                  "got '%s'", got.status);
    ck_assert_msg(intern(table, false, 0, "a\0b", 3) == number,
                  "the same status got a second number");
    ck_assert_uint_ne(intern(table, false, 0, "a", 1), number);
    detail_table_free(table);
}
END_TEST

/* More than numbers reach: the first keep theirs, the rest is "too many". */
START_TEST(seventy_thousand_statuses_end_in_too_many)
{
    enum { MANY = 70000 };
    struct detail_table *table = detail_table_new();
    uint16_t *numbers = malloc(MANY * sizeof *numbers);
    char text[32];
    int kept = 0;
    for (int i = 0; i < MANY; i++) {
        int length = snprintf(text, sizeof text, "status %d", i);
        numbers[i] = intern(table, true, 200, text, (size_t)length);
        kept += numbers[i] != DETAIL_TOO_MANY;
        ck_assert_msg((numbers[i] == DETAIL_TOO_MANY) == (i >= kept),
                      "status %d: number %u behind a gap", i, (unsigned)numbers[i]);
    }
    ck_assert_msg(kept > 60000 && kept <= DETAILS_MAX, "%d were kept", kept);
    for (int i = 0; i < kept; i += 97) {
        int length = snprintf(text, sizeof text, "status %d", i);
        expect(table, numbers[i], true, 200, text);
        ck_assert_uint_eq(intern(table, true, 200, text, (size_t)length), numbers[i]);
    }
    free(numbers);
    detail_table_free(table);
}
END_TEST

Suite *detail_suite(void)
{
    Suite *suite = suite_create("detail");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    TCase *many = add_slow_case(suite, "many");
    tcase_add_test(core, equal_ones_share_a_number);
    tcase_add_test(core, reserved_numbers_stand_for_nothing);
    tcase_add_test(core, texts_are_copied);
    tcase_add_test(limits, a_long_status_is_cut);
    tcase_add_test(limits, a_nul_inside_ends_no_text);
    tcase_add_test(many, seventy_thousand_statuses_end_in_too_many);
    return suite;
}
