/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --extra-opts: where files are looked for, what of them becomes an option, and how the new command
 * line is put together. Command lines are written with '|' between arguments.
 */
#include "extra_opts.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 16, SHOWN_SIZE = 2048 };

/* One expansion, and what went into it. */
struct trial {
    char words[SHOWN_SIZE], shown[SHOWN_SIZE];
    char *argv[ARGUMENTS_MAX + 1];
    int argc;
    struct arguments out;
    struct error err;
    bool fine;
};

static bool needs_value(const char *key)
{
    return strcmp(key, "batch") == 0 || strcmp(key, "b") == 0;
}

static struct extra_opts_config usual_config(void)
{
    return (struct extra_opts_config){
        .program = "check_x", .file = "x.ini", .needs_value = needs_value};
}

static void split(struct trial *trial, const char *command)
{
    snprintf(trial->words, sizeof trial->words, "%s", command);
    for (char *word = trial->words; word;) {
        ck_assert_int_lt(trial->argc, ARGUMENTS_MAX);
        trial->argv[trial->argc++] = word;
        word = strchr(word, '|');
        if (word)
            *word++ = '\0';
    }
}

static void show(struct trial *trial)
{
    size_t used = 0;
    trial->shown[0] = '\0';
    ck_assert_ptr_null(trial->out.argv[trial->out.argc]);
    for (int i = 0; i < trial->out.argc; i++)
        used += (size_t)snprintf(trial->shown + used, sizeof trial->shown - used, "%s%s",
                                 i ? "|" : "", trial->out.argv[i]);
    ck_assert_uint_lt(used, sizeof trial->shown);
}

static void expand(struct trial *trial, const struct extra_opts_config *config, const char *command)
{
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    *trial = (struct trial){.argc = 0};
    split(trial, command);
    trial->fine =
        extra_opts_expand(config, &clock, trial->argc, trial->argv, &trial->out, &trial->err);
    show(trial);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
    ck_assert_int_eq(chmod(name, 0600), 0);
}

static void expect(const char *name, const struct extra_opts_config *config, const char *command,
                   const char *expected)
{
    struct trial trial;
    expand(&trial, config, command);
    ck_assert_msg(trial.fine, "%s: %s", name, trial.err.text);
    ck_assert_msg(strcmp(trial.shown, expected) == 0, "%s: expected '%s', got '%s'", name, expected,
                  trial.shown);
    arguments_release(&trial.out);
}

/* part2 may be NULL. */
static void expect_error(const char *name, const struct extra_opts_config *config,
                         const char *command, enum error_kind kind, const char *part,
                         const char *part2)
{
    struct trial trial;
    expand(&trial, config, command);
    ck_assert_msg(!trial.fine && trial.err.kind == kind, "%s: expected kind %d, got %d '%s'", name,
                  (int)kind, (int)trial.err.kind, trial.err.text);
    ck_assert_msg(contains(trial.err.text, part) && (!part2 || contains(trial.err.text, part2)),
                  "%s: expected '%s' and '%s' in '%s'", name, part, part2 ? part2 : "",
                  trial.err.text);
    ck_assert_msg(!contains(trial.err.text, "SECRET"), "%s: a value shows in '%s'", name,
                  trial.err.text);
    ck_assert_uint_eq(trial.out.text.length, 0);
    arguments_release(&trial.out);
}

#define LONG_NAME  "a-section-with-a-name-of-forty-eight-characters-"
#define EIGHT(x)   x x x x x x x x
#define LONG_VALUE EIGHT(EIGHT("0123456789"))

