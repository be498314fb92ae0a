/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decodes answers in XML, which this API sends without names: <result> holds <entry> elements for
 * success, code and the list (or a message); the list holds an <entry> per message, which holds 8,
 * or in error 5, <entry> elements in the order of the JSON fields (Bulk Status page,
 * docpartner.dev). A document type is refused, so there are no entities to expand and nothing
 * outside to fetch.
 */
#include "reply_events.h"

#include "text.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Depths of elements: the result, its parts, a list's entries, their fields. */
enum { RESULT = 1, PART = 2, ENTRY = 3, FIELD = 4, DEPTH_MAX = 32 };

/* Positions of the parts of the result, from 1. */
enum { PART_SUCCESS = 1, PART_CODE, PART_LIST };

enum { TEXT_ROOM = 1024, ERROR_FIELDS_MAX = 3 };

struct reply_xml {
    struct reply *reply;
    XML_Parser parser;
    int depth;
    int position[DEPTH_MAX + 1]; /* of the element that is open at each depth, from 1 */
    char text[TEXT_ROOM];        /* of the element that is open */
    size_t length;
    char last[TEXT_ROOM]; /* of the field before */
    size_t last_length;
    bool part_has_entries;
    enum reply_state problem;
    const char *problem_text; /* constant; NULL: none, then expat knows */
};

static void refuse(struct reply_xml *xml, enum reply_state state, const char *text)
{
    if (xml->problem_text)
        return;
    xml->problem = state;
    xml->problem_text = text;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_internal_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    refuse(context, REPLY_NOT_READABLE, "it is an HTML page, or XML with a document type");
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct reply_xml *xml = context;
    (void)attributes;
    if (xml->depth == DEPTH_MAX) {
        refuse(xml, REPLY_WRONG_SHAPE, "it is nested too deeply");
        return;
    }
    xml->length = 0;
    xml->position[++xml->depth]++;
    if (xml->depth < DEPTH_MAX)
        xml->position[xml->depth + 1] = 0;
    if (xml->depth == RESULT && strcmp(name, "result") != 0)
        refuse(xml, REPLY_WRONG_SHAPE, "it is an HTML page, or XML without a result");
    if (xml->depth == PART)
        xml->part_has_entries = false;
    if (xml->depth != ENTRY || xml->position[PART] != PART_LIST)
        return;
    if (!xml->part_has_entries)
        reply_list(xml->reply);
    xml->part_has_entries = true;
    xml->last_length = 0;
    reply_begin_entry(xml->reply);
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length)
{
    struct reply_xml *xml = context;
    size_t room = TEXT_ROOM - xml->length;
    size_t used = (size_t)length < room ? (size_t)length : room;
    memcpy(xml->text + xml->length, text, used);
    xml->length += used;
}

/* The third part is the list, or in error the message; an empty one is an empty list. */
static void end_part(struct reply_xml *xml, const char *text, size_t length)
{
    if (xml->position[PART] == PART_SUCCESS)
        reply_top_field(xml->reply, REPLY_SUCCESS, text, length);
    else if (xml->position[PART] == PART_CODE)
        reply_top_field(xml->reply, REPLY_CODE, text, length);
    else if (xml->position[PART] == PART_LIST && !xml->part_has_entries && length > 0)
        reply_top_message(xml->reply, text, length);
    else if (xml->position[PART] == PART_LIST)
        reply_list(xml->reply);
}

static void end_field(struct reply_xml *xml, const char *text, size_t length)
{
    static const enum reply_field fields[] = {
        REPLY_SUCCESS, REPLY_CODE, REPLY_PHONE, REPLY_ID,
        REPLY_STATUS,  REPLY_DATE, REPLY_STOP,  REPLY_SPAM,
    };
    size_t position = (size_t)xml->position[FIELD] - 1;
    if (xml->position[PART] != PART_LIST)
        return;
    if (position < sizeof fields / sizeof fields[0])
        reply_entry_field(xml->reply, fields[position], text, length);
    memcpy(xml->last, text, length);
    xml->last_length = length;
}

/* An entry of a few fields is none of the list but of the errors in its place: its last is the
 * text. */
static bool end_entry(struct reply_xml *xml)
{
    if (xml->position[FIELD] <= ERROR_FIELDS_MAX)
        reply_top_message(xml->reply, xml->last, xml->last_length);
    return reply_end_entry(xml->reply);
}

static void XMLCALL on_end(void *context, const XML_Char *name)
{
    struct reply_xml *xml = context;
    const char *text = xml->text;
    size_t length = xml->length;
    (void)name;
    text_trim_lines(&text, &length);
    if (xml->depth == PART)
        end_part(xml, text, length);
    else if (xml->depth == FIELD)
        end_field(xml, text, length);
    else if (xml->depth == ENTRY && xml->position[PART] == PART_LIST && !end_entry(xml))
        refuse(xml, REPLY_NO_MEMORY, "out of memory");
    xml->depth--;
    xml->length = 0;
}

/* The mark of UTF-8 goes first, so that expat takes a zero byte behind the first '<' for an error,
 * not for UTF-16: of that it passes over half a character at the end, or not, as the pieces fall.
 * What an XML declaration names still holds. */
static bool open_parser(struct reply_xml *xml)
{
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser)
        return false;
    XML_SetUserData(xml->parser, xml);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    return XML_Parse(xml->parser, TEXT_MARK, sizeof TEXT_MARK - 1, XML_FALSE) == XML_STATUS_OK;
}

struct reply_xml *reply_xml_new(struct reply *reply)
{
    struct reply_xml *xml = calloc(1, sizeof *xml);
    if (!xml)
        return NULL;
    xml->reply = reply;
    if (open_parser(xml))
        return xml;
    reply_xml_free(xml);
    return NULL;
}

void reply_xml_free(struct reply_xml *xml)
{
    if (!xml)
        return;
    XML_ParserFree(xml->parser);
    free(xml);
}

static bool fail(struct reply_xml *xml, struct reply_result *result)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (xml->problem_text) {
        result->state = xml->problem;
        snprintf(result->reason, sizeof result->reason, "%s", xml->problem_text);
        return false;
    }
    result->state = code == XML_ERROR_NO_MEMORY ? REPLY_NO_MEMORY : REPLY_NOT_READABLE;
    snprintf(result->reason, sizeof result->reason, "not XML: %s in line %lu",
             XML_ErrorString(code), (unsigned long)XML_GetCurrentLineNumber(xml->parser));
    return false;
}

bool reply_xml_feed(struct reply_xml *xml, const char *bytes, size_t length,
                    struct reply_result *result)
{
    return XML_Parse(xml->parser, bytes, (int)length, XML_FALSE) == XML_STATUS_OK ||
           fail(xml, result);
}

/* Errors at the end that more bytes could have mended. None could behind a complete result,
 * whatever half a character there makes expat say. */
static bool is_cut_off(const struct reply_xml *xml)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    bool is_complete = xml->depth == 0 && xml->position[RESULT] > 0;
    return !is_complete &&
           (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
            code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION);
}

/* expat may put off a token that came in small pieces until now, so all errors may still show. */
bool reply_xml_finish(struct reply_xml *xml, struct reply_result *result)
{
    if (XML_Parse(xml->parser, "", 0, XML_TRUE) == XML_STATUS_OK)
        return true;
    if (xml->problem_text || !is_cut_off(xml))
        return fail(xml, result);
    result->state = REPLY_CUT_OFF;
    snprintf(result->reason, sizeof result->reason, "the answer was cut off in line %lu",
             (unsigned long)XML_GetCurrentLineNumber(xml->parser));
    return false;
}
