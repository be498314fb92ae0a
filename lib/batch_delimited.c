/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batches as delimited text. The first header or valid record settles the separator of a file;
 * until then every line is tried with each, so that a broken first line doesn't spoil the rest.
 */
#include "batch_source.h"

#include "datetime.h"
#include "number.h"
#include "phone.h"

#include <stdio.h>
#include <string.h>

enum { CELLS_MAX = 256, BLANK = ' ' };

static const char SEPARATORS[] = {';', '\t', ',', BLANK};

/* How the rows of a file are laid out. */
struct layout {
    char separator; /* '\0' until it is settled */
    bool past_header;
    size_t column[RECORD_FIELDS]; /* CELLS_MAX: there is none */
};

/* A line cut into cells, quotes and blanks around them gone. Only valid rows have doubled quotes in
 * cells nobody wants, so these stay as they are. */
struct row {
    struct record_text cell[CELLS_MAX];
    size_t count;
    bool open_quote;
};

static void put_cell(struct row *row, const char *text, size_t length)
{
    if (row->count < CELLS_MAX)
        row->cell[row->count++] = (struct record_text){text, length};
}

static bool is_separator(char c, char separator)
{
    return separator == BLANK ? text_is_blank(c) : c == separator;
}

/* Reads the quoted cell that begins at `at`; returns where its separator or the end is. What has
 * text behind its closing quote is no quoted cell and keeps its quotes. */
static size_t put_quoted_cell(struct row *row, const struct line *line, size_t at, char separator)
{
    size_t first = at++;
    while (at < line->length &&
           (line->text[at] != '"' || (at + 1 < line->length && line->text[at + 1] == '"')))
        at += line->text[at] == '"' ? 2 : 1;
    row->open_quote = at >= line->length;
    size_t closing = at, end = row->open_quote ? at : at + 1;
    bool is_sound = true;
    for (; end < line->length && !is_separator(line->text[end], separator); end++)
        is_sound = is_sound && text_is_blank(line->text[end]);
    if (is_sound)
        put_cell(row, line->text + first + 1, closing - first - 1);
    else
        put_cell(row, line->text + first, end - first);
    return end;
}

static size_t length_to_separator(const char *text, size_t length, char separator)
{
    size_t to = 0;
    if (separator != BLANK) {
        const char *found = length > 0 ? memchr(text, separator, length) : NULL;
        return found ? (size_t)(found - text) : length;
    }
    while (to < length && !text_is_blank(text[to]))
        to++;
    return to;
}

static size_t put_plain_cell(struct row *row, const struct line *line, size_t at, char separator)
{
    const char *text = line->text + at;
    size_t length = length_to_separator(text, line->length - at, separator);
    size_t end = at + length;
    text_trim(&text, &length);
    put_cell(row, text, length);
    return end;
}

static void split(struct row *row, const struct line *line, char separator)
{
    row->count = 0;
    row->open_quote = false;
    size_t at = 0;
    while (at <= line->length) {
        while (at < line->length && text_is_blank(line->text[at]) &&
               (separator != '\t' || line->text[at] != '\t'))
            at++;
        if (separator == BLANK && at == line->length)
            return;
        bool quoted = at < line->length && line->text[at] == '"';
        at = quoted ? put_quoted_cell(row, line, at, separator)
                    : put_plain_cell(row, line, at, separator);
        at++;
    }
}

/* In blank-separated text a sent time is two or three cells: date, time, offset. */
static void join_times(struct row *row)
{
    size_t kept = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct record_text cell = row->cell[i];
        size_t last = i;
        if (i + 1 < row->count && datetime_is_date(cell.text, cell.length) &&
            datetime_is_time(row->cell[i + 1].text, row->cell[i + 1].length))
            last = i + 1;
        if (last > i && last + 1 < row->count &&
            datetime_is_offset(row->cell[last + 1].text, row->cell[last + 1].length))
            last++;
        cell.length = (size_t)(row->cell[last].text - cell.text) + row->cell[last].length;
        row->cell[kept++] = cell;
        i = last;
    }
    row->count = kept;
}

static void cut_row(struct row *row, const struct line *line, char separator)
{
    split(row, line, separator);
    if (separator == BLANK)
        join_times(row);
}

static struct record pick_record(const struct row *row, const struct layout *layout)
{
    struct record record = {0};
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        if (layout->column[i] < row->count)
            record.field[i] = row->cell[layout->column[i]];
    return record;
}

/* True when the row names columns; they are then in *layout. */
static bool read_header(const struct row *row, struct layout *layout)
{
    int best[RECORD_FIELDS];
    struct layout named = {.column = {CELLS_MAX, CELLS_MAX, CELLS_MAX}};
    bool any = false;
    for (size_t i = 0; i < row->count; i++) {
        int rank = 0;
        enum record_field field = record_field_named(row->cell[i].text, row->cell[i].length, &rank);
        if (field == RECORD_FIELDS || (named.column[field] < CELLS_MAX && best[field] <= rank))
            continue;
        named.column[field] = i;
        best[field] = rank;
        any = true;
    }
    if (any)
        *layout = named;
    return any;
}

static bool check_header(const struct batch_source *source, const struct layout *layout,
                         struct error *err)
{
    const char *lacking = layout->column[RECORD_PHONE] == CELLS_MAX ? "phone number"
                          : layout->column[RECORD_ID] == CELLS_MAX  ? "message id"
                                                                    : NULL;
    return !lacking || error_set(err, ERROR_INPUT, "%s:%llu: the header names no column for the %s",
                                 source->name, (unsigned long long)source->reader->line, lacking);
}

