/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The provider's codes: which failure each is, and which name no
 * message. */
#include "api_error.h"
#include "suites.h"
#include "support.h"

static const struct {
    int code;
    enum failure_class class;
    const char *name;
} CODES[] = {
    {1, FAILURE_REQUEST, "key missing"},
    {10, FAILURE_REQUEST, "wrong key"},
    {40, FAILURE_REQUEST, "access denied"},
    {96, FAILURE_REQUEST, "address not allowed"},
    {2, FAILURE_REQUEST, "number missing"},
    {3, FAILURE_REQUEST, "id missing"},
    {5, FAILURE_REQUEST, "list empty"},
    {6, FAILURE_REQUEST, "wrong format"},
    {9, FAILURE_REQUEST, "no mobile number"},
    {50, FAILURE_REQUEST, "more than 500"},
    {90, FAILURE_REQUEST, "malformed JSON"},
    {20, FAILURE_ACCOUNT, "account disabled"},
    {30, FAILURE_ACCOUNT, "account blocked"},
    {11, FAILURE_ACCOUNT, "credit"},
    {429, FAILURE_UNREACHABLE, "too many requests"},
    {4, FAILURE_REQUEST, "not found, at the top level"},
    {55, FAILURE_REQUEST, "any other"},
    {992, FAILURE_REQUEST, "any other"},
    {0, FAILURE_REQUEST, "zero"},
    {-1, FAILURE_REQUEST, "no number"},
    {500, FAILURE_REQUEST, "any other"},
    {21, FAILURE_REQUEST, "beside 20"},
    {110, FAILURE_REQUEST, "beside 11"},
};

START_TEST(every_code_has_its_class)
{
    enum failure_class got = api_error_class(CODES[_i].code);
    ck_assert_msg(got == CODES[_i].class, "code %d (%s): expected class %d, got %d", CODES[_i].code,
                  CODES[_i].name, (int)CODES[_i].class, (int)got);
}
END_TEST

START_TEST(five_item_codes_name_no_message)
{
    for (int code = -1; code <= 1000; code++) {
        bool expected = code == 2 || code == 3 || code == 4 || code == 6 || code == 9;
        ck_assert_msg(api_error_is_not_found(code) == expected, "code %d: expected %s", code,
                      expected ? "not found" : "another error");
    }
}
END_TEST

START_TEST(what_somebody_can_do_is_said)
{
    static const int with[] = {1, 10, 11, 20, 30, 40, 96}, without[] = {-1, 0, 7, 992};
    for (int i = 0; i < COUNT_OF(with); i++)
        ck_assert_msg(api_error_remedy(with[i]) && *api_error_remedy(with[i]),
                      "code %d: expected a remedy", with[i]);
    for (int i = 0; i < COUNT_OF(without); i++)
        ck_assert_msg(!api_error_remedy(without[i]), "code %d: expected none", without[i]);
}
END_TEST

Suite *api_error_suite(void)
{
    Suite *suite = suite_create("api_error");
    TCase *core = add_case(suite, "core");
    tcase_add_loop_test(core, every_code_has_its_class, 0, COUNT_OF(CODES));
    tcase_add_test(core, five_item_codes_name_no_message);
    tcase_add_test(core, what_somebody_can_do_is_said);
    return suite;
}
