/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points in time; see datetime.h. Paris is computed here, because the API's zone-less texts need it
 * on machines without a zone database: a delivery scheduled for "2018-08-18 20:00:00" was reported
 * as epoch 1534615206, which is 20:00:06 in Paris (fixtures of the provider's Go client). The rule
 * is the European Union's since 1996: summer time from the last Sunday of March, 01:00 UTC, to the
 * last Sunday of October, 01:00 UTC.
 */
#include "datetime.h"

#include "number.h"
#include "text.h"

#include <time.h>

static const int64_t DAY_S = 86400;
static const double MILLISECONDS_FROM = 1e11;
static const double LAST_MS = 253402300799999.0; /* the year 9999 */

struct civil {
    int year, month, day, hour, minute, second, millisecond;
    bool has_offset;
    int offset_s;
};

/* A place in a text that is being read from left to right. */
struct cursor {
    const char *at, *end;
};

static bool take_digits(struct cursor *cursor, int count, int max, int *value)
{
    *value = 0;
    if (cursor->end - cursor->at < count)
        return false;
    for (int i = 0; i < count; i++, cursor->at++) {
        if (!text_is_digit(*cursor->at))
            return false;
        *value = *value * 10 + (*cursor->at - '0');
    }
    return *value <= max;
}

static bool take(struct cursor *cursor, char c)
{
    if (cursor->at == cursor->end || *cursor->at != c)
        return false;
    cursor->at++;
    return true;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool take_date(struct cursor *cursor, struct civil *civil)
{
    return take_digits(cursor, 4, 9999, &civil->year) && civil->year >= 1970 && take(cursor, '-') &&
           take_digits(cursor, 2, 12, &civil->month) && civil->month >= 1 && take(cursor, '-') &&
           take_digits(cursor, 2, days_in_month(civil->year, civil->month), &civil->day) &&
           civil->day >= 1;
}

/* Any number of decimals; the first three count. */
static bool take_fraction(struct cursor *cursor, struct civil *civil)
{
    int weight = 100;
    if (!take(cursor, '.') && !take(cursor, ','))
        return true;
    const char *start = cursor->at;
    for (; cursor->at < cursor->end && text_is_digit(*cursor->at); cursor->at++, weight /= 10)
        civil->millisecond += weight * (*cursor->at - '0');
    return cursor->at > start;
}

static bool take_time(struct cursor *cursor, struct civil *civil)
{
    if (!take_digits(cursor, 2, 23, &civil->hour) || !take(cursor, ':') ||
        !take_digits(cursor, 2, 59, &civil->minute))
        return false;
    if (!take(cursor, ':'))
        return true;
    return take_digits(cursor, 2, 60, &civil->second) && take_fraction(cursor, civil);
}

static bool take_offset(struct cursor *cursor, struct civil *civil)
{
    int hours = 0, minutes = 0;
    civil->has_offset = true;
    if (take(cursor, 'Z') || take(cursor, 'z'))
        return true;
    bool west = cursor->at < cursor->end && *cursor->at == '-';
    if (!take(cursor, '+') && !take(cursor, '-'))
        return false;
    if (!take_digits(cursor, 2, 23, &hours))
        return false;
    if (cursor->at < cursor->end) {
        take(cursor, ':');
        if (!take_digits(cursor, 2, 59, &minutes))
            return false;
    }
    civil->offset_s = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

/* T, or blanks. */
static bool take_between(struct cursor *cursor)
{
    const char *start = cursor->at;
    if (take(cursor, 'T') || take(cursor, 't'))
        return true;
    while (take(cursor, ' ') || take(cursor, '\t'))
        continue;
    return cursor->at > start;
}

static bool parse_civil(const char *text, size_t length, struct civil *civil)
{
    struct cursor cursor = {text, text + length};
    *civil = (struct civil){0};
    if (!take_date(&cursor, civil) || !take_between(&cursor) || !take_time(&cursor, civil))
        return false;
    if (cursor.at == cursor.end)
        return true;
    while (take(&cursor, ' '))
        continue;
    return take_offset(&cursor, civil) && cursor.at == cursor.end;
}

/* Days since 1970-01-01 in the Gregorian calendar, years from 1970. */
static int64_t days_since_1970(int year, int month, int day)
{
    int64_t before = year - 1;
    int64_t days = 365 * (int64_t)(year - 1970) + (before / 4 - 492) - (before / 100 - 19) +
                   (before / 400 - 4);
    for (int m = 1; m < month; m++)
        days += days_in_month(year, m);
    return days + day - 1;
}

static int64_t utc_s(const struct civil *civil)
{
    return days_since_1970(civil->year, civil->month, civil->day) * DAY_S + civil->hour * 3600 +
           civil->minute * 60 + civil->second;
}

/* 01:00 UTC on the last Sunday of a month of 31 days; 1970-01-01 was a Thursday. */
static int64_t last_sunday_s(int year, int month)
{
    int64_t last = days_since_1970(year, month, 31);
    int64_t weekday = (last + 4) % 7;
    return (last - weekday) * DAY_S + 3600;
}

/* In the hour that autumn has twice, the first (summer time) is meant. */
static int64_t paris_s(const struct civil *civil)
{
    int64_t as_summer = utc_s(civil) - 7200;
    bool summer =
        as_summer >= last_sunday_s(civil->year, 3) && as_summer < last_sunday_s(civil->year, 10);
    return summer ? as_summer : as_summer + 3600;
}

static bool local_s(const struct civil *civil, int64_t *seconds)
{
    struct tm tm = {
        .tm_year = civil->year - 1900,
        .tm_mon = civil->month - 1,
        .tm_mday = civil->day,
        .tm_hour = civil->hour,
        .tm_min = civil->minute,
        .tm_sec = civil->second,
        .tm_isdst = -1,
    };
    time_t result = mktime(&tm);
    *seconds = (int64_t)result;
    return result != (time_t)-1;
}

static bool parse_epoch(const char *text, size_t length, int64_t *epoch_ms)
{
    double number = 0;
    uint64_t whole = 0;
    if (length > 0 && number_take_digits(text, length, &whole) == length) /* as it mostly is */
        number = (double)whole;
    else if (!number_parse(text, length, &number) || number < 0)
        return false;
    double milliseconds = number > MILLISECONDS_FROM ? number : number * 1000;
    if (milliseconds > LAST_MS)
        return false;
    *epoch_ms = (int64_t)milliseconds;
    return true;
}

bool datetime_parse(const char *text, size_t length, enum datetime_zone zone, int64_t *epoch_ms)
{
    struct civil civil;
    int64_t seconds = 0;
    if (parse_epoch(text, length, epoch_ms))
        return true;
    if (!parse_civil(text, length, &civil))
        return false;
    if (civil.has_offset)
        seconds = utc_s(&civil) - civil.offset_s;
    else if (zone == DATETIME_PARIS)
        seconds = paris_s(&civil);
    else if (!local_s(&civil, &seconds))
        return false;
    *epoch_ms = seconds * 1000 + civil.millisecond;
    return true;
}

bool datetime_is_date(const char *text, size_t length)
{
    struct cursor cursor = {text, text + length};
    struct civil civil;
    return take_date(&cursor, &civil) && cursor.at == cursor.end;
}

bool datetime_is_time(const char *text, size_t length)
{
    struct cursor cursor = {text, text + length};
    struct civil civil = {0};
    if (!take_time(&cursor, &civil))
        return false;
    return cursor.at == cursor.end || (take_offset(&cursor, &civil) && cursor.at == cursor.end);
}

bool datetime_is_offset(const char *text, size_t length)
{
    struct cursor cursor = {text, text + length};
    struct civil civil = {0};
    return take_offset(&cursor, &civil) && cursor.at == cursor.end;
}
