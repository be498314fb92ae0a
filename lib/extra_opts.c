/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options from INI files; see extra_opts.h. inih takes each line apart, but is shown one line at a
 * time and only what stands before '=': it cuts lines at 200 characters and hands on the pieces, it
 * cuts values at " ;", takes indented lines for more of the value above, and tells what is wrong
 * only when all is read. So values never pass through it.
 */
#include "extra_opts.h"

#include "key.h"
#include "reader.h"
#include "text.h"
#include "wipe.h"

#include <errno.h>
#include <ini.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEAD_MAX = 150,   /* of a line, for inih */
    SECTION_MAX = 48, /* inih cuts a section's name at 49: what it cuts is never equal */
    OPTIONS_MAX = 16 * 1024 * 1024,
    PATHS_MAX = 1024 * 1024
};

const char *const EXTRA_OPTS_FILES[] = {
    "/usr/local/etc/monitoring-plugins/monitoring-plugins.ini",
    "/usr/local/etc/monitoring-plugins.ini",
    "/etc/monitoring-plugins/monitoring-plugins.ini",
    "/etc/monitoring-plugins.ini",
    "/etc/nagios/plugins.ini",
    "/usr/local/nagios/etc/plugins.ini",
    "/usr/local/etc/nagios/plugins.ini",
    "/etc/opt/nagios/plugins.ini",
    "/etc/nagios-plugins.ini",
    "/usr/local/etc/nagios-plugins.ini",
    "/etc/opt/nagios-plugins.ini",
    NULL,
};

/* What a line is. */
enum part_kind { PART_NOTHING, PART_HEADER, PART_ITEM, PART_WRONG };

struct part {
    enum part_kind kind;
    char name[HEAD_MAX + 1]; /* of the section or key */
    const char *value;       /* into the line */
    size_t value_length;
};

/* A file while it is read for one section. */
struct file {
    const struct extra_opts_config *config;
    const char *section;
    struct reader reader;
    size_t filled; /* how far the reader's buffer was ever filled */
    enum { BEFORE_SECTIONS, OTHER_SECTION, OUR_SECTION } where;
    bool found;
    struct arguments *out;
};

static bool refuse(const struct file *file, const char *reason, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s:%" PRIu64 ": %s", file->reader.name, file->reader.line,
                     reason);
}

/* All that inih takes for white space, so that the two agree on where a line begins. */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void trim(const char **text, size_t *length)
{
    for (; *length > 0 && is_space((*text)[0]); (*text)++)
        (*length)--;
    while (*length > 0 && is_space((*text)[*length - 1]))
        (*length)--;
}

/* From inih: the name before '='; for a header the item behind it, which tells the section. */
static int take_name(void *user, const char *section, const char *name, const char *value)
{
    struct part *part = user;
    bool is_header = part->kind == PART_HEADER;
    snprintf(part->name, sizeof part->name, "%s", is_header ? section : name);
    if (!is_header)
        part->kind = value[0] == '\0' ? PART_ITEM : PART_WRONG; /* inih takes ':' for '=' */
    return 1;
}

/* What inih is shown of a line: a header, or all before '='. Its length. */
static size_t find_head(const char *text, size_t length, bool is_header)
{
    const char *end = memchr(text, is_header ? ']' : '=', length);
    if (!end)
        return length;
    return (size_t)(end - text) + is_header;
}

/* text is trimmed and has no NUL in it. */
static void take_apart(const char *text, size_t length, struct part *part)
{
    char head[HEAD_MAX + sizeof "\n="];
    bool is_header = length > 0 && text[0] == '[';
    size_t shown = find_head(text, length, is_header);
    bool has_value = !is_header && shown < length;
    const char *tail = is_header ? "\n=" : "=";
    if (shown > HEAD_MAX || !(is_header || has_value))
        tail = ""; /* no item, unless inih finds a comment */
    if (shown > HEAD_MAX)
        shown = HEAD_MAX;
    snprintf(head, sizeof head, "%.*s%s", (int)shown, text, tail);
    *part = (struct part){.kind = is_header ? PART_HEADER : PART_NOTHING};
    if (ini_parse_string(head, take_name, part) != 0 || (part->kind == PART_ITEM && !has_value))
        part->kind = PART_WRONG;
    if (part->kind != PART_ITEM)
        return;
    part->value = text + shown + 1;
    part->value_length = length - shown - 1;
    trim(&part->value, &part->value_length);
}

static bool take_header(struct file *file, const struct part *part)
{
    const char *name = part->name;
    size_t length = strlen(name);
    bool whole = length <= SECTION_MAX;
    trim(&name, &length);
    bool ours =
        whole && length == strlen(file->section) && memcmp(name, file->section, length) == 0;
    file->where = ours ? OUR_SECTION : OTHER_SECTION;
    file->found = file->found || ours;
    return true;
}

/* Like a key file, but for a pipe on standard input, which only we can read. */
static bool check_mode(const struct file *file, struct error *err)
{
    struct stat status;
    const struct reader *reader = &file->reader;
    bool is_pipe =
        reader->fd == STDIN_FILENO && fstat(reader->fd, &status) == 0 && !S_ISREG(status.st_mode);
    return is_pipe ||
           key_check_mode(reader->fd, "the API key in the option file", reader->name, err);
}