/* Files read for the section check_x, and the options in them. */
static const struct {
    const char *name, *text, *options;
} FILES[] = {
    {"long name", "[check_x]\nwarning = 90:\n", "|--warning=90:"},
    {"one letter", "[check_x]\nw = 90:\n", "|-w|90:"},
    {"no blanks", "[check_x]\nwarning=90:\nw=80:", "|--warning=90:|-w|80:"},
    {"many blanks", "  [check_x]  \n \t warning \t =  90:  \t\n", "|--warning=90:"},
    {"blanks in the header", "[ \tcheck_x ]\nw=1", "|-w|1"},
    {"flags", "[check_x]\nskip-invalid =\nv=\nv =  \n", "|--skip-invalid|-v|-v"},
    {"empty values", "[check_x]\nbatch =\nb =\nlast = 3\n", "|--batch=|-b||--last=3"},
    {"repeated keys", "[check_x]\nw = a=1\nw = b=2\nw = a=1\n", "|-w|a=1|-w|b=2|-w|a=1"},
    {"equals in the value", "[check_x]\nwarning = failed_ratio=5\n", "|--warning=failed_ratio=5"},
    {"value of equals", "[check_x]\nx-y===\n", "|--x-y==="},
    {"comments", "; one\n#two\n[check_x]\n  ; w = 1\n\t# w = 2\n;\n#=\nw = 3\n", "|-w|3"},
    {"long comment", "[check_x]\n; " LONG_VALUE " = x\n# " LONG_VALUE "\nw = 3\n", "|-w|3"},
    {"no inline comments", "[check_x]\nproxy = a ; b # c\nw=1 ;\n", "|--proxy=a ; b # c|-w|1 ;"},
    {"quotes stay", "[check_x]\nbatch = \"a b\"\n", "|--batch=\"a b\""},
    {"inside blanks stay", "[check_x]\nbatch =  a \t b \n", "|--batch=a \t b"},
    {"long value", "[check_x]\nbatch = " LONG_VALUE "=" LONG_VALUE "\nw = 1\n",
     "|--batch=" LONG_VALUE "=" LONG_VALUE "|-w|1"},
    {"CRLF", "[check_x]\r\nwarning = 90:\r\n\r\nv =\r\n", "|--warning=90:|-v"},
    {"doubled CR", "[check_x]\r\r\nw = 90:\r\r\n", "|-w|90:"},
    {"byte-order mark", "\xEF\xBB\xBF[check_x]\nw = 1\n", "|-w|1"},
    {"byte-order mark and comment", "\xEF\xBB\xBF; hello\n[check_x]\nw = 1\n", "|-w|1"},
    {"byte-order marks in the midst", "[check_x]\nw = 1\n\xEF\xBB\xBF[b]\nw = 2\n", "|-w|1"},
    {"form feed", "[check_x]\nw = 1\n\f[b]\nw = 2\n\f\v[check_x]\n\fw = 3\n", "|-w|1|-w|3"},
    {"indented lines", "[check_x]\nw = 1\n  c = 2\n\tg = 3\n", "|-w|1|-c|2|-g|3"},
    {"no line end", "[check_x]\nw = 1", "|-w|1"},
    {"empty lines", "\n\n[check_x]\n\n\nw = 1\n\n", "|-w|1"},
    {"empty section", "[check_x]\n", ""},
    {"empty section before another", "[check_x]\n; w = 1\n[b]\nw = 2\n", ""},
    {"other sections", "[a]\nw = 1\n[check_x]\nw = 2\n[b]\nw = 3\n", "|-w|2"},
    {"merged sections", "[check_x]\nw = 1\n[b]\nw = 2\n[check_x]\nw = 3\n", "|-w|1|-w|3"},
    {"section names in full", "[check]\nw=1\n[check_x]\nw=2\n[check_xy]\nw=3\n[Check_x]\nw=4",
     "|-w|2"},
    {"text behind the header", "[check_x] ; " LONG_VALUE "\nw = 1\n", "|-w|1"},
    {"header with equals", "[a=b]\nw = 1\n[check_x]\nw = 2\n[]\nw = 3\n", "|-w|2"},
    {"key in brackets", "[check_x]\nw = [a]\n", "|-w|[a]"},
    {"wrong lines of others", "[a]\nnonsense\n= 3\nx: y\nb ; = 4\n--x = 5\n[check_x]\nw = 2\n",
     "|-w|2"},
    {"long keys of others", "[a]\n" LONG_VALUE "=" LONG_VALUE "\n[check_x]\nw = 2\n", "|-w|2"},
    {"others' extra-opts", "[a]\nextra-opts = b\n[check_x]\nw = 2\n", "|-w|2"},
    {"unknown keys", "[check_x]\nno-such-thing = 1\n?=2\na b = 3\n",
     "|--no-such-thing=1|-?|2|--a b=3"},
    {"value with dashes", "[check_x]\nw = --help\nwarning = --\n", "|-w|--help|--warning=--"},
    {"not ASCII", "[check_x]\nbatch = \xC3\xA9t\xC3\xA9\n\xC3\xA9 = \xFF\n",
     "|--batch=\xC3\xA9t\xC3\xA9|--\xC3\xA9=\xFF"},
    {"percent", "[check_x]\nc = %s%n\n", "|-c|%s%n"},
};

