/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Request bodies: to the byte what the provider's page shows, and JSON whatever the key holds. */
#include "json_reader.h"
#include "request.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static const struct message MESSAGES[] = {
    {33699999993, 111111, 0},
    {33699999992, 1000, MESSAGE_SENT_UNKNOWN},
    {12345678, UINT64_C(9999999999999999999), 5},
    {123456789012345, 0, 5},
};

static const struct {
    const char *name, *key;
    size_t count;
    const char *body;
} BODIES[] = {
    {"one message", "0123456789abcdef", 1,
     "{\"apiKey\":\"0123456789abcdef\",\"_format\":\"json\",\"SMSStatut_List\":["
     "{\"phoneNumber\":\"+33699999993\",\"messageId\":111111}]}"},
    {"four messages", "0123456789abcdef", 4,
     "{\"apiKey\":\"0123456789abcdef\",\"_format\":\"json\",\"SMSStatut_List\":["
     "{\"phoneNumber\":\"+33699999993\",\"messageId\":111111},{\"phoneNumber\":\"+33699999992\","
     "\"messageId\":1000},"
     "{\"phoneNumber\":\"+12345678\",\"messageId\":9999999999999999999},"
     "{\"phoneNumber\":\"+123456789012345\",\"messageId\":0}]}"},
    {"no message", "0123456789abcdef", 0,
     "{\"apiKey\":\"0123456789abcdef\",\"_format\":\"json\",\"SMSStatut_List\":[]}"},
    {"quotes and backslashes", "a\"b\\c\"\"\\\\", 0,
     "{\"apiKey\":\"a\\\"b\\\\c\\\"\\\"\\\\\\\\\",\"_format\":\"json\",\"SMSStatut_List\":[]}"},
    {"percent and braces", "%s%n{}[]/<>&'", 0,
     "{\"apiKey\":\"%s%n{}[]/<>&'\",\"_format\":\"json\",\"SMSStatut_List\":[]}"},
};

START_TEST(bodies_are_exact)
{
    struct buf body;
    buf_init(&body, 100000);
    request_write(&body, BODIES[_i].key, "json", MESSAGES, BODIES[_i].count);
    ck_assert(!buf_failed(&body));
    ck_assert_msg(strcmp(body.data, BODIES[_i].body) == 0, "%s: expected %s, got %s",
                  BODIES[_i].name, BODIES[_i].body, body.data);
    buf_release(&body);
}
END_TEST

/* Every visible ASCII character in the key, 500 messages: read back by another parser. */
START_TEST(a_full_request_reads_back)
{
    struct message messages[500];
    char key[95] = "";
    struct buf body;
    for (int c = '!'; c <= '~'; c++)
        key[c - '!'] = (char)c;
    for (size_t i = 0; i < 500; i++)
        messages[i] = (struct message){33600000000 + i, 95415616 + i, 0};
    buf_init(&body, 1000000);
    request_write(&body, key, "json", messages, 500);
    yajl_val tree = json_read(body.data), list = json_member(tree, "SMSStatut_List");
    ck_assert_str_eq(json_text(json_member(tree, "apiKey")), key);
    ck_assert_str_eq(json_text(json_member(tree, "_format")), "json");
    ck_assert_uint_eq(json_length(list), 500);
    for (size_t i = 0; i < 500; i++) {
        char id[24], phone[24];
        snprintf(id, sizeof id, "%zu", 95415616 + i);
        snprintf(phone, sizeof phone, "+%zu", (size_t)33600000000 + i);
        ck_assert_str_eq(json_number(json_member(json_element(list, i), "messageId")), id);
        ck_assert_str_eq(json_text(json_member(json_element(list, i), "phoneNumber")), phone);
    }
    yajl_tree_free(tree);
    buf_release(&body);
}
END_TEST

START_TEST(the_body_is_appended_and_may_fail)
{
    struct buf body;
    buf_init(&body, 200);
    buf_add_string(&body, "x");
    request_write(&body, "0123456789abcdef", "json", MESSAGES, 1);
    ck_assert_msg(!buf_failed(&body) && strncmp(body.data, "x{\"apiKey\"", 10) == 0, "got %s",
                  body.data);
    request_write(&body, "0123456789abcdef", "json", MESSAGES, 4);
    ck_assert(buf_failed(&body));
    buf_release(&body);
}
END_TEST

Suite *request_suite(void)
{
    Suite *suite = suite_create("request");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, bodies_are_exact, 0, COUNT_OF(BODIES));
    tcase_add_test(core, a_full_request_reads_back);
    tcase_add_test(limits, the_body_is_appended_and_may_fail);
    return suite;
}
