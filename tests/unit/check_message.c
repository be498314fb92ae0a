/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of messages and the hash that spreads them. */
#include "message.h"
#include "suites.h"
#include "support.h"

#include <stdlib.h>

START_TEST(a_message_is_small)
{
    ck_assert_uint_eq(sizeof(struct message), 24);
}
END_TEST

START_TEST(the_list_keeps_what_is_added)
{
    enum { MANY = 100000 };
    struct message_list list = {0};
    for (uint64_t i = 0; i < MANY; i++)
        ck_assert(message_list_add(&list, (struct message){i + 1, i * 3, (int64_t)i}));
    ck_assert_uint_eq(list.count, MANY);
    message_list_trim(&list);
    ck_assert_uint_eq(list.capacity, MANY);
    for (uint64_t i = 0; i < MANY; i++)
        ck_assert_msg(list.items[i].number == i + 1 && list.items[i].id == i * 3 &&
                          list.items[i].sent_ms == (int64_t)i,
                      "message %ju is another", (uintmax_t)i);
    ck_assert(message_list_add(&list, (struct message){1, 2, 3}));
    ck_assert_uint_eq(list.items[MANY].id, 2);
    message_list_release(&list);
    ck_assert_uint_eq(list.count, 0);
    ck_assert_ptr_null(list.items);
}
END_TEST

START_TEST(an_empty_list_can_be_trimmed_and_released)
{
    struct message_list list = {0};
    message_list_trim(&list);
    message_list_release(&list);
    message_list_release(&list);
    ck_assert(message_list_add(&list, (struct message){1, 2, 3}));
    list.count = 0;
    message_list_trim(&list);
    message_list_release(&list);
}
END_TEST

enum { BUCKETS = 1024, PER_BUCKET = 64 };

/* Batches as they are: ids in a row, numbers in a row, one id for all, steps of a power of two. */
static const struct {
    const char *name;
    uint64_t number_step, id_step;
} BATCHES[] = {
    {"ids in a row", 0, 1},
    {"numbers in a row", 1, 0},
    {"both in a row", 1, 1},
    {"ids in steps of 1024", 0, 1024},
    {"numbers in steps of 100", 100, 0},
    {"ids in steps of 2^32", 0, UINT64_C(1) << 32},
};

START_TEST(the_hash_spreads_rows)
{
    size_t filled[BUCKETS] = {0}, low = 0, high = 0;
    for (uint64_t i = 0; i < (uint64_t)BUCKETS * PER_BUCKET; i++)
        filled[message_hash(33600000000 + i * BATCHES[_i].number_step,
                            95415616 + i * BATCHES[_i].id_step) %
               BUCKETS]++;
    for (size_t i = 0; i < BUCKETS; i++) {
        low += filled[i] < PER_BUCKET / 3;
        high += filled[i] > PER_BUCKET * 2;
    }
    ck_assert_msg(low == 0 && high == 0, "%s: %zu buckets nearly empty, %zu overfull",
                  BATCHES[_i].name, low, high);
}
END_TEST

/* Checks of different releases on different machines share a batch by it. */
START_TEST(the_hash_never_changes)
{
    ck_assert_uint_eq(message_hash(33639985305, 96041207), 0x3D2CDB796BCB5390);
    ck_assert_uint_eq(message_hash(33612345678, 1), 0x68F1FA14500C021B);
}
END_TEST

Suite *message_suite(void)
{
    Suite *suite = suite_create("message");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_test(core, a_message_is_small);
    tcase_add_test(core, the_list_keeps_what_is_added);
    tcase_add_loop_test(core, the_hash_spreads_rows, 0, COUNT_OF(BATCHES));
    tcase_add_test(core, the_hash_never_changes);
    tcase_add_test(limits, an_empty_list_can_be_trimmed_and_released);
    return suite;
}
