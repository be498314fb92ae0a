/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers in XML, whose fields have no names but places: understood like the same answer in JSON,
 * and refused in the same ways. Without expat every one of them is unreadable.
 */
#include "fixture_reply.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_EXPAT

#define HEAD              "<?xml version='1.0' encoding='UTF-8'?>\n"
#define XML(parts)        HEAD "<result>" parts "</result>"
#define XML_LIST(entries) XML("<entry>true</entry><entry>200</entry><entry>" entries "</entry>")
#define XML_A(rest)                                                                                \
    "<entry><entry>true</entry><entry>200</entry><entry><![CDATA[+33612345678]]></"                \
    "entry><entry>1000</entry>" rest "</entry>"

/* The provider's sample with our numbers. */
static const char SAMPLE[] =
    HEAD "<result>\n  <entry>true</entry>\n  <entry>200</entry>\n  <entry>\n    <entry>\n      "
         "<entry>true</entry>\n"
         "      <entry>200</entry>\n      <entry><![CDATA[+33612345678]]></entry>\n      "
         "<entry>1000</entry>\n"
         "      <entry><![CDATA[Delivered]]></entry>\n      <entry><![CDATA[1795418286]]></entry>\n"
         "      <entry><![CDATA[1]]></entry>\n      <entry><![CDATA[0]]></entry>\n    </entry>\n   "
         " <entry>\n"
         "      <entry>false</entry>\n      <entry>4</entry>\n      "
         "<entry><![CDATA[+33687654321]]></entry>\n"
         "      <entry>1000</entry>\n      <entry>Number not found</entry>\n    </entry>\n  "
         "</entry>\n</result>\n";

START_TEST(the_documented_answer_is_understood)
{
    for (size_t piece = 0; piece < sizeof SAMPLE; piece += piece < 20 ? 1 : 37) {
        char row[32];
        struct probe probe;
        snprintf(row, sizeof row, "pieces of %zu bytes", piece);
        probe_init(&probe);
        probe_feed(&probe, SAMPLE, strlen(SAMPLE), piece);
        expect_state(row, &probe, REPLY_ANSWERED);
        expect_outcome(row, &probe, 0, OUTCOME_DELIVERED);
        expect_outcome(row, &probe, 1, OUTCOME_NOT_FOUND);
        expect_outcome(row, &probe, 2, OUTCOME_UNKNOWN);
        ck_assert_msg(probe.outcomes[0].latency_ms == 6000, "%s: latency", row);
        ck_assert_msg(probe.outcomes[0].stop && !probe.outcomes[0].spam, "%s: flags", row);
        struct detail said = detail_get(probe.details, probe.outcomes[1].detail);
        ck_assert_msg(said.code == 4 && strcmp(said.status, "Number not found") == 0, "%s: status",
                      row);
        probe_release(&probe);
    }
}
END_TEST

static const struct {
    const char *name, *body;
    enum reply_state state;
    enum outcome_kind first;
} ANSWERS[] = {
    {"bare text", XML_LIST(XML_A("<entry>Not delivered</entry>")), REPLY_ANSWERED,
     OUTCOME_UNDELIVERED},
    {"text in parts", XML_LIST(XML_A("<entry>Del<![CDATA[iver]]>&#101;d</entry>")), REPLY_ANSWERED,
     OUTCOME_DELIVERED},
    {"empty list", XML_LIST(""), REPLY_ANSWERED, OUTCOME_UNKNOWN},
    {"list without children", XML("<entry>true</entry><entry>200</entry><entry/>"), REPLY_ANSWERED,
     OUTCOME_UNKNOWN},
    {"empty fields", XML_LIST(XML_A("<entry>ko</entry><entry/><entry></entry><entry/>")),
     REPLY_ANSWERED, OUTCOME_UNDELIVERED},
    {"further fields", XML_LIST(XML_A("<entry>ko</entry><entry/><entry/><entry/><entry>x</entry>")),
     REPLY_ANSWERED, OUTCOME_UNDELIVERED},
    {"mark and blanks",
     "\xEF\xBB\xBF\r\n"
     "<result><entry>true</entry><entry>200</entry><entry>" XML_A(
         "<entry>ko</entry>") "</entry></result>",
     REPLY_ANSWERED, OUTCOME_UNDELIVERED},
    {"document type",
     "<!DOCTYPE result>"
     "<result><entry>true</entry></result>",
     REPLY_NOT_READABLE, OUTCOME_UNKNOWN},
    {"entities",
     HEAD "<!DOCTYPE result [<!ENTITY a \"aaaa\"><!ENTITY b "
          "\"&a;&a;\">]><result><entry>&b;</entry></result>",
     REPLY_NOT_READABLE, OUTCOME_UNKNOWN},
    {"outside entity",
     HEAD "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><result>&a;</result>",
     REPLY_NOT_READABLE, OUTCOME_UNKNOWN},
    {"trailing text", XML_LIST(XML_A("<entry>Delivered</entry>")) "x", REPLY_NOT_READABLE,
     OUTCOME_UNKNOWN},
    {"trailing text, cut off", XML_LIST(XML_A("<entry>Delivered</entry>")) "and\xC3",
     REPLY_NOT_READABLE, OUTCOME_UNKNOWN},
    {"trailing comment, cut off", XML_LIST(XML_A("<entry>Delivered</entry>")) "<!-- and",
     REPLY_NOT_READABLE, OUTCOME_UNKNOWN},
    {"two results", XML_LIST(XML_A("<entry>Delivered</entry>")) "<result/>", REPLY_NOT_READABLE,
     OUTCOME_UNKNOWN},
    {"wrong nesting", HEAD "<result><entry>true</result></entry>", REPLY_NOT_READABLE,
     OUTCOME_UNKNOWN},
    {"unknown entity", HEAD "<result><entry>&eacute;</entry></result>", REPLY_NOT_READABLE,
     OUTCOME_UNKNOWN},
    {"another root", HEAD "<html><entry>true</entry></html>", REPLY_WRONG_SHAPE, OUTCOME_UNKNOWN},
    {"empty result", XML(""), REPLY_WRONG_SHAPE, OUTCOME_UNKNOWN},
    {"no list", XML("<entry>true</entry><entry>200</entry>"), REPLY_WRONG_SHAPE, OUTCOME_UNKNOWN},
};