START_TEST(a_section_becomes_options)
{
    struct extra_opts_config config = usual_config();
    char expected[SHOWN_SIZE];
    write_text("x.ini", FILES[_i].text);
    snprintf(expected, sizeof expected, "prog%s|-z", FILES[_i].options);
    expect(FILES[_i].name, &config, "prog|--extra-opts|-z", expected);
}
END_TEST

static const struct {
    const char *name, *text, *part;
} WRONG[] = {
    {"bare key", "[check_x]\nw = 1\nskip-invalid\n", "x.ini:3: not OPTION"},
    {"bare key and value", "[check_x]\napi-key SECRET\n", "x.ini:2: not OPTION"},
    {"colon", "[check_x]\nwarning: SECRET\n", "x.ini:2: not OPTION"},
    {"colon at the end", "[check_x]\nwarning:\n", "x.ini:2: not OPTION"},
    {"colon before equals", "[check_x]\nwarning: a = SECRET\n", "x.ini:2: not OPTION"},
    {"colon and equals", "[check_x]\nwarning := SECRET\n", "x.ini:2: not OPTION"},
    {"no key", "[check_x]\n\n = SECRET\n", "x.ini:3: not OPTION"},
    {"semicolon in the key", "[check_x]\na ; b = SECRET\n", "x.ini:2: not OPTION"},
    {"long key", "[check_x]\n" LONG_VALUE " = SECRET\n", "x.ini:2: not OPTION"},
    {"long line without equals", "[check_x]\n" LONG_VALUE "SECRET\n", "x.ini:2: not OPTION"},
    {"dashes", "[check_x]\n--warning = SECRET\n", "x.ini:2: options are written without dashes"},
    {"a dash", "[check_x]\n-w = SECRET\n", "x.ini:2: options are written without dashes"},
    {"extra-opts", "[check_x]\nextra-opts = SECRET\n", "x.ini:2: extra-opts has no place"},
    {"extra-opts as a flag", "[check_x]\nextra-opts =\n", "x.ini:2: extra-opts has no place"},
    {"before any section", "# x\nw = SECRET\n[check_x]\n", "x.ini:2: not in a [section]"},
    {"nonsense before any section", "hello\n[check_x]\n", "x.ini:1: not in a [section]"},
    {"open header", "[check_x]\n[check_y\n", "x.ini:2: not a [section]"},
    {"open header, equals", "[check_x\nw = 1\n", "x.ini:1: not a [section]"},
    {"semicolon in a header", "[a ;b]\n", "x.ini:1: not a [section]"},
    {"CRLF counts once", "[check_x]\r\n\r\nw\r\n", "x.ini:3: not OPTION"},
    {"no section", "", "no section [check_x] in x.ini"},
    {"no section of that name", "[check_y]\nw = SECRET\n", "no section [check_x] in x.ini"},
    {"only comments", "; [check_x]\n", "no section [check_x] in x.ini"},
};

START_TEST(a_wrong_line_is_named)
{
    struct extra_opts_config config = usual_config();
    write_text("x.ini", WRONG[_i].text);
    expect_error(WRONG[_i].name, &config, "prog|--extra-opts|-z", ERROR_INPUT, WRONG[_i].part,
                 NULL);
}
END_TEST

