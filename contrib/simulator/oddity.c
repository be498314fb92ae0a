/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of oddities: everything the documentation leaves open or contradicts itself about, by
 * the name that turns it on. --help and the parser both read it; what an oddity does to an answer
 * is written where that part of the answer is written.
 */
#include "oddity.h"

#include "number.h"

#include <stdint.h>
#include <string.h>

enum { ODD_N_MAX = 100000 };

const struct oddity_row oddity_table[ODD_COUNT] = {
    [ODD_SHUFFLE] = {"shuffle", NULL, 0, "items in another order, the same for the same --seed"},
    [ODD_MISSING] = {"missing", NULL, 10, "every Nth item is left out"},
    [ODD_DOUBLED] = {"doubled", NULL, 10, "every Nth item comes twice"},
    [ODD_UNASKED] = {"unasked", NULL, 2, "N more items that nobody asked for"},
    [ODD_EMPTY_LIST] = {"empty-list", "list", 0, "success with an empty StatutResponse_List"},
    [ODD_NO_LIST] = {"no-list", "list", 0, "success without StatutResponse_List"},
    [ODD_WRONG_KEY_SPELLING_OK] = {"wrong-key-spelling-ok", NULL, 0,
                                   "a request whose list is spelt SMSStatus_List gets success "
                                   "with nothing instead of error 5"},
    [ODD_WAITING_DATE] = {"waiting-date", "waiting", 0, "Waiting items carry the sending date"},
    [ODD_WAITING_EMPTY_DATE] = {"waiting-empty-date", "waiting", 0,
                                "Waiting items carry the date \"\""},
    [ODD_WAITING_NULL_DATE] = {"waiting-null-date", "waiting", 0,
                               "Waiting items carry the date null"},
    [ODD_DATE_INT] = {"date-int", "date", 0, "date is a number"},
    [ODD_DATE_MS] = {"date-ms", "date", 0, "date is a string of milliseconds"},
    [ODD_DATE_TEXT] = {"date-text", "date", 0, "date is YYYY-MM-DD HH:MM:SS in Paris, no zone"},
    [ODD_DATE_ISO] = {"date-iso", "date", 0, "date is ISO 8601 with the offset of Paris"},
    [ODD_FLAGS_INT] = {"flags-int", "flags", 0, "stopSms and isSpam are 0 or 1"},
    [ODD_FLAGS_BOOL] = {"flags-bool", "flags", 0, "stopSms and isSpam are false or true"},
    [ODD_STOP_UPPER] = {"stop-upper", NULL, 0, "stopSms is spelt stopSMS"},
    [ODD_ID_TEXT] = {"id-text", NULL, 0, "messageId is a string"},
    [ODD_CODE_TEXT] = {"code-text", NULL, 0, "every code is a string"},
    [ODD_LOWER_CASE] = {"lower-case", "status", 0, "status words in lower case"},
    [ODD_SMPP] = {"smpp", "status", 0, "status words are DELIVRD, UNDELIV, PENDING, REJECTD"},
    [ODD_FRENCH_STATUS] = {"french-status", "status", 0, "status words in French"},
    [ODD_HTML_STATUS] = {"html-status", "status", 0,
                         "status and error texts hold markup, a pipe, line ends, control "
                         "characters and right-to-left marks"},
    [ODD_NUMBER_NATIONAL] = {"number-national", "number", 0, "numbers come back as 0639980001"},
    [ODD_NUMBER_SPACED] = {"number-spaced", "number", 0, "numbers come back as +33 6 39 98 00 01"},
    [ODD_NUMBER_00] = {"number-00", "number", 0, "numbers come back as 0033639980001"},
    [ODD_NUMBER_DIGITS] = {"number-digits", "number", 0, "numbers come back as 33639980001"},
    [ODD_ENGLISH] = {"english", NULL, 0, "error texts in English"},
    [ODD_EXTRA_FIELDS] = {"extra-fields", NULL, 0,
                          "unknown keys: cost, countryCode, currency, number, and an object that "
                          "repeats known keys with other values"},
    [ODD_NULL_FIELDS] = {"null-fields", NULL, 0,
                         "what would be left out of an item is null, in XML empty"},
    [ODD_NO_SUCCESS] = {"no-success", NULL, 0, "success is left out everywhere"},
    [ODD_ESCAPED] = {"escaped", NULL, 0,
                     "\\u00e9 and \\/ as PHP writes them, in XML &#233;: pure ASCII"},
    [ODD_PRETTY] = {"pretty", NULL, 0, "line ends and blanks between elements"},
    [ODD_BOM] = {"bom", NULL, 0, "a UTF-8 byte-order mark before the body"},
    [ODD_FORMAT_IGNORED_JSON] = {"format-ignored-json", "format", 0, "JSON whatever was asked for"},
    [ODD_FORMAT_IGNORED_XML] = {"format-ignored-xml", "format", 0, "XML whatever was asked for"},
    [ODD_FORMAT_IN_BODY] = {"format-in-body", "format", 0,
                            "_format counts in the body only, not in the query"},
    [ODD_FORMAT_IN_QUERY] = {"format-in-query", "format", 0,
                             "_format counts in the query only, not in the body"},
    [ODD_XML_NO_CDATA] = {"xml-no-cdata", NULL, 0, "XML with strings escaped, without CDATA"},
    [ODD_XML_LEFT_OUT] = {"xml-left-out", NULL, 0,
                          "XML without the empty entry that keeps the place of a missing value: "
                          "what follows moves up"},
    [ODD_XML_DOCTYPE] = {"xml-doctype", NULL, 0,
                         "XML with a document type whose nested entities grow to gigabytes, and a "
                         "last entry that uses them"},
};

