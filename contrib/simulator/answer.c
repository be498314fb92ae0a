/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole answers: the list of items, the four shapes errors were seen in, and the pages in HTML that
 * a framework gives by itself. Knows nothing of sockets; another format would be a sibling of this.
 */
#include "answer.h"

#include "api_error.h"
#include "json.h"
#include "memory.h"
#include "order.h"
#include "wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char JSON_TYPE[] = "application/json";
static const char BOM[] = "\xef\xbb\xbf";

/* Ends the JSON and dresses its bytes up as the oddities want. */
static struct answer finish(yajl_gen out, const struct options *options, unsigned http, int code)
{
    struct answer answer = {.http = http, .code = code, .type = JSON_TYPE};
    yajl_gen_map_close(out);
    answer.body = json_take(out, &answer.length);
    yajl_gen_free(out);
    if (odd(options, ODD_ESCAPED))
        answer.body = json_escape(answer.body, &answer.length);
    if (odd(options, ODD_BOM)) {
        answer.body = memory_resize(answer.body, answer.length + sizeof BOM);
        memmove(answer.body + sizeof BOM - 1, answer.body, answer.length + 1);
        memcpy(answer.body, BOM, sizeof BOM - 1);
        answer.length += sizeof BOM - 1;
    }
    return answer;
}

/* An item nobody asked for: in turn an asked number with a strange id, for those who match by
 * number alone, and a strange number with an asked id. */
static void write_unasked(yajl_gen out, const struct options *options, const struct subject *first,
                          size_t place)
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
static void write_top_trap(yajl_gen out)
{
    json_key(out, "request");
    yajl_gen_map_open(out);
    json_key(out, "success");
    json_bool(out, false);
    json_key(out, "code");
    json_integer(out, API_KEY_WRONG);
    json_key(out, "StatutResponse_List");
    yajl_gen_array_open(out);
    yajl_gen_array_close(out);
    yajl_gen_map_close(out);
}

struct answer answer_list(const struct options *options, const struct subject *subjects,
                          size_t count)
{
    yajl_gen out = json_new(odd(options, ODD_PRETTY));
    yajl_gen_map_open(out);
    if (odd(options, ODD_EXTRA_FIELDS))
        write_top_trap(out);
    item_write_code(out, options, API_FINE);
    if (odd(options, ODD_NO_LIST))
        return finish(out, options, 200, API_FINE);

    size_t length;
    size_t *order = order_make(options, count, &length);
    json_key(out, "StatutResponse_List");
    yajl_gen_array_open(out);
    for (size_t i = 0; i < length; i++) {
        if (order[i] < count)
            item_write(out, options, &subjects[order[i]]);
        else
            write_unasked(out, options, &subjects[0], order[i] - count);
    }
    yajl_gen_array_close(out);
    free(order);
    return finish(out, options, 200, API_FINE);
}

/* The list of shapes 2 to 4: of form fields, or of objects that repeat the code as a string. */
static void write_errors(yajl_gen out, const struct options *options, int code, const char *text)
{
    json_key(out, options->shape == SHAPE_ERROR ? "error" : "errors");
    yajl_gen_array_open(out);
    yajl_gen_map_open(out);
    if (options->shape == SHAPE_NESTED) {
        char *digits = memory_format("%d", code);
        json_key(out, "success");
        json_bool(out, false);
        json_key(out, "code");
        json_text(out, digits);
        free(digits);
    } else {
        json_key(out, "elementId");
        json_text(out, api_error_element(code));
    }
    json_key(out, "message");
    json_text(out, text);
    yajl_gen_map_close(out);
    yajl_gen_array_close(out);
}

struct answer answer_error(const struct options *options, int code, const char *text)
{
    yajl_gen out = json_new(odd(options, ODD_PRETTY));
    char *worded = wording_text(
        options, text != NULL ? text : api_error_text(code, odd(options, ODD_ENGLISH)));
    yajl_gen_map_open(out);
    item_write_code(out, options, code);
    if (options->shape == SHAPE_MESSAGE || options->shape == SHAPE_NESTED) {
        json_key(out, "message");
        json_text(out, worded);
    }
    if (options->shape != SHAPE_MESSAGE)
        write_errors(out, options, code, worded);
    free(worded);
    return finish(out, options, options->error_status, code);
}

static const char *reason_phrase(unsigned http)
{
    switch (http) {
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    default:
        return "Error";
    }
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