/* The command line, in a folder with a file of several sections. */
static const struct {
    const char *name, *command, *expected;
} COMMANDS[] = {
    {"none", "prog|-w|1|--batch=x", "prog|-w|1|--batch=x"},
    {"nothing at all", "prog", "prog"},
    {"alone", "prog|--extra-opts", "prog|-x|1"},
    {"in front of all", "prog|-w|1|--extra-opts|-c|2", "prog|-x|1|-w|1|-c|2"},
    {"empty value", "prog|--extra-opts=|-w", "prog|-x|1|-w"},
    {"section", "prog|--extra-opts=other", "prog|--other=2"},
    {"file", "prog|--extra-opts=@y.ini", "prog|-y|3"},
    {"section and file", "prog|--extra-opts=other@y.ini", "prog|--other=4"},
    {"blanks in a name", "prog|--extra-opts=two words@y.ini", "prog|-t|5"},
    {"several, in order", "prog|--extra-opts=other@y.ini|-w|1|--extra-opts",
     "prog|--other=4|-x|1|-w|1"},
    {"the same twice", "prog|--extra-opts|--extra-opts", "prog|-x|1|-x|1"},
    {"value apart", "prog|--extra-opts|other@y.ini|-w", "prog|--other=4|-w"},
    {"value apart, last", "prog|-w|--extra-opts|other", "prog|--other=2|-w"},
    {"value apart, empty", "prog|--extra-opts||-w", "prog|-x|1|-w"},
    {"- is no value", "prog|--extra-opts|-", "prog|-x|1|-"},
    {"behind --", "prog|-w|--|--extra-opts=nowhere|-c", "prog|-w|--|--extra-opts=nowhere|-c"},
    {"before --", "prog|--extra-opts|--|--extra-opts", "prog|-x|1|--|--extra-opts"},
    {"no abbreviations", "prog|--extra-opt|--extra-optsy|-extra-opts",
     "prog|--extra-opt|--extra-optsy|-extra-opts"},
};

static void write_sections(void)
{
    write_text("x.ini", "[check_x]\nx = 1\n[other]\nother = 2\n");
    write_text("y.ini", "[check_x]\ny = 3\n[other]\nother = 4\n[two words]\nt = 5\n");
}

START_TEST(options_come_before_the_command_line)
{
    struct extra_opts_config config = usual_config();
    write_sections();
    expect(COMMANDS[_i].name, &config, COMMANDS[_i].command, COMMANDS[_i].expected);
}
END_TEST

static const struct {
    const char *name, *command;
    enum error_kind kind;
    const char *part, *part2;
} BAD_COMMANDS[] = {
    {"no such section", "prog|--extra-opts=nowhere", ERROR_INPUT, "[nowhere]", "x.ini"},
    {"no such file", "prog|--extra-opts=@./none.ini", ERROR_INPUT, "--extra-opts", "./none.ini"},
    {"no file name", "prog|--extra-opts=other@", ERROR_USAGE, "other@", "file name"},
    {"no name at all", "prog|--extra-opts=@", ERROR_USAGE, "--extra-opts '@'", NULL},
    {"a folder", "prog|--extra-opts=@.", ERROR_INPUT, "directory", NULL},
    {"the second of two", "prog|--extra-opts|--extra-opts=nowhere", ERROR_INPUT, "[nowhere]", NULL},
    {"cleaned section", "prog|--extra-opts=a\nb<i>", ERROR_INPUT, "[a?b?i?]", NULL},
    {"cleaned file", "prog|--extra-opts=@a\nb", ERROR_INPUT, "a?b", NULL},
    {"long section", "prog|--extra-opts=" LONG_NAME "x", ERROR_USAGE, "48", LONG_NAME "x"},
    {"standard input twice", "prog|--extra-opts=@-|--extra-opts=@-", ERROR_USAGE, "standard input",
     "once"},
};

START_TEST(what_cannot_be_found_is_named)
{
    struct extra_opts_config config = usual_config();
    static const char text[] = "[check_x]\nw = 1\n";
    write_sections();
    stdin_from_bytes(text, sizeof text - 1);
    expect_error(BAD_COMMANDS[_i].name, &config, BAD_COMMANDS[_i].command, BAD_COMMANDS[_i].kind,
                 BAD_COMMANDS[_i].part, BAD_COMMANDS[_i].part2);
}
END_TEST

/* The program overwrites a secret where it stands. */
START_TEST(the_command_line_keeps_its_pointers)
{
    struct extra_opts_config config = usual_config();
    struct trial trial;
    write_sections();
    expand(&trial, &config, "prog|--api-key|SECRET|--extra-opts|-w");
    ck_assert_str_eq(trial.shown, "prog|-x|1|--api-key|SECRET|-w");
    ck_assert_ptr_eq(trial.out.argv[0], trial.argv[0]);
    ck_assert_ptr_eq(trial.out.argv[3], trial.argv[1]);
    ck_assert_ptr_eq(trial.out.argv[4], trial.argv[2]);
    ck_assert_ptr_eq(trial.out.argv[5], trial.argv[4]);
    arguments_release(&trial.out);
    ck_assert_ptr_null(trial.out.argv);
    ck_assert_int_eq(trial.out.argc, 0);
}
END_TEST

