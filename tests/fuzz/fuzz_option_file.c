/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzes option files, read whole and in pieces. The third steering byte: 1 a file that others may
 * read, 2 another section, 4 knows no option with a value.
 */
#include "extra_opts.h"
#include "fuzz.h"
#include "input.h"

#include <string.h>

const char FUZZ_NAME[] = "option_file";

enum { READABLE_BY_OTHERS = 1, OTHER_SECTION = 2, KNOWS_NO_VALUES = 4, ARGUMENTS = 4 };

/* The command line of all inputs; what stands behind --extra-opts must come through. */
struct command_line {
    char program[8], place[32], option[8], value[8];
    char *argv[ARGUMENTS + 1];
};

/* What came of it. */
struct expansion {
    struct arguments arguments;
    struct error err;
    bool fine;
};

static void fill(struct command_line *line, const struct fuzz_input *input)
{
    strcpy(line->program, "program");
    strcpy(line->place,
           input->steer[2] & OTHER_SECTION ? "--extra-opts=other@-" : "--extra-opts=@-");
    strcpy(line->option, "-b");
    strcpy(line->value, "file");
    line->argv[0] = line->program;
    line->argv[1] = line->place;
    line->argv[2] = line->option;
    line->argv[3] = line->value;
    line->argv[4] = NULL;
}

static bool needs_value(const char *key)
{
    return strcmp(key, "api-key") == 0 || strcmp(key, "w") == 0 || strcmp(key, "url") == 0;
}

static struct expansion expand(struct command_line *line, const struct fuzz_input *input)
{
    struct expansion expansion = {0};
    struct clock clock = fuzz_clock();
    const struct extra_opts_config config = {
        .program = "check_smspartner_status",
        .needs_value = input->steer[2] & KNOWS_NO_VALUES ? NULL : needs_value,
    };
    expansion.fine = extra_opts_expand(&config, &clock, ARGUMENTS, line->argv, &expansion.arguments,
                                       &expansion.err);
    return expansion;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0';
}

/* The value of a letter is an argument of its own, and may look like anything. */
static bool has_value_apart(const struct arguments *arguments, int i)
{
    return strlen(arguments->argv[i]) == 2 && !is_option(arguments->argv[i + 1]) &&
           i + 1 < arguments->argc - 2;
}

static void require_sound(const struct expansion *expansion, const struct command_line *line)
{
    const struct arguments *arguments = &expansion->arguments;
    int count = arguments->argc;
    fuzz_require(expansion->fine == (expansion->err.kind == ERROR_NONE), "failures have a reason");
    fuzz_require(expansion->fine || expansion->err.kind == ERROR_INPUT, "the file is to blame");
    fuzz_require_clean(expansion->err.text, ERROR_TEXT_SIZE, "errors are clean");
    fuzz_require(arguments->argv && count >= ARGUMENTS - 1 && !arguments->argv[count],
                 "there is a command line");
    fuzz_require(expansion->fine || count == ARGUMENTS - 1, "a bad file gives no options");
    fuzz_require(arguments->argv[0] == line->program, "the program's name comes first");
    fuzz_require(arguments->argv[count - 2] == line->option &&
                     arguments->argv[count - 1] == line->value,
                 "the command line comes last");
    for (int i = 1; i < count - 2; i++) {
        fuzz_require(is_option(arguments->argv[i]), "a file holds options only");
        i += has_value_apart(arguments, i);
    }
}

static void require_same(const struct expansion *a, const struct expansion *b)
{
    fuzz_require(a->fine == b->fine, "pieces are read like the whole: success");
    fuzz_require(a->arguments.argc == b->arguments.argc, "pieces are read like the whole: count");
    fuzz_require(strcmp(a->err.text, b->err.text) == 0, "pieces are read like the whole: reason");
    for (int i = 0; i < a->arguments.argc; i++)
        fuzz_require(strcmp(a->arguments.argv[i], b->arguments.argv[i]) == 0,
                     "pieces are read like the whole: options");
}

/* A socket has no mode that could be wrong. */
static void compare_with_pieces(const struct expansion *whole, struct command_line *line,
                                const struct fuzz_input *input)
{
    if ((input->steer[2] & READABLE_BY_OTHERS) || !input_as_pieces(input))
        return;
    struct expansion pieces = expand(line, input);
    require_same(whole, &pieces);
    arguments_release(&pieces.arguments);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_split(data, size);
    struct command_line line;
    fill(&line, &input);
    input_as_file(&input, input.steer[2] & READABLE_BY_OTHERS ? 0644 : 0600);
    struct expansion whole = expand(&line, &input);
    require_sound(&whole, &line);
    compare_with_pieces(&whole, &line, &input);
    arguments_release(&whole.arguments);
    return 0;
}
