/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of faults: everything that networks, proxies, overloaded services and hostile ones do
 * to an answer, by the name that turns it on. --help and the parser both read it; what a fault does
 * is written in sabotage.c (status and body), flow.c (how the body is sent) and wire.c (what is no
 * HTTP).
 */
#include "fault.h"

#include "memory.h"
#include "number.h"

#include <stdlib.h>
#include <string.h>

/* What two faults can't both decide. */
enum { STATUS = 1, BODY = 2, CODING = 4, LENGTH = 8, PACE = 16, ALL = 31 };

#define MS_MAX    3600000
#define BYTES_MAX UINT64_C(1000000000000)
#define S_MAX     1000000000

const struct fault_row fault_table[FAULT_COUNT] = {
    [FAULT_LATENCY] = {"latency", "=MS", VALUE_NUMBER, false, false, 0, 0, MS_MAX, 0,
                       "wait this long before the answer"},
    [FAULT_DRIP] = {"drip", "=BYTES[/MS]", VALUE_PAIR, false, false, PACE, 1, BYTES_MAX, 100,
                    "body in pieces of that many bytes, with a pause (100) between"},
    [FAULT_DROP] = {"drop", "", VALUE_NONE, false, false, ALL, 0, 0, 0,
                    "close the connection instead of an answer"},
    [FAULT_RESET] = {"reset", "", VALUE_NONE, false, false, ALL, 0, 0, 0,
                     "reset the connection (TCP RST) instead of an answer"},
    [FAULT_PARTIAL_STATUS] = {"partial-status", "", VALUE_NONE, false, true, ALL, 0, 0, 0,
                              "half a status line, then close; not with TLS"},
    [FAULT_NOT_HTTP] = {"not-http", "", VALUE_NONE, false, true, ALL, 0, 0, 0,
                        "another protocol's greeting, then close; not with TLS"},
    [FAULT_HANG] = {"hang", "", VALUE_NONE, false, false, ALL, 0, 0, 0,
                    "take the request and never answer"},
    [FAULT_STATUS] = {"status", "=CODE", VALUE_NUMBER, false, false, STATUS, 200, 599, 0,
                      "HTTP status with a small HTML page"},
    [FAULT_STATUS_JSON] = {"status-json", "=CODE", VALUE_NUMBER, false, false, STATUS, 200, 599, 0,
                           "HTTP status with the usual body"},
    [FAULT_REDIRECT] = {"redirect", "[=URL]", VALUE_TEXT, true, false, STATUS, 0, 0, 0,
                        "302 to URL, or to another path here; no comma in it"},
    [FAULT_429] = {"429", "[=RETRY_AFTER_S]", VALUE_NUMBER, true, false, STATUS, 0, S_MAX, 0,
                   "429 with error 429; Retry-After in seconds if given"},
    [FAULT_429_DATE] = {"429-date", "=S", VALUE_NUMBER, false, false, STATUS, 0, S_MAX, 0,
                        "the same, Retry-After as a date S seconds ahead"},
    [FAULT_503] = {"503", "[=RETRY_AFTER_S]", VALUE_NUMBER, true, false, STATUS, 0, S_MAX, 0,
                   "503 with an HTML page; Retry-After if given"},
    [FAULT_LIMIT] = {"limit", "=N[/S]", VALUE_PAIR, false, false, 0, 0, BYTES_MAX, 60,
                     "429 with Retry-After after N requests in S seconds (60); of other faults "
                     "only latency and drip then count"},
    [FAULT_HTML] = {"html", "", VALUE_NONE, false, false, BODY, 0, 0, 0, "200 with an HTML page"},
    [FAULT_EMPTY] = {"empty", "", VALUE_NONE, false, false, BODY, 0, 0, 0,
                     "200 with an empty body"},
    [FAULT_GARBAGE] = {"garbage", "", VALUE_NONE, false, false, BODY, 0, 0, 0,
                       "200 with binary bytes"},
    [FAULT_NESTED] = {"nested", "=N", VALUE_NUMBER, false, false, BODY, 1, 10000000, 0,
                      "200 with N opening brackets, in XML N opening tags"},
    [FAULT_CUT_JSON] = {"cut-json", "=BYTES", VALUE_NUMBER, false, false, BODY, 0, BYTES_MAX, 0,
                        "body that ends early, Content-Length to match"},
    [FAULT_TRAILING] = {"trailing", "", VALUE_NONE, false, false, BODY, 0, 0, 0,
                        "text behind the body"},
    [FAULT_BAD_UTF8] = {"bad-utf8", "", VALUE_NONE, false, false, BODY, 0, 0, 0,
                        "bytes that are no UTF-8 in the last string of the body"},
    [FAULT_HUGE] = {"huge", "=BYTES", VALUE_NUMBER, false, false, BODY, 0, BYTES_MAX, 0,
                    "body filled up with blanks to that many bytes"},
    [FAULT_ENDLESS] = {"endless", "", VALUE_NONE, false, false, BODY | CODING | LENGTH, 0, 0, 0,
                       "body, then blanks for ever (chunked)"},
    [FAULT_GZIP] = {"gzip", "", VALUE_NONE, false, false, CODING, 0, 0, 0,
                    "body compressed (chunked), if the client accepts it"},
    [FAULT_GZIP_BOMB] = {"gzip-bomb", "=BYTES", VALUE_NUMBER, false, false, BODY | CODING, 0,
                         BYTES_MAX, 0, "like huge, compressed, also for those who don't accept it"},
    [FAULT_CUT] = {"cut", "=BYTES", VALUE_NUMBER, false, false, LENGTH, 0, BYTES_MAX, 0,
                   "connection closed after that much of the body; right Content-Length"},
    [FAULT_LONG_LENGTH] = {"long-length", "", VALUE_NONE, false, false, LENGTH | CODING, 0, 0, 0,
                           "Content-Length 100 above the body's, then close"},
};