START_TEST(a_failure_leaves_the_command_line)
{
    struct extra_opts_config config = usual_config();
    struct trial trial;
    write_sections();
    expand(&trial, &config, "prog|--extra-opts|--api-key|SECRET|--extra-opts=nowhere|-o|json");
    ck_assert(!trial.fine);
    ck_assert_str_eq(trial.shown, "prog|--api-key|SECRET|-o|json");
    ck_assert_ptr_eq(trial.out.argv[2], trial.argv[3]);
    arguments_release(&trial.out);
}
END_TEST

START_TEST(no_arguments_at_all)
{
    struct extra_opts_config config = usual_config();
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct arguments out;
    struct error err = {0};
    char *argv[] = {NULL};
    ck_assert(extra_opts_expand(&config, &clock, 0, argv, &out, &err));
    ck_assert_int_eq(out.argc, 0);
    ck_assert_ptr_null(out.argv[0]);
    arguments_release(&out);
}
END_TEST

/* Where files are looked for. The folders a, b and c have the files named. */
static const struct {
    const char *name, *file, *folders, *there, *expected;
} PLACES[] = {
    {"file", "a/plugins.ini", "b", "a/plugins.ini b/plugins.ini", "a/plugins.ini"},
    {"empty file name", "", "b", "b/plugins.ini", "b/plugins.ini"},
    {"first folder", NULL, "a:b", "a/plugins.ini b/plugins.ini", "a/plugins.ini"},
    {"second folder", NULL, "a:b", "b/plugins.ini", "b/plugins.ini"},
    {"folder before name", NULL, "a:b", "a/nagios-plugins.ini b/monitoring-plugins.ini",
     "a/nagios-plugins.ini"},
    {"first name", NULL, "a", "a/nagios-plugins.ini a/plugins.ini a/monitoring-plugins.ini",
     "a/monitoring-plugins.ini"},
    {"second name", NULL, "a", "a/nagios-plugins.ini a/plugins.ini", "a/plugins.ini"},
    {"empty folders", NULL, "::nowhere::b:", "b/plugins.ini", "b/plugins.ini"},
    {"folders before usual files", NULL, "b", "c/one.ini b/plugins.ini", "b/plugins.ini"},
    {"usual files", NULL, "a:b", "c/one.ini c/two.ini", "c/one.ini"},
    {"second usual file", NULL, NULL, "c/two.ini", "c/two.ini"},
    {"usual files, empty folders", NULL, "", "c/two.ini", "c/two.ini"},
};

static const char *const USUAL[] = {"c/one.ini", "c/two.ini", NULL};

/* Each names itself in its only option. */
static void write_places(const char *there)
{
    char paths[SHOWN_SIZE], text[SHOWN_SIZE];
    snprintf(paths, sizeof paths, "%s", there);
    for (char *rest = paths, *path; (path = strtok_r(rest, " ", &rest));) {
        snprintf(text, sizeof text, "[check_x]\nx = %s\n", path);
        write_text(path, text);
    }
}

static void make_folders(void)
{
    ck_assert(mkdir("a", 0700) == 0 && mkdir("b", 0700) == 0 && mkdir("c", 0700) == 0);
}

START_TEST(a_file_is_looked_for)
{
    struct extra_opts_config config = usual_config();
    char expected[SHOWN_SIZE];
    config.file = PLACES[_i].file;
    config.folders = PLACES[_i].folders;
    config.files = USUAL;
    write_places(PLACES[_i].there);
    snprintf(expected, sizeof expected, "prog|-x|%s", PLACES[_i].expected);
    expect(PLACES[_i].name, &config, "prog|--extra-opts", expected);
}
END_TEST

