/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults that are a matter of what is answered: another status, another body. How the bytes then
 * leave is not decided here.
 */
#define _POSIX_C_SOURCE 200809L

#include "sabotage.h"

#include "bytes.h"
#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GARBAGE_SIZE = 512 };

static void replace(struct answer *answer, struct answer other)
{
    answer_release(answer);
    *answer = other;
}

static char *date_ahead(uint64_t seconds)
{
    time_t when = time(NULL) + (time_t)seconds;
    struct tm tm;
    char text[64] = "";
    if (gmtime_r(&when, &tm) != NULL)
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    return memory_copy(text);
}

static void refuse_for_now(struct answer *answer, const struct faults *faults,
                           const struct options *options, enum format format)
{
    const struct fault_setting *plain = &faults->of[FAULT_429];
    replace(answer, answer_error(options, format, 429, NULL));
    answer->http = 429;
    if (plain->valued)
        answer->retry_after = memory_format("%" PRIu64, plain->n);
    else if (!plain->on)
        answer->retry_after = date_ahead(faults->of[FAULT_429_DATE].n);
}

/* True when a fault has set the status. */
static bool change_status(struct answer *answer, const struct faults *faults,
                          const struct options *options, enum format format)
{
    const struct fault_setting *of = faults->of;
    if (of[FAULT_STATUS].on) {
        replace(answer, answer_page((unsigned)of[FAULT_STATUS].n));
    } else if (of[FAULT_STATUS_JSON].on) {
        answer->http = (unsigned)of[FAULT_STATUS_JSON].n;
    } else if (of[FAULT_REDIRECT].on) {
        replace(answer, answer_page(302));
        answer->location = fault_argument(faults, FAULT_REDIRECT, "/v1/moved");
    } else if (of[FAULT_429].on || of[FAULT_429_DATE].on) {
        refuse_for_now(answer, faults, options, format);
    } else if (of[FAULT_503].on) {
        replace(answer, answer_page(503));
        if (of[FAULT_503].valued)
            answer->retry_after = memory_format("%" PRIu64, of[FAULT_503].n);
    } else {
        return false;
    }
    return true;
}

/* Takes over the new body, which is not the API's. */
static void set_body(struct answer *answer, struct bytes body)
{
    free(answer->body);
    answer->body = body.data;
    answer->length = body.length;
    answer->code = 0;
}

/* Bytes of every value, always the same. */
static struct bytes garbage(void)
{
    struct bytes body = {.data = NULL};
    uint32_t state = 1;
    for (int i = 0; i < GARBAGE_SIZE; i++) {
        state = state * UINT32_C(1664525) + UINT32_C(1013904223);
        char byte = (char)(unsigned char)(state >> 24);
        bytes_add(&body, &byte, 1);
    }
    return body;
}

static struct bytes nested(uint64_t depth, enum format format)
{
    struct bytes body = {.data = NULL};
    for (uint64_t i = 0; i < depth; i++)
        bytes_add_text(&body, format == FORMAT_XML ? "<entry>" : "[");
    return body;
}

/* Another body in the place of the usual one; false when none is wanted. */
static bool change_body(struct answer *answer, const struct faults *faults, enum format format)
{
    struct bytes nothing = {.data = NULL};
    if (faulty(faults, FAULT_HTML)) {
        struct answer page = answer_page(200);
        answer->type = page.type;
        set_body(answer, (struct bytes){.data = page.body, .length = page.length});
    } else if (faulty(faults, FAULT_EMPTY)) {
        set_body(answer, nothing);
    } else if (faulty(faults, FAULT_GARBAGE)) {
        set_body(answer, garbage());
    } else if (faulty(faults, FAULT_NESTED)) {
        set_body(answer, nested(faults->of[FAULT_NESTED].n, format));
    } else {
        return false;
    }
    return true;
}

/* The place of the last string's end, in XML without CDATA of the last element's. In JSON the last
 * quotation mark always ends a string, be it a value or a key. */
static size_t end_of_last_string(const struct answer *answer)
{
    static const char *const marks[] = {"]]>", "</", "\""};
    size_t last = answer->length;
    size_t i = 0;
    while (i < 2 && strstr(answer->body, marks[i]) == NULL)
        i++;
    for (const char *c = answer->body; (c = strstr(c, marks[i])) != NULL; c++)
        last = (size_t)(c - answer->body);
    return last;
}

/* Puts bytes into the body. */
static void insert(struct answer *answer, size_t place, const char *bytes)
{
    struct bytes body = {.data = NULL};
    bytes_add(&body, answer->body, place);
    bytes_add_text(&body, bytes);
    bytes_add(&body, answer->body + place, answer->length - place);
    free(answer->body);
    answer->body = body.data;
    answer->length = body.length;
}

static void damage(struct answer *answer, const struct faults *faults)
{
    static const char warning[] =
        "\n<br />\n<b>Warning</b>: Unknown: write failed in <b>Unknown</b>\n";
    /* A lead byte without followers, one that never occurs, a surrogate, an overlong slash. */
    static const char no_utf8[] = "caf\xe9 \xff\xed\xa0\x80\xc0\xaf";
    const struct fault_setting *cut = &faults->of[FAULT_CUT_JSON];
    if (cut->on && cut->n < answer->length)
        answer->length = (size_t)cut->n;
    if (faulty(faults, FAULT_TRAILING))
        insert(answer, answer->length, warning);
    if (faulty(faults, FAULT_BAD_UTF8))
        insert(answer, end_of_last_string(answer), no_utf8);
}

void sabotage(struct answer *answer, const struct faults *faults, const struct options *options,
              enum format format)
{
    bool chosen = change_status(answer, faults, options, format);
    if (!change_body(answer, faults, format))
        damage(answer, faults);
    else if (!chosen)
        answer->http = 200;
}
