/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failed requests gathered by reason: sums per reason and class, none lost when reasons are many.
 */
#include "failure.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

START_TEST(the_same_reason_is_one_entry)
{
    struct failure_list list = {0};
    failure_add(&list, FAILURE_UNREACHABLE, 1, 500, "refused");
    failure_add(&list, FAILURE_UNREACHABLE, 1, 300, "reset");
    failure_add(&list, FAILURE_UNREACHABLE, 1, 200, "refused");
    failure_add(&list, FAILURE_REQUEST, 1, 100, "refused");
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[0].text, "refused");
    ck_assert_uint_eq(list.items[0].requests, 2);
    ck_assert_uint_eq(list.items[0].messages, 700);
    ck_assert_str_eq(list.items[1].text, "reset");
    ck_assert_int_eq(list.items[2].class, FAILURE_REQUEST);
    ck_assert_uint_eq(failure_messages(&list, FAILURE_UNREACHABLE), 1000);
    ck_assert_uint_eq(failure_messages(&list, FAILURE_REQUEST), 100);
    ck_assert_uint_eq(failure_messages(&list, FAILURE_DEADLINE), 0);
}
END_TEST

START_TEST(messages_never_asked_about_count)
{
    struct failure_list list = {0};
    failure_add(&list, FAILURE_DEADLINE, 0, 1500, "deadline reached");
    failure_add(&list, FAILURE_DEADLINE, 1, 500, "deadline reached");
    failure_add(&list, FAILURE_DEADLINE, 0, 0, "deadline reached");
    ck_assert_uint_eq(list.items[0].requests, 0);
    ck_assert_uint_eq(list.items[0].messages, 1500);
    ck_assert_uint_eq(list.items[1].requests, 1);
    ck_assert_uint_eq(failure_messages(&list, FAILURE_DEADLINE), 2000);
}
END_TEST

/* More reasons than places, in turns for all classes: numbers stay right, and the first texts. */
START_TEST(many_reasons_lose_only_their_text)
{
    struct failure_list list = {0};
    uint64_t messages = 0, requests = 0;
    for (int i = 0; i < 600; i++) {
        char text[32];
        snprintf(text, sizeof text, "reason %d", i);
        failure_add(&list, (enum failure_class)(i % FAILURE_CLASSES), i < 300, 10, text);
    }
    ck_assert_uint_le(list.count, FAILURES_MAX);
    ck_assert_str_eq(list.items[0].text, "reason 0");
    for (int class = 0; class < FAILURE_CLASSES; class ++) {
        messages = failure_messages(&list, (enum failure_class) class);
        ck_assert_msg(messages == 6000 / FAILURE_CLASSES, "class %d: %ju messages", class,
                      (uintmax_t)messages);
    }
    for (size_t i = 0; i < list.count; i++) {
        requests += list.items[i].requests;
        ck_assert_msg(list.items[i].text[0] != '\0', "entry %zu has no text", i);
    }
    ck_assert_uint_eq(requests, 300);
}
END_TEST

START_TEST(a_known_reason_is_found_in_a_full_list)
{
    struct failure_list list = {0};
    for (int i = 0; i < 100; i++) {
        char text[32];
        snprintf(text, sizeof text, "reason %d", i);
        failure_add(&list, FAILURE_REQUEST, 1, 1, text);
    }
    failure_add(&list, FAILURE_REQUEST, 1, 1, "reason 0");
    ck_assert_uint_eq(list.items[0].requests, 2);
}
END_TEST

START_TEST(a_long_reason_is_cut)
{
    char text[2 * FAILURE_TEXT_SIZE];
    struct failure_list list = {0};
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    failure_add(&list, FAILURE_REQUEST, 1, 1, text);
    ck_assert_uint_eq(strlen(list.items[0].text), FAILURE_TEXT_SIZE - 1);
}
END_TEST

Suite *failure_suite(void)
{
    Suite *suite = suite_create("failure");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, the_same_reason_is_one_entry);
    tcase_add_test(core, messages_never_asked_about_count);
    tcase_add_test(limits, many_reasons_lose_only_their_text);
    tcase_add_test(limits, a_known_reason_is_found_in_a_full_list);
    tcase_add_test(limits, a_long_reason_is_cut);
    return suite;
}