START_TEST(a_file_not_found_is_told_by_all_its_places)
{
    static const char *const places[] = {
        "a/monitoring-plugins.ini", "a/plugins.ini", "a/nagios-plugins.ini",
        "no?where/plugins.ini",     "c/one.ini",     "c/two.ini"};
    struct extra_opts_config config = {
        .program = "check_x", .folders = "a:no\nwhere", .files = USUAL};
    for (int i = 0; i < COUNT_OF(places); i++)
        expect_error("nowhere", &config, "prog|--extra-opts=other", ERROR_INPUT, "no option file",
                     places[i]);
    config = (struct extra_opts_config){.program = "check_x"};
    expect_error("no places", &config, "prog|--extra-opts", ERROR_INPUT, "no option file", NULL);
    config.file = "a/missing.ini";
    config.folders = "b";
    write_text("b/plugins.ini", "[check_x]\n");
    expect_error("file", &config, "prog|--extra-opts", ERROR_INPUT, "a/missing.ini", NULL);
}
END_TEST

START_TEST(the_usual_files_are_those_of_the_monitoring_plugins)
{
    int count = 0;
    ck_assert_str_eq(EXTRA_OPTS_FILES[0],
                     "/usr/local/etc/monitoring-plugins/monitoring-plugins.ini");
    for (const char *const *file = EXTRA_OPTS_FILES; *file; file++, count++)
        ck_assert_msg((*file)[0] == '/' && contains(*file, "plugins.ini"), "got '%s'", *file);
    ck_assert_int_eq(count, 11);
}
END_TEST

/* Mode & 077 beyond group read, as for a key file. */
START_TEST(others_may_not_read_a_file_with_the_key)
{
    struct extra_opts_config config = usual_config();
    for (mode_t rest = 0; rest <= 077; rest++) {
        struct trial trial;
        char octal[8];
        bool expected = (rest & (mode_t)~040U) == 0;
        write_text("x.ini", "[check_x]\napi-key = SECRETSECRET\n");
        ck_assert_int_eq(chmod("x.ini", 0600 | rest), 0);
        expand(&trial, &config, "prog|--extra-opts");
        snprintf(octal, sizeof octal, "%04o", (unsigned)(0600 | rest));
        ck_assert_msg(trial.fine == expected, "mode %s: expected %s", octal,
                      expected ? "the key" : "a refusal");
        if (expected)
            ck_assert_str_eq(trial.shown, "prog|--api-key=SECRETSECRET");
        else
            ck_assert_msg(
                trial.err.kind == ERROR_INPUT && contains(trial.err.text, octal) &&
                    contains(trial.err.text, "x.ini") && contains(trial.err.text, "chmod 640") &&
                    contains(trial.err.text, "defaultMode") && !contains(trial.err.text, "SECRET"),
                "mode %s: got '%s'", octal, trial.err.text);
        arguments_release(&trial.out);
    }
}
END_TEST

START_TEST(others_may_read_a_file_without_the_key)
{
    static const char *const texts[] = {
        "[check_x]\nx = 1\n",
        "[check_x]\n; api-key = SECRET\nx = 1\n",
        "[other]\napi-key = SECRET\n[check_x]\nx = 1\n",
    };
    struct extra_opts_config config = usual_config();
    for (int i = 0; i < COUNT_OF(texts); i++) {
        write_text("x.ini", texts[i]);
        ck_assert_int_eq(chmod("x.ini", 0644), 0);
        expect(texts[i], &config, "prog|--extra-opts", "prog|-x|1");
    }
    write_text("x.ini", "[check_x]\napi-key-file = k\n");
    ck_assert_int_eq(chmod("x.ini", 0666), 0);
    expect("api-key-file", &config, "prog|--extra-opts", "prog|--api-key-file=k");
}
END_TEST

START_TEST(standard_input_can_be_a_file)
{
    static const char text[] = "[check_x]\napi-key = SECRET\n";
    struct extra_opts_config config = usual_config();
    struct trial trial;
    stdin_from_bytes(text, sizeof text - 1);
    expand(&trial, &config, "prog|--extra-opts=@-|-w");
    ck_assert_msg(trial.fine, "%s", trial.err.text);
    ck_assert_str_eq(trial.shown, "prog|--api-key=SECRET|-w");
    ck_assert(trial.out.uses_standard_input);
    arguments_release(&trial.out);
    stdin_restore();
    stdin_from_bytes("[check_x]\nwrong\n", 16);
    expect_error("named", &config, "prog|--extra-opts=@-", ERROR_INPUT, "standard input:2:", NULL);
    write_text("x.ini", "[check_x]\n");
    expand(&trial, &config, "prog|--extra-opts");
    ck_assert(trial.fine && !trial.out.uses_standard_input);
    arguments_release(&trial.out);
}
END_TEST

