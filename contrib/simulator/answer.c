/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole answers: the list of items, the four shapes errors were seen in, and the pages in HTML that
 * a framework gives by itself. Knows nothing of sockets, and of formats only their names.
 */
#include "answer.h"

#include "api_error.h"
#include "memory.h"
#include "order.h"
#include "wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Ends the document of an answer. */
static struct answer finish(struct writer *out, enum format format, unsigned http, int code)
{
    struct answer answer = {.http = http, .code = code};
    answer.type = format == FORMAT_XML ? "application/xml" : "application/json";
    writer_close_object(out);
    answer.body = writer_end(out, &answer.length);
    return answer;
}

/* An item nobody asked for: in turn an asked number with a strange id, for those who match by
 * number alone, and a strange number with an asked id. */
static void write_unasked(struct writer *out, const struct options *options,
                          const struct subject *first, size_t place)
{
    char id[32];
    char number[32];
    struct subject subject = {.number = number, .id = id};
    snprintf(id, sizeof id, "%zu", 900000000 + place);
    snprintf(number, sizeof number, "+337000%05zu", place % 100000);
    if (place % 2 == 0 && first->number != NULL)
        subject.number = first->number;
    else if (first->id != NULL)
        subject.id = first->id;
    subject.fate = (struct fate){.code = API_FINE, .status = "Not delivered", .dated = true};
    subject.fate.date = (int64_t)time(NULL);
    item_write(out, options, &subject);
}

/* The top level repeated inside, with other values: see item.c for the same trap in an item. */
static void write_top_trap(struct writer *out)
{
    writer_key(out, "request");
    writer_open_object(out);
    writer_key(out, "success");
    writer_bool(out, false);
    writer_key(out, "code");
    writer_integer(out, API_KEY_WRONG);
    writer_key(out, "StatutResponse_List");
    writer_open_list(out);
    writer_close_list(out);
    writer_close_object(out);
}

static void write_items(struct writer *out, const struct options *options,
                        const struct subject *subjects, size_t count)
{
    size_t length;
    size_t *order = order_make(options, count, &length);
    writer_key(out, "StatutResponse_List");
    writer_open_list(out);
    for (size_t i = 0; i < length; i++) {
        if (order[i] < count)
            item_write(out, options, &subjects[order[i]]);
        else
            write_unasked(out, options, &subjects[0], order[i] - count);
    }
    writer_close_list(out);
    free(order);
}

struct answer answer_list(const struct options *options, enum format format,
                          const struct subject *subjects, size_t count)
{
    struct writer *out = writer_new(options, format);
    bool extra = odd(options, ODD_EXTRA_FIELDS);
    bool positional = writer_is_positional(out);
    writer_open_object(out);
    if (extra && !positional)
        write_top_trap(out);
    item_write_code(out, options, API_FINE);
    if (!odd(options, ODD_NO_LIST))
        write_items(out, options, subjects, count);
    if (extra && positional)
        write_top_trap(out);
    return finish(out, format, 200, API_FINE);
}

/* The list of shapes 2 to 4: of form fields, or of objects that repeat the code as a string. */
static void write_errors(struct writer *out, const struct options *options, int code,
                         const char *text)
{
    writer_key(out, options->shape == SHAPE_ERROR ? "error" : "errors");
    writer_open_list(out);
    writer_open_object(out);
    if (options->shape == SHAPE_NESTED) {
        char *digits = memory_format("%d", code);
        writer_key(out, "success");
        writer_bool(out, false);
        writer_key(out, "code");
        writer_text(out, digits);
        free(digits);
    } else {
        writer_key(out, "elementId");
        writer_text(out, api_error_element(code));
    }
    writer_key(out, "message");
    writer_text(out, text);
    writer_close_object(out);
    writer_close_list(out);
}

struct answer answer_error(const struct options *options, enum format format, int code,
                           const char *text)
{
    struct writer *out = writer_new(options, format);
    char *worded = wording_text(
        options, text != NULL ? text : api_error_text(code, odd(options, ODD_ENGLISH)));
    writer_open_object(out);
    item_write_code(out, options, code);
    if (options->shape == SHAPE_MESSAGE || options->shape == SHAPE_NESTED) {
        writer_key(out, "message");
        writer_text(out, worded);
    }
    if (options->shape != SHAPE_MESSAGE)
        write_errors(out, options, code, worded);
    free(worded);
    return finish(out, format, options->error_status, code);
}

static const char *reason_phrase(unsigned http)
{
    static const struct {
        unsigned http;
        const char *phrase;
    } phrases[] = {{200, "OK"},
                   {302, "Found"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {408, "Request Timeout"},
                   {413, "Content Too Large"},
                   {429, "Too Many Requests"},
                   {500, "Internal Server Error"},
                   {502, "Bad Gateway"},
                   {503, "Service Unavailable"},
                   {504, "Gateway Timeout"}};
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].http == http)
            return phrases[i].phrase;
    return "Error";
}

struct answer answer_page(unsigned http)
{
    struct answer answer = {.http = http, .type = "text/html; charset=UTF-8"};
    const char *phrase = reason_phrase(http);
    answer.body = memory_format("<!DOCTYPE html>\n"
                                "<html lang=\"en\">\n"
                                "<head>\n"
                                "  <meta charset=\"UTF-8\" />\n"
                                "  <title>An Error Occurred: %s</title>\n"
                                "</head>\n"
                                "<body>\n"
                                "  <h1>Oops! An Error Occurred</h1>\n"
                                "  <h2>The server returned a \"%u %s\".</h2>\n"
                                "</body>\n"
                                "</html>\n",
                                phrase, http, phrase);
    answer.length = strlen(answer.body);
    return answer;
}

void answer_release(struct answer *answer)
{
    free(answer->body);
    free(answer->location);
    free(answer->retry_after);
    *answer = (struct answer){.http = 0};
}
