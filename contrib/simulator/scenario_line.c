/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of a scenario file: splits it at commas and reads each field strictly, so that a slip of
 * the pen in a test is a message with a reason and not a strange answer. There is no quoting.
 */
#define _POSIX_C_SOURCE 200809L

#include "scenario_line.h"

#include "api_error.h"
#include "number.h"
#include "phone.h"

#include <string.h>
#include <strings.h>

enum { NUMBER, ID, STATUS, DATE, STOP, SPAM, CODE, FIELDS };

static const char BLANKS[] = " \t\r";
static const int64_t DATE_MAX = INT64_C(9999999999999);
static const uint64_t SHIFT_MAX = UINT64_C(100) * 366 * 86400;

static char *trim(char *text)
{
    text += strspn(text, BLANKS);
    size_t length = strlen(text);
    while (length > 0 && strchr(BLANKS, text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    return text;
}

/* Number of fields found, FIELDS + 1 when there are too many; those missing are "". */
static int split(char *line, char *field[FIELDS])
{
    static char nothing[] = "";
    int count = 0;
    for (char *rest = line; rest != NULL; count++) {
        if (count == FIELDS)
            return FIELDS + 1;
        char *comma = strchr(rest, ',');
        if (comma != NULL)
            *comma++ = '\0';
        field[count] = trim(rest);
        rest = comma;
    }
    for (int i = count; i < FIELDS; i++)
        field[i] = nothing;
    return count;
}

static bool read_shift(const char *text, int64_t *seconds)
{
    static const char units[] = "smhd";
    static const uint64_t lengths[] = {1, 60, 3600, 86400};
    int64_t sign = *text == '-' ? -1 : 1;
    if (*text != '-' && *text != '+')
        return false;
    text++;

    size_t length = strlen(text);
    const char *unit = length > 0 ? strchr(units, text[length - 1]) : NULL;
    uint64_t factor = unit != NULL ? lengths[unit - units] : 1;
    uint64_t value;
    if (!number_read_part(text, unit != NULL ? length - 1 : length, SHIFT_MAX / factor, &value))
        return false;
    *seconds = sign * (int64_t)(value * factor);
    return true;
}

/* Nothing, epoch seconds, or `now`, `now-30`, `now+2h`. */
static bool read_date(const char *text, struct scenario_entry *entry)
{
    uint64_t fixed;
    entry->date = 0;
    if (*text == '\0') {
        entry->when = WHEN_NEVER;
        return true;
    }
    if (strncmp(text, "now", 3) == 0) {
        entry->when = WHEN_RELATIVE;
        return text[3] == '\0' || read_shift(text + 3, &entry->date);
    }
    entry->when = WHEN_FIXED;
    if (!number_read(text, (uint64_t)DATE_MAX, &fixed))
        return false;
    entry->date = (int64_t)fixed;
    return true;
}

static bool read_flag(const char *text, enum fate_flag *flag)
{
    if (strcmp(text, "1") == 0)
        *flag = FLAG_YES;
    else if (strcmp(text, "-") == 0)
        *flag = FLAG_ABSENT;
    else
        *flag = FLAG_NO;
    return *flag != FLAG_NO || *text == '\0' || strcmp(text, "0") == 0;
}

static bool read_code(const char *text, int *code)
{
    uint64_t value = API_FINE;
    if (*text != '\0' && !number_read(text, 999999, &value))
        return false;
    *code = (int)value;
    return true;
}

bool scenario_line_read(char *line, struct scenario_entry *entry, struct complaint *reason)
{
    char *field[FIELDS];
    int count = split(line, field);
    if (count < STATUS + 1 || count > FIELDS)
        return complain(reason, "expected number,id,status,date,stop,spam[,code], found %s fields",
                        count > FIELDS ? "too many" : "too few");
    if (!phone_read(field[NUMBER], &entry->number))
        return complain(reason, "'%s' is not a phone number", field[NUMBER]);
    if (*field[ID] == '\0')
        return complain(reason, "the message id is empty");
    if (!read_date(field[DATE], entry))
        return complain(reason, "date '%s': expected epoch seconds, now, now-30, now+2h or nothing",
                        field[DATE]);
    if (!read_flag(field[STOP], &entry->stop))
        return complain(reason, "stop '%s': expected 0, 1, - or nothing", field[STOP]);
    if (!read_flag(field[SPAM], &entry->spam))
        return complain(reason, "spam '%s': expected 0, 1, - or nothing", field[SPAM]);
    if (!read_code(field[CODE], &entry->code))
        return complain(reason, "code '%s': expected a number or nothing", field[CODE]);
    entry->id = scenario_id(field[ID]);
    entry->status = *field[STATUS] != '\0' ? field[STATUS] : NULL;
    return true;
}

bool scenario_line_is_header(const char *line)
{
    static const char *const names[] = {"number", "phone", "phoneNumber"};
    line += strspn(line, BLANKS);
    size_t length = strcspn(line, ", \t\r");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == length && strncasecmp(line, names[i], length) == 0)
            return true;
    return false;
}

const char *scenario_id(const char *id)
{
    if (*id == '\0' || id[strspn(id, "0123456789")] != '\0')
        return id;
    while (id[0] == '0' && id[1] != '\0')
        id++;
    return id;
}