static bool check_key(const struct file *file, const char *key, struct error *err)
{
    if (key[0] == '-')
        return refuse(file, "options are written without dashes here", err);
    if (strcmp(key, "extra-opts") == 0)
        return refuse(file, "extra-opts has no place in an option file", err);
    return strcmp(key, "api-key") != 0 || check_mode(file, err);
}

/* -k or --key; the value behind it, as getopt_long wants it. */
static bool add_option(const struct file *file, const struct part *part, struct error *err)
{
    struct buf *text = &file->out->text;
    const char *key = part->name;
    bool is_letter = key[1] == '\0';
    bool (*needs_value)(const char *) = file->config->needs_value;
    bool has_value = part->value_length > 0 || (needs_value && needs_value(key));
    if (text->length + HEAD_MAX + part->value_length + sizeof "--=" > OPTIONS_MAX)
        return refuse(file, "more than 16 MiB of options", err);
    buf_add_string(text, is_letter ? "-" : "--");
    buf_add_string(text, key);
    if (has_value) {
        buf_add(text, is_letter ? "" : "=", 1);
        buf_add(text, part->value, part->value_length);
    }
    buf_add(text, "", 1);
    return !buf_failed(text) || error_no_memory(err);
}

static bool take_item(const struct file *file, const struct part *part, struct error *err)
{
    if (file->where == OTHER_SECTION)
        return true;
    if (file->where == BEFORE_SECTIONS)
        return refuse(file, "not in a [section]", err);
    if (part->kind == PART_WRONG || part->name[0] == '\0')
        return refuse(file, "not OPTION = VALUE, nor OPTION = for one without a value", err);
    return check_key(file, part->name, err) && add_option(file, part, err);
}

/* What is wrong in another program's section is left to that. */
static bool take_line(struct file *file, const struct line *line, struct error *err)
{
    struct part part;
    const char *text = line->text;
    size_t length = line->length;
    if (line->too_long)
        return refuse(file, "a line of more than 64 KiB", err);
    if (memchr(text, '\0', length))
        return refuse(file, "a NUL byte: this is no text file", err);
    trim(&text, &length);
    while (
        text_skip_mark(&text, &length)) /* files put one behind the other have one in their midst */
        trim(&text, &length);
    take_apart(text, length, &part);
    if (part.kind == PART_HEADER)
        return take_header(file, &part);
    if (part.kind == PART_WRONG && text[0] == '[')
        return refuse(file, "not a [section]", err);
    return part.kind == PART_NOTHING || take_item(file, &part, err);
}

static bool read_lines(struct file *file, struct error *err)
{
    struct line line;
    enum reader_result result;
    do {
        if (file->reader.end > file->filled)
            file->filled = file->reader.end;
        result = reader_next_line(&file->reader, &line, err);
    } while (result == READER_LINE && take_line(file, &line, err));
    return result == READER_END;
}

static bool read_file(struct file *file, const char *path, const struct clock *clock,
                      struct error *err)
{
    char clean[TEXT_SIZE];
    struct error why;
    if (!reader_open(&file->reader, path, NULL, clock, &why))
        return error_set(err, why.kind, "--extra-opts: %s", why.text);
    bool fine = read_lines(file, err);
    if (fine && !file->found)
        fine = error_set(err, ERROR_INPUT, "--extra-opts: no section [%s] in %s",
                         text_clean_string(clean, file->section, NULL), file->reader.name);
    size_t end = file->reader.end;
    wipe(file->reader.data, end > file->filled ? end : file->filled);
    reader_close(&file->reader);
    return fine;
}

/* The way to a file where none is named, and what is tried on it. */
struct search {
    struct buf path, tried;
};

/* Leaves the path in search->path when there is such a file; folder may be empty. */
static bool try_path(struct search *search, const char *folder, size_t length, const char *name)
{
    char clean[TEXT_SIZE];
    buf_clear(&search->path);
    buf_add(&search->path, folder, length);
    buf_add(&search->path, "/", length > 0);
    buf_add_string(&search->path, name);
    if (buf_failed(&search->path))
        return false;
    if (access(search->path.data, F_OK) == 0)
        return true;
    buf_add_string(&search->tried, search->tried.length > 0 ? ", " : "");
    buf_add_string(&search->tried, text_clean_string(clean, search->path.data, NULL));
    return false;
}

static bool search_folders(struct search *search, const char *folders)
{
    static const char *const names[] = {"monitoring-plugins.ini", "plugins.ini",
                                        "nagios-plugins.ini"};
    while (folders && folders[0] != '\0') {
        size_t length = strcspn(folders, ":");
        for (size_t i = 0; i < sizeof names / sizeof names[0] && length > 0; i++)
            if (try_path(search, folders, length, names[i]))
                return true;
        folders += length + (folders[length] == ':');
    }
    return false;
}

static bool search_files(struct search *search, const char *const *files)
{
    for (; files && *files; files++)
        if (try_path(search, "", 0, *files))
            return true;
    return false;
}