START_TEST(answers_of_every_shape)
{
    for (size_t piece = 0; piece < 2; piece++) {
        struct probe probe;
        probe_init(&probe);
        probe_feed(&probe, ANSWERS[_i].body, strlen(ANSWERS[_i].body), piece);
        expect_state(ANSWERS[_i].name, &probe, ANSWERS[_i].state);
        expect_outcome(ANSWERS[_i].name, &probe, 0, ANSWERS[_i].first);
        probe_release(&probe);
    }
}
END_TEST

START_TEST(a_refusal_has_code_and_message)
{
    struct probe probe;
    probe_init(&probe);
    probe_answer(&probe, XML("<entry>false</entry><entry>10</entry><entry><![CDATA[Cl\xC3\xA9 API "
                             "incorrecte]]></entry>"));
    expect_state("code 10", &probe, REPLY_API_ERROR);
    ck_assert(probe.result.has_code && probe.result.has_success);
    ck_assert_int_eq(probe.result.code, 10);
    ck_assert_str_eq(probe.result.message, "Cl\xC3\xA9 API incorrecte");
    probe_release(&probe);
}
END_TEST

START_TEST(an_answer_cut_off_anywhere_is_no_answer)
{
    size_t whole = strlen(SAMPLE) - strlen("\n");
    for (size_t length = 1; length < whole; length++) {
        char row[40];
        struct probe probe;
        snprintf(row, sizeof row, "cut off after %zu bytes", length);
        probe_init(&probe);
        probe_feed(&probe, SAMPLE, length, length % 3 * 10);
        expect_state(row, &probe, REPLY_CUT_OFF);
        probe_release(&probe);
    }
}
END_TEST

/* expat would tell it from the first two bytes, and at its end depend on how it came in pieces. */
START_TEST(utf_16_is_no_answer)
{
    static const char answer[] = "<result><entry>true</entry><entry>200</entry><entry/></result>\r";
    char wide[2 * sizeof answer] = "";
    for (size_t i = 0; answer[i] != '\0'; i++)
        wide[2 * i] = answer[i];
    for (size_t length = sizeof wide - 2; length < sizeof wide; length++) {
        for (size_t piece = 0; piece < 4; piece++) {
            struct probe probe;
            probe_init(&probe);
            probe_feed(&probe, wide, length, piece);
            expect_state("UTF-16", &probe, REPLY_NOT_READABLE);
            probe_release(&probe);
        }
    }
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    enum { DEPTH = 100000 };
    char *body = malloc(DEPTH * 7 + 9);
    struct probe probe;
    strcpy(body, "<result>");
    for (size_t i = 0; i < DEPTH; i++)
        memcpy(body + 8 + i * 7, "<entry>", 7);
    probe_init(&probe);
    probe_feed(&probe, body, 8 + DEPTH * 7, 16384);
    expect_state("nested", &probe, REPLY_WRONG_SHAPE);
    probe_release(&probe);
    free(body);
}
END_TEST

void reply_add_xml_cases(Suite *suite)
{
    TCase *xml = add_case(suite, "xml");
    tcase_add_test(xml, the_documented_answer_is_understood);
    tcase_add_loop_test(xml, answers_of_every_shape, 0, COUNT_OF(ANSWERS));
    tcase_add_test(xml, a_refusal_has_code_and_message);
    tcase_add_test(xml, an_answer_cut_off_anywhere_is_no_answer);
    tcase_add_test(xml, utf_16_is_no_answer);
    tcase_add_test(xml, deep_nesting_is_refused);
}

#else

START_TEST(xml_is_unreadable)
{
    struct probe probe;
    probe_init(&probe);
    probe_answer(
        &probe,
        "<?xml version='1.0'?><result><entry>true</entry><entry>200</entry><entry/></result>");
    expect_state("XML", &probe, REPLY_NOT_READABLE);
    probe_release(&probe);
}
END_TEST

void reply_add_xml_cases(Suite *suite)
{
    tcase_add_test(add_case(suite, "xml"), xml_is_unreadable);
}

#endif
