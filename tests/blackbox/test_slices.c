/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conversation with the service: what one request looks like, at most 500 messages in each, and
 * the parts put together again.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_REQUESTS = 16 };

struct slice_row {
    int messages;
    int requests;
    int sizes[4];
};

static const struct slice_row slices[] = {
    {1, 1, {1}},        {499, 1, {499}},       {500, 1, {500}},
    {501, 2, {500, 1}}, {1000, 2, {500, 500}}, {1203, 3, {500, 500, 203}},
};

static void check_log(const struct slice_row *row)
{
    json requests[MOST_REQUESTS];
    int left[4];

    memcpy(left, row->sizes, sizeof left);
    ck_assert_uint_eq(simulator_log(requests, MOST_REQUESTS), (size_t)row->requests);
    for (int i = 0; i < row->requests; i++) {
        int items = (int)json_number(requests[i], "items");
        int found = 0;

        ck_assert(json_true(requests[i], "key_ok"));
        while (found < 4 && left[found] != items) {
            found++;
        }
        ck_assert_msg(found < 4, "a request of %d messages among %d", items, row->messages);
        left[found] = -1;
    }
}

START_TEST(at_most_500_in_a_request)
{
    const struct slice_row *row = &slices[_i];
    const struct result *result;

    simulator_start(many(1, row->messages, ",Delivered,1517934416,0,0"), NULL);
    write_file("batch", many(1, row->messages, ""));
    result = ask("-b batch");
    expect_exit(result, OK);
    expect_metrics(result, format("messages=%d delivered=%d requests=%d delivered_ratio=100",
                                  row->messages, row->messages, row->requests));
    check_log(row);
}
END_TEST

START_TEST(outcomes_of_all_slices_add_up)
{
    char *scenario =
        format("%s%s%s", many(1, 600, ",Delivered,1517934416,0,0"),
               many(601, 1000, ",Not delivered,1517934416,0,0"), many(1001, 1100, ",Waiting,,1,0"));
    const struct result *result;

    simulator_start(scenario, "--odd shuffle");
    write_file("batch", many(1, 1203, ""));
    result = ask("-b batch");
    expect_metrics(result, "messages=1203 delivered=600 undelivered=400 waiting=100 not_found=103 "
                           "stop=100 requests=3");
    expect_first(result, "54.39% delivered (600 of 1103), 400 not delivered");
}
END_TEST

START_TEST(lifelike_mixture_without_scenario)
{
    const struct result *result;

    simulator_start(NULL, NULL);
    write_file("batch", many(1, 1203, ""));
    result = ask("-b batch");
    expect_metrics(result, "messages=1203 unknown=0 requests=3 invalid=0 duplicates=0");
}
END_TEST

START_TEST(duplicates_are_asked_once)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", format("%s%s", many(1, 500, ""), many(1, 20, "")));
    result = ask("-b batch -m 0639980002:2 -m 0033639980003:0003");
    expect_metrics(result, "messages=500 delivered=500 requests=1 duplicates=22");
    expect_exit(result, OK);
}
END_TEST

/* Two checks share a batch: together they ask about every message once. */
START_TEST(shards_add_up)
{
    const struct result *result;
    size_t messages = 0;

    simulator_start(many(1, 600, ",Delivered,1517934416,0,0"), NULL);
    write_file("batch", format("%s%s", many(1, 600, ""), many(1, 600, "")));
    for (int shard = 0; shard < 2; shard++) {
        result = ask(format("-b batch --shard %d/2", shard));
        expect_exit(result, OK);
        double here = perfdata_find(&result->perfdata, "messages")->number;
        ck_assert(perfdata_find(&result->perfdata, "duplicates")->number == here);
        messages += (size_t)here;
    }
    ck_assert_uint_eq(messages, 600);
}
END_TEST

START_TEST(a_shard_without_messages_has_no_data)
{
    const struct result *result;
    int empty = 0;

    canned_deliver();
    for (int shard = 0; shard < 2; shard++) {
        result = ask(format("-m +33639980001:1 --shard %d/2", shard));
        if (result->exit_code == OK)
            continue;
        empty++;
        expect_exit(result, UNKNOWN);
        expect_first(result, "no message settled yet, none is in this shard");
        expect_metrics(result, "messages=0 requests=0");
    }
    ck_assert_int_eq(empty, 1);
}
END_TEST