static size_t find(const char *name, size_t length)
{
    size_t i = 0;
    while (i < FAULT_COUNT && (strlen(fault_table[i].name) != length ||
                               strncmp(fault_table[i].name, name, length) != 0))
        i++;
    return i;
}

/* A fault that is on already and can't be together with this one, or NULL. */
static const char *rival(const struct faults *faults, size_t fault)
{
    for (size_t i = 0; i < FAULT_COUNT; i++)
        if (i != fault && faults->of[i].on &&
            (fault_table[i].rivals & fault_table[fault].rivals) != 0)
            return fault_table[i].name;
    return NULL;
}

static bool read_numbers(const struct fault_row *row, const char *text, size_t length,
                         struct fault_setting *setting)
{
    const char *slash = row->kind == VALUE_PAIR ? memchr(text, '/', length) : NULL;
    size_t first = slash != NULL ? (size_t)(slash - text) : length;
    setting->m = row->m;
    if (!number_read_part(text, first, row->max, &setting->n) || setting->n < row->min)
        return false;
    return slash == NULL || number_read_part(slash + 1, length - first - 1, MS_MAX, &setting->m);
}

/* Reads what stands behind a name; text is NULL when there is no '='. */
static bool read_value(const struct fault_row *row, const char *text, size_t length,
                       struct fault_setting *setting, struct complaint *reason)
{
    setting->valued = text != NULL;
    if (text == NULL)
        return row->kind == VALUE_NONE || row->optional ||
               complain(reason, "the fault is %s%s", row->name, row->argument);
    if (row->kind == VALUE_NONE)
        return complain(reason, "the fault %s takes no value", row->name);
    if (row->kind == VALUE_TEXT)
        return length > 0 || complain(reason, "%s= wants a text", row->name);
    return read_numbers(row, text, length, setting) ||
           complain(reason, "%s%s wants a number from %llu to %llu, not '%.*s'", row->name,
                    row->argument, (unsigned long long)row->min, (unsigned long long)row->max,
                    (int)length, text);
}

static bool add_one(struct faults *faults, const char *item, size_t length,
                    struct complaint *reason)
{
    const char *equals = memchr(item, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - item);
    size_t fault = find(item, name_length);
    if (fault == FAULT_COUNT)
        return complain(reason, "no fault is named '%.*s'; --help lists them", (int)name_length,
                        item);

    struct fault_setting setting = {.on = true, .item = item, .length = length};
    if (!read_value(&fault_table[fault], equals != NULL ? equals + 1 : NULL,
                    equals != NULL ? length - name_length - 1 : 0, &setting, reason))
        return false;
    const char *other = rival(faults, fault);
    if (other != NULL)
        return complain(reason, "the faults %s and %s exclude each other", other,
                        fault_table[fault].name);
    faults->of[fault] = setting;
    return true;
}

bool faults_add(struct faults *faults, const char *list, struct complaint *reason)
{
    for (;;) {
        size_t length = strcspn(list, ",");
        if (!add_one(faults, list, length, reason))
            return false;
        if (list[length] == '\0')
            return true;
        list += length + 1;
    }
}

char *faults_text(const struct faults *faults)
{
    char *text = NULL;
    for (size_t i = 0; i < FAULT_COUNT; i++) {
        const struct fault_setting *setting = &faults->of[i];
        if (!setting->on)
            continue;
        char *longer = memory_format("%s%s%.*s", text != NULL ? text : "", text != NULL ? "," : "",
                                     (int)setting->length, setting->item);
        free(text);
        text = longer;
    }
    return text;
}

char *fault_argument(const struct faults *faults, enum fault fault, const char *fallback)
{
    const struct fault_setting *setting = &faults->of[fault];
    if (!setting->on || !setting->valued)
        return memory_copy(fallback);
    size_t skip = strlen(fault_table[fault].name) + 1;
    return memory_format("%.*s", (int)(setting->length - skip), setting->item + skip);
}