/* Nobody else can open a pipe without a name, whatever its mode says. */
START_TEST(a_pipe_may_hold_the_key)
{
    static const char text[] = "[check_x]\napi-key = SECRET\n";
    struct extra_opts_config config = usual_config();
    int ends[2];
    stdin_from_bytes("", 0);
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(fchmod(ends[0], 0666), 0);
    ck_assert_int_eq(write(ends[1], text, sizeof text - 1), (ssize_t)(sizeof text - 1));
    ck_assert(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    ck_assert(close(ends[0]) == 0 && close(ends[1]) == 0);
    expect("pipe", &config, "prog|--extra-opts=@-", "prog|--api-key=SECRET");
}
END_TEST

/* inih cuts names at 49 characters. */
START_TEST(long_section_names_are_told_apart)
{
    struct extra_opts_config config = usual_config();
    write_text("x.ini", "[" LONG_NAME "]\nw = 1\n[" LONG_NAME "x]\nw = 2\n[" LONG_NAME
                        "xy]\nw = 3\n[ " LONG_NAME "]\nw = 4\n[" LONG_NAME " ]\nw = 5\n");
    expect("48", &config, "prog|--extra-opts=" LONG_NAME, "prog|-w|1");
}
END_TEST

/* In lines of 64 KiB; head and tail come around a row of 'v'. */
static char *long_text(const char *head, size_t count, const char *tail)
{
    char *text = malloc(strlen(head) + count + strlen(tail) + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, strlen(head));
    memset(text + strlen(head), 'v', count);
    memcpy(text + strlen(head) + count, tail, strlen(tail) + 1);
    return text;
}

START_TEST(lines_may_have_64_KiB)
{
    static const char head[] = "[check_x]\nbatch = ", tail[] = "=v ; v\nw = 1\n";
    static const struct {
        size_t length;
        bool fine;
    } rows[] = {{200, true}, {1000, true}, {65535, true}, {65536, false}, {300000, false}};
    struct extra_opts_config config = usual_config();
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 1000);
    struct arguments out;
    struct error err = {0};
    char *argv[] = {(char[]){"prog"}, (char[]){"--extra-opts"}, NULL};
    size_t length = rows[_i].length - strlen("batch = =v ; v");
    char *text = long_text(head, length, tail), *value = long_text("--batch=", length, "=v ; v");
    write_text("x.ini", text);
    bool fine = extra_opts_expand(&config, &clock, 2, argv, &out, &err);
    ck_assert_msg(fine == rows[_i].fine, "%zu bytes: %s", rows[_i].length, err.text);
    ck_assert_msg(fine || contains(err.text, "x.ini:2: a line of more than 64 KiB"),
                  "%zu bytes: got '%s'", rows[_i].length, err.text);
    ck_assert_msg(!fine || (out.argc == 4 && strcmp(out.argv[1], value) == 0 &&
                            strcmp(out.argv[3], "1") == 0),
                  "%zu bytes: a value was cut", rows[_i].length);
    arguments_release(&out);
    free(text);
    free(value);
}
END_TEST

START_TEST(a_NUL_byte_is_refused)
{
    static const char text[] = "[check_x]\nw = 1\0SECRET\n", wide[] = "\xFF\xFE[\0c\0h\0";
    struct extra_opts_config config = usual_config();
    write_file("x.ini", text, sizeof text - 1);
    expect_error("in a value", &config, "prog|--extra-opts", ERROR_INPUT, "x.ini:2:", "NUL");
    write_file("x.ini", wide, sizeof wide - 1);
    expect_error("UTF-16", &config, "prog|--extra-opts", ERROR_INPUT, "x.ini:1:", "NUL");
}
END_TEST

START_TEST(options_have_a_ceiling)
{
    struct extra_opts_config config = usual_config();
    FILE *file = fopen("x.ini", "w");
    char *line = long_text("w = ", 65000, "\n");
    ck_assert_ptr_nonnull(file);
    fputs("[check_x]\n", file);
    for (int i = 0; i < 300; i++)
        fputs(line, file);
    ck_assert_int_eq(fclose(file), 0);
    expect_error("19 MB", &config, "prog|--extra-opts", ERROR_INPUT, "more than 16 MiB", "x.ini:2");
    free(line);
}
END_TEST