static void check_request(const char *target)
{
    struct canned_request request = canned_request(1);

    ck_assert_str_eq(request.method, "POST");
    ck_assert_msg(strncmp(request.target, target, strlen(target)) == 0, "%s", request.target);
    ck_assert_msg(contains(request.target, "_format=json"), "%s", request.target);
    ck_assert_msg(!contains(request.target, simulator_key), "the key is in the address");
    ck_assert_msg(contains(request.headers, "\ncontent-type: application/json"), "%s",
                  request.headers);
    ck_assert_msg(!contains(request.headers, simulator_key), "the key is in a header");
    ck_assert_msg(request.object != NULL, "%s", request.body);
    ck_assert_str_eq(json_text(request.object, "apiKey"), simulator_key);
    ck_assert_str_eq(json_text(request.object, "_format"), "json");
    ck_assert_uint_eq(json_length(request.object, "SMSStatut_List"), 2);
    ck_assert_str_eq(json_text(request.object, "SMSStatut_List.0.phoneNumber"), "+33639980001");
    ck_assert_str_eq(json_text(request.object, "SMSStatut_List.1.phoneNumber"), "+33639980002");
    ck_assert(json_number(request.object, "SMSStatut_List.0.messageId") == 11);
    ck_assert(json_number(request.object, "SMSStatut_List.1.messageId") == 12);
}

struct form_row {
    const char *suffix; /* of the URL */
    const char *options;
    const char *target;
};

static const struct form_row forms[] = {
    {"", "", "/v1/multi-status?"},
    {"", "-f json", "/v1/multi-status?"},
    {"", "--format=json", "/v1/multi-status?"},
    {"?tenant=7", "", "/v1/multi-status?tenant=7&"},
};

START_TEST(form_of_a_request)
{
    const struct form_row *row = &forms[_i];
    const struct result *result;

    canned_deliver();
    server_use(format("%s%s", server_url(), row->suffix));
    write_file("batch", "+33639980001,11\n06 39 98 00 02,12\n");
    result = ask(format("-b batch %s", row->options));
    expect_exit(result, OK);
    ck_assert_uint_eq(canned_count(), 1);
    check_request(row->target);
}
END_TEST

START_TEST(ids_go_out_as_whole_numbers)
{
    canned_deliver();
    expect_exit(ask("-m +33639980001:9999999999999999999 -m +33639980002:007"), OK);
    ck_assert_str_eq(canned_asked(), "+33639980001:9999999999999999999 +33639980002:7");
}
END_TEST

START_TEST(nothing_is_asked_for_an_empty_batch)
{
    canned_deliver();
    write_file("batch", "");
    expect_metrics(ask("-b batch"), "messages=0 requests=0 delivered_ratio=U");
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

START_TEST(a_reply_in_single_bytes)
{
    char *reply = http_reply(200, "application/json",
                             json_quotes("{'success':true,'code':200,'StatutResponse_List':[" ITEM(
                                 "1", "Delivered") "," LOST("2") "]}"));
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = reply, .drip_ms = -1}, 1);
    write_file("batch", MESSAGE("1") MESSAGE("2"));
    result = ask("-b batch");
    expect_metrics(result, "delivered=1 not_found=1");
    expect_text(result, "introuvable (code 4)");
}
END_TEST

START_TEST(a_chunked_reply)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2f\r\n{'success':true,'code':200,'StatutResponse_List\r\n"
        "1\r\n'\r\n2\r\n:[\r\n54\r\n"
        "{'success':true,'phoneNumber':'+33639980001','messageId':1,'status':'Not delivered'}\r\n"
        "2\r\n]}\r\n0\r\n\r\n";

    canned_start(&(struct canned_rule){.bytes = json_quotes(reply)}, 1);
    expect_metrics(ask("-m +33639980001:1"), "undelivered=1");
}
END_TEST

Suite *slices_suite(void)
{
    Suite *suite = suite_create("slices");
    TCase *tcase = harness_case(suite, "slices");

    tcase_add_loop_test(tcase, at_most_500_in_a_request, 0, ROWS(slices));
    tcase_add_test(tcase, outcomes_of_all_slices_add_up);
    tcase_add_test(tcase, lifelike_mixture_without_scenario);
    tcase_add_test(tcase, duplicates_are_asked_once);
    tcase_add_test(tcase, shards_add_up);
    tcase_add_test(tcase, a_shard_without_messages_has_no_data);
    tcase = harness_case(suite, "requests");
    tcase_add_loop_test(tcase, form_of_a_request, 0, ROWS(forms));
    tcase_add_test(tcase, ids_go_out_as_whole_numbers);
    tcase_add_test(tcase, nothing_is_asked_for_an_empty_batch);
    tcase_add_test(tcase, a_reply_in_single_bytes);
    tcase_add_test(tcase, a_chunked_reply);
    return suite;
}
