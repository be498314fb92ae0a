/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same truth asked for as XML and as JSON gives the same result, whatever oddities the answer
 * has; hostile XML gives none, and quickly.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

static const char scenario[] = "+33639980001,1,Delivered,1517934416,0,0\n"
                               "+33639980002,2,Delivered,1517934416,1,0\n"
                               "+33639980003,3,Not delivered,1517934416,0,0\n"
                               "+33639980004,4,Waiting,,0,0\n"
                               "+33639980005,5,Delivered,1517934416,0,1\n"
                               "+33639980007,7,ko,,0,0\n"
                               "+33639980008,8,,,,,9\n"
                               "+33639980009,9,Bizarre,,0,0\n";

static const char batch[] = "+33639980001,1,1517934400\n" MESSAGE("2") MESSAGE("3") MESSAGE("4")
    MESSAGE("5") MESSAGE("6") MESSAGE("7") MESSAGE("8") MESSAGE("9");

static const char *const options[] = {
    "",
    "--odd shuffle",
    "--odd missing=3",
    "--odd doubled=2",
    "--odd unasked=5",
    "--odd empty-list",
    "--odd waiting-date",
    "--odd waiting-empty-date",
    "--odd waiting-null-date",
    "--odd date-int",
    "--odd date-ms",
    "--odd date-text",
    "--odd date-iso",
    "--odd flags-int",
    "--odd flags-bool",
    "--odd stop-upper",
    "--odd id-text",
    "--odd code-text",
    "--odd lower-case",
    "--odd smpp",
    "--odd french-status",
    "--odd html-status",
    "--odd number-national",
    "--odd number-spaced",
    "--odd number-00",
    "--odd number-digits",
    "--odd english",
    "--odd escaped",
    "--odd pretty",
    "--odd bom",
    "--odd xml-no-cdata",
    "--odd format-ignored-json",
    "--odd format-ignored-xml",
    "--odd shuffle,doubled,unasked,xml-no-cdata,pretty,bom,number-spaced,lower-case",
    "--error 10",
    "--error 20 --error-status 403",
    "--error 9 --error-shape errors",
    "--error 9 --error-shape error --error-status 400",
    "--error 9 --error-shape nested",
    "--fault gzip",
    "--fault status-json=503",
    "--fault drip=50/1",
    "--fault cut=300",
    "--fault empty",
};

/* Of the two ways to ask for a format the API may heed either. */
START_TEST(where_the_format_counts)
{
    static const char *const places[] = {"--odd format-in-body", "--odd format-in-query"};
    const struct result *result;

    simulator_start(scenario, places[_i]);
    write_file("batch", batch);
    result = ask("-b batch -f xml -vvv");
    expect_metrics(result, "messages=9 delivered=3 requests=1");
    expect_text(result, "application/xml");
}
END_TEST

static const char *const problem_members[] = {"message_id", "phone_number", "outcome"};

static void expect_same_problems(const struct result *xml, const struct result *plain)
{
    size_t count = json_length(plain->object, "problems");

    ck_assert_msg(json_length(xml->object, "problems") == count, "%s\n%s", shown(xml),
                  shown(plain));
    for (size_t i = 0; i < count; i++) {
        for (int member = 0; member < ROWS(problem_members); member++) {
            const char *path = format("problems.%zu.%s", i, problem_members[member]);

            ck_assert_msg(strcmp(json_text(xml->object, path), json_text(plain->object, path)) == 0,
                          "%s differs\n%s\n%s", path, shown(xml), shown(plain));
        }
    }
}

/* All metrics but the time it took. */
static const char *metrics_of(const struct result *result)
{
    const char *from = strstr(result->out, "\"metrics\":");
    const char *time = strstr(result->out, ",\"time\":");
    const char *rest = strstr(result->out, ",\"latency_p50\":");

    expect(result, from != NULL && time != NULL && rest != NULL);
    return format("%.*s%.*s", (int)(time - from), from, (int)strcspn(rest, "}"), rest);
}

START_TEST(the_same_as_json)
{
    const struct result *plain;
    const struct result *xml;

    simulator_start(scenario, options[_i]);
    write_file("batch", batch);
    plain = ask("-b batch --retries 0 -o json");
    xml = ask("-b batch --retries 0 -o json -f xml");
    ck_assert_str_eq(metrics_of(xml), metrics_of(plain));
    expect_exit(xml, plain->exit_code);
    expect_same_problems(xml, plain);
    ck_assert_uint_eq(json_length(xml->object, "errors"), json_length(plain->object, "errors"));
    expect(xml, contains(options[_i], "cut") ||
                    strcmp(json_text(xml->object, "summary"),
                           json_text(plain->object, "summary")) == 0 ||
                    contains(json_text(xml->object, "summary"), "127.0.0.1"));
}
END_TEST

START_TEST(the_request_asks_for_xml)
{
    json requests[2];

    simulator_start(scenario, NULL);
    write_file("batch", batch);
    ask(_i == 0 ? "-b batch -f xml" : "-b batch --format=xml -o json");
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)), 1);
    ck_assert_str_eq(json_text(requests[0], "format"), "xml");
    ck_assert(contains(json_text(requests[0], "query"), "_format=xml"));
}
END_TEST

