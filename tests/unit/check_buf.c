/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growing buffer: what goes in comes out, the ceiling holds to the byte, and a failure sticks.
 */
#include "buf.h"
#include "suites.h"
#include "support.h"

#include <string.h>

START_TEST(keeps_what_is_added)
{
    struct buf buf;
    buf_init(&buf, 1000);
    ck_assert(!buf_failed(&buf));
    buf_add(&buf, "ab\0c", 4);
    buf_add_string(&buf, "-text-");
    buf_addf(&buf, "%d%%", 95);
    ck_assert_uint_eq(buf.length, 13);
    ck_assert(memcmp(buf.data, "ab\0c-text-95%", 14) == 0);
    ck_assert(!buf_failed(&buf));
    buf_release(&buf);
}
END_TEST

START_TEST(grows_without_losing_a_byte)
{
    struct buf buf;
    uint64_t seed = 5;
    size_t expected = 0;
    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 2000; i++) {
        char piece[300];
        size_t length = random_below(&seed, sizeof piece);
        for (size_t k = 0; k < length; k++)
            piece[k] = (char)((expected + k) % 251);
        buf_add(&buf, piece, length);
        expected += length;
        ck_assert_uint_eq(buf.length, expected);
        ck_assert_int_eq(buf.data[buf.length], '\0');
    }
    for (size_t i = 0; i < expected; i++)
        ck_assert_msg((unsigned char)buf.data[i] == i % 251, "byte %zu is wrong", i);
    buf_release(&buf);
}
END_TEST

static const struct {
    size_t ceiling, first, second;
    bool fails;
} CEILINGS[] = {
    {10, 4, 6, false},   {10, 4, 7, true},       {10, 10, 0, false}, {10, 10, 1, true},
    {10, 11, 0, true},   {0, 0, 0, false},       {0, 1, 0, true},    {256, 128, 128, false},
    {256, 255, 2, true}, {4096, 1, 4095, false},
};

START_TEST(the_ceiling_holds_to_the_byte)
{
    char bytes[8192];
    struct buf buf;
    memset(bytes, 'x', sizeof bytes);
    buf_init(&buf, CEILINGS[_i].ceiling);
    buf_add(&buf, bytes, CEILINGS[_i].first);
    buf_add(&buf, bytes, CEILINGS[_i].second);
    ck_assert_msg(buf_failed(&buf) == CEILINGS[_i].fails, "%zu and %zu of %zu: expected %s",
                  CEILINGS[_i].first, CEILINGS[_i].second, CEILINGS[_i].ceiling,
                  CEILINGS[_i].fails ? "failure" : "success");
    ck_assert_msg(buf.length <= CEILINGS[_i].ceiling, "%zu bytes in all", buf.length);
    buf_release(&buf);
}
END_TEST

START_TEST(a_failure_sticks_until_it_is_cleared)
{
    struct buf buf;
    buf_init(&buf, 5);
    buf_add_string(&buf, "abc");
    buf_add_string(&buf, "defg");
    ck_assert(buf_failed(&buf));
    buf_add_string(&buf, "d");
    buf_addf(&buf, "%d", 1);
    ck_assert(buf_failed(&buf));
    ck_assert_uint_eq(buf.length, 3);
    ck_assert_str_eq(buf.data, "abc");
    buf_clear(&buf);
    ck_assert(!buf_failed(&buf));
    buf_add_string(&buf, "12345");
    ck_assert(!buf_failed(&buf));
    ck_assert_str_eq(buf.data, "12345");
    buf_release(&buf);
}
END_TEST

START_TEST(released_it_can_be_used_again)
{
    struct buf buf;
    buf_init(&buf, 100);
    buf_add_string(&buf, "secret");
    buf_release(&buf);
    ck_assert_ptr_null(buf.data);
    ck_assert_uint_eq(buf.length, 0);
    buf_release(&buf);
    buf_add_string(&buf, "again");
    ck_assert_str_eq(buf.data, "again");
    ck_assert(!buf_failed(&buf));
    buf_release(&buf);
}
END_TEST

START_TEST(adding_nothing_terminates)
{
    struct buf buf;
    buf_init(&buf, 100);
    buf_addf(&buf, "%s", "");
    buf_add_string(&buf, "");
    ck_assert(!buf_failed(&buf));
    ck_assert_ptr_nonnull(buf.data);
    ck_assert_str_eq(buf.data, "");
    buf_release(&buf);
}
END_TEST

/* Longer than it can format: a failure, never a text that is cut in silence. */
START_TEST(formatting_is_whole_or_fails)
{
    char longest[100001];
    struct buf buf;
    for (size_t length = 1000; length < sizeof longest; length += 9000) {
        memset(longest, 'x', length);
        longest[length] = '\0';
        buf_init(&buf, sizeof longest);
        buf_addf(&buf, "%s", longest);
        ck_assert_msg(buf_failed(&buf) || buf.length == length, "%zu bytes became %zu", length,
                      buf.length);
        buf_release(&buf);
    }
}
END_TEST

Suite *buf_suite(void)
{
    Suite *suite = suite_create("buf");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, keeps_what_is_added);
    tcase_add_test(core, grows_without_losing_a_byte);
    tcase_add_test(core, released_it_can_be_used_again);
    tcase_add_test(core, adding_nothing_terminates);
    tcase_add_loop_test(limits, the_ceiling_holds_to_the_byte, 0, COUNT_OF(CEILINGS));
    tcase_add_test(limits, a_failure_sticks_until_it_is_cleared);
    tcase_add_test(limits, formatting_is_whole_or_fails);
    return suite;
}