START_TEST(the_deadline_ends_reading)
{
    struct extra_opts_config config = usual_config();
    struct fake_time time = {0};
    struct clock clock = fake_clock(&time, 0);
    struct arguments out;
    struct error err = {0};
    char *argv[] = {(char[]){"prog"}, (char[]){"--extra-opts"}, NULL};
    write_text("x.ini", "[check_x]\nw = 1\n");
    ck_assert(!extra_opts_expand(&config, &clock, 2, argv, &out, &err));
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
    arguments_release(&out);
    time.step_ms = 10;
    clock = fake_clock(&time, 15);
    ck_assert(!extra_opts_expand(&config, &clock, 2, argv, &out, &err));
    ck_assert_int_eq(err.kind, ERROR_DEADLINE);
    arguments_release(&out);
}
END_TEST

/* Whatever the bytes are: a command line, or an error on one line. */
START_TEST(random_files_do_no_harm)
{
    static const char bytes[] = "[]=:;# \t\r\n\f\"-wk\xEF\xBB\xBF\xC3\0check_x";
    struct extra_opts_config config = usual_config();
    uint64_t seed = 20260114;
    for (int round = 0; round < 3000; round++) {
        struct trial trial;
        char text[80] = "[check_x]\n";
        size_t length = strlen(text) + (size_t)random_below(&seed, 60);
        for (size_t i = strlen(text); i < length; i++)
            text[i] = bytes[random_below(&seed, sizeof bytes - 1)];
        write_file("x.ini", text, length);
        expand(&trial, &config, "prog|--extra-opts|-z");
        ck_assert_msg(trial.fine || trial.err.kind == ERROR_INPUT, "round %d: %s", round,
                      trial.err.text);
        ck_assert_str_eq(trial.out.argv[trial.out.argc - 1], "-z");
        arguments_release(&trial.out);
    }
}
END_TEST

static void add_limits(Suite *suite)
{
    TCase *limits = add_case(suite, "limits");
    add_folder(limits);
    tcase_add_test(limits, long_section_names_are_told_apart);
    tcase_add_loop_test(limits, lines_may_have_64_KiB, 0, 5);
    tcase_add_test(limits, a_NUL_byte_is_refused);
    tcase_add_test(limits, options_have_a_ceiling);
    tcase_add_test(limits, the_deadline_ends_reading);
    tcase_add_test(limits, random_files_do_no_harm);
}

static void add_places(Suite *suite)
{
    TCase *places = add_case(suite, "places");
    add_folder(places);
    tcase_add_checked_fixture(places, make_folders, NULL);
    tcase_add_loop_test(places, a_file_is_looked_for, 0, COUNT_OF(PLACES));
    tcase_add_test(places, a_file_not_found_is_told_by_all_its_places);
    tcase_add_test(places, the_usual_files_are_those_of_the_monitoring_plugins);
}

Suite *extra_opts_suite(void)
{
    Suite *suite = suite_create("extra_opts");
    TCase *core = add_case(suite, "core"), *key = add_case(suite, "key");
    add_folder(core);
    tcase_add_checked_fixture(core, NULL, stdin_restore);
    add_folder(key);
    tcase_add_checked_fixture(key, NULL, stdin_restore);
    tcase_add_loop_test(core, a_section_becomes_options, 0, COUNT_OF(FILES));
    tcase_add_loop_test(core, a_wrong_line_is_named, 0, COUNT_OF(WRONG));
    tcase_add_loop_test(core, options_come_before_the_command_line, 0, COUNT_OF(COMMANDS));
    tcase_add_loop_test(core, what_cannot_be_found_is_named, 0, COUNT_OF(BAD_COMMANDS));
    tcase_add_test(core, the_command_line_keeps_its_pointers);
    tcase_add_test(core, a_failure_leaves_the_command_line);
    tcase_add_test(core, no_arguments_at_all);
    tcase_add_test(key, others_may_not_read_a_file_with_the_key);
    tcase_add_test(key, others_may_read_a_file_without_the_key);
    tcase_add_test(key, standard_input_can_be_a_file);
    tcase_add_test(key, a_pipe_may_hold_the_key);
    add_places(suite);
    add_limits(suite);
    return suite;
}