static size_t find(const char *name, size_t length)
{
    size_t i = 0;
    while (i < ODD_COUNT && (strlen(oddity_table[i].name) != length ||
                             strncmp(oddity_table[i].name, name, length) != 0))
        i++;
    return i;
}

/* A rival of `odd` that is on already, or NULL. */
static const char *rival(const struct oddities *oddities, size_t odd)
{
    const char *word = oddity_table[odd].rival;
    for (size_t i = 0; word != NULL && i < ODD_COUNT; i++)
        if (i != odd && oddities->n[i] > 0 && oddity_table[i].rival != NULL &&
            strcmp(oddity_table[i].rival, word) == 0)
            return oddity_table[i].name;
    return NULL;
}

static bool add_one(struct oddities *oddities, const char *item, size_t length,
                    struct complaint *reason)
{
    const char *equals = memchr(item, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - item);
    size_t odd = find(item, name_length);
    if (odd == ODD_COUNT)
        return complain(reason, "no oddity is named '%.*s'; --help lists them", (int)name_length,
                        item);

    const struct oddity_row *row = &oddity_table[odd];
    uint64_t n = row->n > 0 ? row->n : 1;
    if (equals != NULL && row->n == 0)
        return complain(reason, "the oddity %s takes no number", row->name);
    if (equals != NULL &&
        (!number_read_part(equals + 1, length - name_length - 1, ODD_N_MAX, &n) || n == 0))
        return complain(reason, "%s=N wants a number from 1 to %d", row->name, ODD_N_MAX);

    const char *other = rival(oddities, odd);
    if (other != NULL)
        return complain(reason, "the oddities %s and %s exclude each other", other, row->name);
    oddities->n[odd] = (unsigned)n;
    return true;
}

bool oddities_add(struct oddities *oddities, const char *list, struct complaint *reason)
{
    for (;;) {
        size_t length = strcspn(list, ",");
        if (!add_one(oddities, list, length, reason))
            return false;
        if (list[length] == '\0')
            return true;
        list += length + 1;
    }
}