/* The path, good until search is released; NULL with *err set when there is none. */
static const char *find_file(struct search *search, const struct extra_opts_config *config,
                             struct error *err)
{
    if (config->file && config->file[0] != '\0')
        return config->file;
    if (search_folders(search, config->folders) || search_files(search, config->files))
        return search->path.data;
    if (buf_failed(&search->path) || buf_failed(&search->tried))
        error_no_memory(err);
    else
        error_set(err, ERROR_INPUT, "--extra-opts: no option file, looked for %s",
                  search->tried.data ? search->tried.data : "none");
    return NULL;
}

static bool read_found_file(struct file *file, const char *path, const struct clock *clock,
                            struct error *err)
{
    struct search search;
    buf_init(&search.path, PATHS_MAX);
    buf_init(&search.tried, PATHS_MAX);
    if (!path)
        path = find_file(&search, file->config, err);
    bool fine = path != NULL;
    bool from_stdin = fine && strcmp(path, "-") == 0;
    if (from_stdin && file->out->uses_standard_input)
        fine = error_set(err, ERROR_USAGE, "standard input (-) can be read only once");
    file->out->uses_standard_input = file->out->uses_standard_input || from_stdin;
    fine = fine && read_file(file, path, clock, err);
    buf_release(&search.path);
    buf_release(&search.tried);
    return fine;
}

/* place is [SECTION][@FILE]. */
static bool add_section(const struct extra_opts_config *config, const char *place,
                        const struct clock *clock, struct arguments *out, struct error *err)
{
    char section[SECTION_MAX + 1], clean[TEXT_SIZE];
    size_t length = strcspn(place, "@");
    const char *path = place[length] == '@' ? place + length + 1 : NULL;
    struct file file = {.config = config, .section = config->program, .out = out};
    if (path && path[0] == '\0')
        return error_set(err, ERROR_USAGE, "--extra-opts '%s': no file name behind @",
                         text_clean_string(clean, place, NULL));
    if (length > SECTION_MAX)
        return error_set(err, ERROR_USAGE, "--extra-opts '%s': a section of more than %d bytes",
                         text_clean_string(clean, place, NULL), SECTION_MAX);
    memcpy(section, place, length);
    section[length] = '\0';
    if (length > 0)
        file.section = section;
    return read_found_file(&file, path, clock, err);
}

/* How many arguments from argv[i] on are an --extra-opts with its value: 0 for another argument. */
static int match(int argc, char **argv, int i, const char **place)
{
    static const char name[] = "--extra-opts";
    const char *rest = argv[i] + sizeof name - 1;
    if (strncmp(argv[i], name, sizeof name - 1) != 0 || (rest[0] != '\0' && rest[0] != '='))
        return 0;
    bool is_apart = rest[0] == '\0' && i + 1 < argc && argv[i + 1][0] != '-';
    *place = is_apart ? argv[i + 1] : rest + (rest[0] == '=');
    return is_apart ? 2 : 1;
}

static int find_end_of_options(int argc, char **argv)
{
    int i = 1;
    while (i < argc && strcmp(argv[i], "--") != 0)
        i++;
    return i < argc ? i : argc;
}

static bool add_sections(const struct extra_opts_config *config, const struct clock *clock,
                         int argc, char **argv, struct arguments *out, struct error *err)
{
    int end = find_end_of_options(argc, argv), used = 0;
    for (int i = 1; i<end; i += used> 0 ? used : 1) {
        const char *place;
        used = match(end, argv, i, &place);
        if (used > 0 && !add_section(config, place, clock, out, err))
            return false;
    }
    return true;
}

static size_t count_strings(const struct buf *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += text->data[i] == '\0';
    return count;
}

/* The program's name, the options from files, the command line without --extra-opts. */
static bool list_arguments(struct arguments *out, int argc, char **argv, struct error *err)
{
    int end = find_end_of_options(argc, argv), used = 0;
    out->argv = calloc(count_strings(&out->text) + (size_t)argc + 1, sizeof *out->argv);
    if (!out->argv)
        return error_no_memory(err);
    if (argc > 0)
        out->argv[out->argc++] = argv[0];
    for (size_t at = 0; at < out->text.length; at += strlen(out->text.data + at) + 1)
        out->argv[out->argc++] = out->text.data + at;
    for (int i = 1; i<argc; i += used> 0 ? used : 1) {
        const char *place;
        used = i < end ? match(end, argv, i, &place) : 0;
        if (used == 0)
            out->argv[out->argc++] = argv[i];
    }
    return true;
}

bool extra_opts_expand(const struct extra_opts_config *config, const struct clock *clock, int argc,
                       char **argv, struct arguments *out, struct error *err)
{
    *out = (struct arguments){0};
    buf_init(&out->text, OPTIONS_MAX);
    bool fine = add_sections(config, clock, argc, argv, out, err);
    if (!fine)
        buf_release(&out->text);
    return list_arguments(out, argc, argv, err) && fine;
}

void arguments_release(struct arguments *arguments)
{
    buf_release(&arguments->text);
    free(arguments->argv);
    *arguments = (struct arguments){0};
}