enum row_kind { ROW_HEADER, ROW_RECORD, ROW_INVALID, ROW_OPEN_QUOTE };

static enum row_kind judge_row(const struct batch_source *source, const struct row *row,
                               struct layout *layout)
{
    struct message message;
    char reason[RECORD_REASON_SIZE];
    if (row->open_quote)
        return ROW_OPEN_QUOTE;
    if (!layout->past_header && read_header(row, layout))
        return ROW_HEADER;
    struct record record = pick_record(row, layout);
    return record_read(&record, source->rules, &message, reason) ? ROW_RECORD : ROW_INVALID;
}

/*
 * Cuts a line while the separator isn't settled: by the first that makes sense of it, else by the
 * first that occurs in it, for the sake of the message.
 */
static enum row_kind find_separator(const struct batch_source *source, struct row *row,
                                    const struct line *line, struct layout *layout)
{
    char fallback = BLANK;
    bool open_quote = false;
    for (size_t i = 0; i < sizeof SEPARATORS; i++) {
        cut_row(row, line, SEPARATORS[i]);
        enum row_kind kind = judge_row(source, row, layout);
        if (kind == ROW_HEADER || kind == ROW_RECORD) {
            layout->separator = SEPARATORS[i];
            return kind;
        }
        open_quote = open_quote || kind == ROW_OPEN_QUOTE;
        if (fallback == BLANK && row->count > 1)
            fallback = SEPARATORS[i];
    }
    cut_row(row, line, fallback);
    return open_quote ? ROW_OPEN_QUOTE : ROW_INVALID;
}

static enum row_kind cut_line(const struct batch_source *source, struct row *row,
                              const struct line *line, struct layout *layout)
{
    if (layout->separator == '\0')
        return find_separator(source, row, line, layout);
    cut_row(row, line, layout->separator);
    return row->open_quote ? ROW_OPEN_QUOTE : ROW_RECORD;
}

/* Makes the line longer by all lines up to the next that holds a quote. */
static enum reader_result extend_to_quote(struct reader *reader, struct line *line,
                                          struct error *err)
{
    enum reader_result result;
    size_t known;
    do {
        known = line->length;
        result = reader_extend_line(reader, line, err);
    } while (result == READER_LINE && !memchr(line->text + known, '"', line->length - known));
    return result;
}

/* Takes a line, and those that a quoted cell drags in, into the batch. */
static bool take_line(struct batch_source *source, struct line *line, struct layout *layout,
                      struct error *err)
{
    struct row row;
    enum row_kind kind = cut_line(source, &row, line, layout);
    while (kind == ROW_OPEN_QUOTE) {
        enum reader_result more = extend_to_quote(source->reader, line, err);
        if (more == READER_ERROR)
            return false;
        if (more == READER_END) {
            reader_shorten_line(source->reader, line);
            batch_add_invalid(source, source->reader->line, "a quote is not closed");
            return true;
        }
        kind = cut_line(source, &row, line, layout);
    }
    layout->past_header = layout->past_header || kind != ROW_INVALID;
    if (kind == ROW_HEADER)
        return check_header(source, layout, err);
    struct record record = pick_record(&row, layout);
    return batch_add_record(source, source->reader->line, &record, err);
}

/* Empty, or a comment. Of a line that is too long the beginning must be enough to see that. */
static bool says_nothing(const struct line *line)
{
    const char *text = line->text;
    size_t length = line->length;
    text_trim(&text, &length);
    return length == 0 ? !line->too_long : *text == '#';
}

/* "+33612345678,96041207" with or without a sent time, as programs write it: most lines of a large
 * batch are so, and need neither cells nor the spellings of people. False for all others, good or
 * bad. */
static bool read_plain_line(const struct line *line, const struct layout *layout,
                            const struct record_rules *rules, struct message *message)
{
    const char *text = line->text;
    size_t length = line->length;
    if (layout->separator == '\0' || layout->column[RECORD_PHONE] != 0 ||
        layout->column[RECORD_ID] != 1 || layout->column[RECORD_SENT] < 2)
        return false;
    const char *separator = memchr(text, layout->separator, length);
    size_t phone = separator ? (size_t)(separator - text) : length;
    if (phone == length || !phone_parse_plain(text, phone, &message->number))
        return false;
    text += phone + 1;
    length -= phone + 1;
    size_t digits = number_take_digits(text, length, &message->id);
    message->sent_ms = MESSAGE_SENT_UNKNOWN;
    if (digits == length)
        return digits > 0 && !rules->needs_sent_time;
    return digits > 0 && text[digits] == layout->separator && layout->column[RECORD_SENT] == 2 &&
           datetime_parse(text + digits + 1, length - digits - 1, DATETIME_LOCAL,
                          &message->sent_ms);
}

/* What is left of the line when it is no plain one. */
static bool take_any_line(struct batch_source *source, struct line *line, struct layout *layout,
                          struct error *err)
{
    if (says_nothing(line))
        return true;
    if (!line->too_long)
        return take_line(source, line, layout, err);
    batch_add_invalid(source, source->reader->line, "line of more than 65536 bytes");
    return true;
}

bool batch_read_delimited(struct batch_source *source, struct error *err)
{
    struct layout layout = {.column = {0, 1, 2}};
    struct message message;
    struct line line;
    enum reader_result result;
    while ((result = reader_next_line(source->reader, &line, err)) == READER_LINE) {
        bool fine = read_plain_line(&line, &layout, source->rules, &message)
                        ? batch_add_message(source, message, err)
                        : take_any_line(source, &line, &layout, err);
        if (!fine)
            return false;
    }
    return result == READER_END;
}