START_TEST(the_request_accepts_what_it_asks_for)
{
    static const char *const formats[] = {"json", "xml"};

    canned_deliver();
    expect_exit(ask(format("-m +33639980001:1 -f %s", formats[_i])), OK);
    ck_assert(contains(canned_request(1).headers, format("\naccept: application/%s", formats[_i])));
}
END_TEST

START_TEST(outcomes_from_xml)
{
    const struct result *result;

    simulator_start(scenario, NULL);
    write_file("batch", batch);
    result = ask("-b batch -f xml -l 99");
    expect_exit(result, CRITICAL);
    expect_metrics(result, "messages=9 delivered=3 undelivered=2 waiting=1 not_found=2 unknown=1 "
                           "spam=1 stop=1 latency_max=16 requests=1");
    expect_text(result, "[not found] message 6 to");
    expect_text(result, "[not delivered] message 7 to");
}
END_TEST

static const char *const hostile[] = {
    "--odd xml-doctype",
    "--fault nested=60000",
    "--fault garbage",
    "--fault html",
    "--fault trailing",
    "--fault huge=9000000",
    "--fault gzip-bomb=50000000",
    "--fault endless",
    "--odd xml-doctype --fault gzip",
};

START_TEST(hostile_xml)
{
    const struct result *result;

    simulator_start(scenario, hostile[_i]);
    write_file("batch", batch);
    result = ask("-b batch -f xml --retries 0 --no-data ok --unreachable ok -t 15:ok");
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "messages=9 unknown=9 requests=1");
    expect_text(result, "no usable answer");
    expect(result, strlen(result->first) < 400);
    expect_no_markup(result);
}
END_TEST

#define DOCTYPE(subset) "<?xml version='1.0'?><!DOCTYPE r [" subset "]>"
#define ANSWER(status)                                                                             \
    "<result><entry>true</entry><entry>200</entry><entry><entry><entry>true</entry><entry>200"     \
    "</entry><entry>+33639980001</entry><entry>1</entry><entry>" status                            \
    "</entry><entry/><entry>0</entry><entry>0</entry></entry></entry></result>"

static const char *const refused[] = {
    DOCTYPE("<!ENTITY a 'Delivered'>") ANSWER("&a;"),
    DOCTYPE("<!ENTITY a SYSTEM 'key'>") ANSWER("&a;"),
    DOCTYPE("<!ENTITY a SYSTEM 'file:///etc/hostname'>") ANSWER("&a;"),
    DOCTYPE("<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;") ANSWER("Delivered"),
    DOCTYPE("") ANSWER("Delivered"),
    "<!DOCTYPE html>" ANSWER("Delivered"),
    ANSWER("&undeclared;"),
    ANSWER("Delivered") ANSWER("Delivered"),
    ANSWER("Delivered") "x",
    ANSWER("<b>Delivered</b"),
    "<?xml version='1.0' encoding='nonsense'?>" ANSWER("Delivered"),
    "<result/>",
    "<other><entry>true</entry></other>",
};

START_TEST(refused_xml)
{
    const struct result *result;

    canned_reply(200, "application/xml", refused[_i]);
    result = ask("-m +33639980001:1 -f xml --retries 0 --no-data ok --unreachable ok");
    expect_exit(result, UNKNOWN);
    expect_metrics(result, "messages=1 unknown=1 delivered=0");
}
END_TEST

static const char *const sound[] = {
    ANSWER("Delivered"),
    ANSWER("<![CDATA[Delivered]]>"),
    ANSWER("Deli<![CDATA[ver]]>ed"),
    ANSWER("&#68;elivered"),
    ANSWER("Deli<!-- x -->vered"),
    "<?xml version='1.0' encoding='ISO-8859-1'?>\n" ANSWER("Delivered") "\n",
};

START_TEST(sound_xml)
{
    const struct result *result;

    canned_reply(200, _i % 2 == 0 ? "text/html" : "application/xml", sound[_i]);
    result = ask(format("-m +33639980001:1 -f %s", _i % 2 == 0 ? "xml" : "json"));
    expect_exit(result, OK);
    expect_metrics(result, "messages=1 delivered=1 requests=1");
}
END_TEST

Suite *xml_suite(void)
{
    Suite *suite = suite_create("xml");
    TCase *tcase = harness_case(suite, "xml");

    tcase_add_loop_test(tcase, the_same_as_json, 0, ROWS(options));
    tcase_add_loop_test(tcase, the_request_asks_for_xml, 0, 2);
    tcase_add_loop_test(tcase, the_request_accepts_what_it_asks_for, 0, 2);
    tcase_add_loop_test(tcase, where_the_format_counts, 0, 2);
    tcase_add_test(tcase, outcomes_from_xml);
    tcase_add_loop_test(tcase, hostile_xml, 0, ROWS(hostile));
    tcase_add_loop_test(tcase, refused_xml, 0, ROWS(refused));
    tcase_add_loop_test(tcase, sound_xml, 0, ROWS(sound));
    return suite;
}
