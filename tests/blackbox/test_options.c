/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line itself: usage errors name option and value and end in a short usage, the last of
 * an option wins, --help and --version, and -o json for every kind of ending.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

#define ONE_MESSAGE "-m +33639980001:1"

struct bad_row {
    const char *option; /* as given */
    const char *other;  /* the same option's other name, which may be told instead */
    const char *value;
};

static const struct bad_row bad_values[] = {
    {"-w", "--warning", "abc"},
    {"--warning", "-w", "20:10"},
    {"-c", "--critical", "messages=x"},
    {"--critical", "-c", "foo=1"},
    {"-g", "--grace", "soon"},
    {"-g", "--grace", "-1"},
    {"--grace", "-g", "1w"},
    {"-g", "--grace", "1h30"},
    {"-g", "--grace", "nan"},
    {"-g", "--grace", "1e999h"},
    {"-g", "--grace", "h"},
    {"--grace", "-g", "99999999999999999999d"},
    {"--since", "--since", "x"},
    {"--since", "--since", "-5m"},
    {"--since", "--since", "5 m"},
    {"--last", "--last", "x"},
    {"--last", "--last", "-1"},
    {"--last", "--last", "1.5"},
    {"--last", "--last", "99999999999999999999"},
    {"--last", "--last", "5x"},
    {"--shard", "--shard", "1"},
    {"--shard", "--shard", "2/2"},
    {"--shard", "--shard", "/2"},
    {"--shard", "--shard", "0/0"},
    {"--shard", "--shard", "-1/2"},
    {"--shard", "--shard", "0/2/3"},
    {"--shard", "--shard", "0/10001"},
    {"--country-code", "--country-code", "abc"},
    {"--country-code", "--country-code", "33x"},
    {"--country-code", "--country-code", "-33"},
    {"--country-code", "--country-code", "123456789"},
    {"--timezone", "--timezone", "Mars/Olympus"},
    {"--timezone", "--timezone", "../../etc/passwd"},
    {"--timezone", "--timezone", "Europe/Pariss"},
    {"--min-sample", "--min-sample", "x"},
    {"--min-sample", "--min-sample", "-1"},
    {"--min-sample", "--min-sample", "2.5"},
    {"--min-sample", "--min-sample", "18446744073709551617"},
    {"--no-data", "--no-data", "good"},
    {"--no-data", "--no-data", "4"},
    {"--no-data", "--no-data", "-1"},
    {"--no-data", "--no-data", "00x"},
    {"--unreachable", "--unreachable", "down"},
    {"--unreachable", "--unreachable", "7"},
    {"-f", "--format", "yaml"},
    {"--format", "-f", "JSON5"},
    {"-t", "--timeout", "x"},
    {"-t", "--timeout", "-1"},
    {"-t", "--timeout", "5:bad"},
    {"--timeout", "-t", "5:"},
    {"-t", "--timeout", ":ok"},
    {"-t", "--timeout", "5:ok:ok"},
    {"-t", "--timeout", "1e30"},
    {"-t", "--timeout", "nan"},
    {"-t", "--timeout", "inf"},
    {"-t", "--timeout", "5s:4"},
    {"-o", "--output", "xml"},
    {"--output", "-o", "html"},
    {"--perfdata", "--perfdata", "some"},
    {"-l", "--list", "x"},
    {"-l", "--list", "-1"},
    {"--list", "-l", "1.5"},
    {"-l", "--list", "99999999999999999999999"},
    {"-l", "--list", "0x10"},
    {"-l", "--list", "10 "},
    {"-u", "--url", "ftp://127.0.0.1/"},
    {"-u", "--url", "file:///etc/passwd"},
    {"--url", "-u", "nonsense"},
    {"-u", "--url", "http://"},
    {"-u", "--url", "gopher://127.0.0.1/"},
};

/* Shape of every usage error: one line, then at most 23 lines of at most 80 columns. */
static void expect_usage(const struct result *result)
{
    const char *line = result->rest;

    expect_exit(result, UNKNOWN);
    expect(result, !result->has_perfdata);
    expect(result, count_lines(result->rest) >= 1 && count_lines(result->rest) <= 23);
    while (*line != '\0') {
        expect(result, strcspn(line, "\n") <= 80);
        line += strcspn(line, "\n") + 1;
    }
}

START_TEST(bad_values_are_usage_errors)
{
    const struct bad_row *row = &bad_values[_i];
    const struct result *result;

    canned_deliver();
    result = ask(format("%s '%s' " ONE_MESSAGE, row->option, row->value));
    expect_usage(result);
    expect(result, contains(result->first, row->option) || contains(result->first, row->other));
    expect_first(result, row->value);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

static const char *const takers[] = {
    "--warning",  "--critical",
    "--grace",    "--since",
    "--last",     "--country-code",
    "--timezone", "--min-sample",
    "--no-data",  "--unreachable",
    "--url",      "--format",
    "--timeout",  "--ca-file",
    "--output",   "--perfdata",
    "--list",     "--batch",
    "--message",  "--api-key-file",
    "--api-key",  "-w",
    "-c",         "-g",
    "-u",         "-f",
    "-t",         "-o",
    "-l",         "-b",
    "-m",         "-k",
};

START_TEST(missing_values)
{
    const struct result *result = run(takers[_i]);

    expect_usage(result);
    expect_first(result, takers[_i][1] == '-' ? takers[_i] : takers[_i] + 1);
}
END_TEST

static const char *const empty_values[] = {
    "--warning",  "--critical",   "--grace",    "--since",       "--last",    "--country-code",
    "--timezone", "--min-sample", "--no-data",  "--unreachable", "--url",     "--format",
    "--timeout",  "--output",     "--perfdata", "--list",        "--ca-file", "--api-key-file",
};

START_TEST(empty_values_are_usage_errors)
{
    expect_usage(ask(format("%s '' " ONE_MESSAGE, empty_values[_i])));
    expect_first(ask(format("%s= " ONE_MESSAGE, empty_values[_i])), empty_values[_i]);
}
END_TEST

START_TEST(zones_of_another_folder)
{
    const struct how how = {.environment = {"TZDIR=/usr/share/zoneinfo"}};

    canned_deliver();
    expect_exit(ask_how(ONE_MESSAGE " --timezone Europe/Paris", &how), OK);
}
END_TEST

static const char *const flags[] = {
    "--skip-invalid", "--show-numbers", "--allow-http", "--verbose", "--help", "--version",
};

START_TEST(flags_take_no_value)
{
    const struct result *result = ask(format("%s=yes " ONE_MESSAGE, flags[_i]));

    expect_usage(result);
    expect_first(result, flags[_i]);
}
END_TEST

struct stray_row {
    const char *options;
    const char *named;
};

static const struct stray_row strays[] = {
    {"--bogus", "--bogus"},
    {ONE_MESSAGE " --extra-op=x", "--extra-op"},
    {"-b - -b -", "standard input"},
    {"--bogus=5", "--bogus"},
    {"-Z", "Z"},
    {"-vZ", "Z"},
    {"-p 5", "p"},
    {"stray", "stray"},
    {ONE_MESSAGE " stray", "stray"},
    {"stray " ONE_MESSAGE, "stray"},
    {ONE_MESSAGE " -- stray", "stray"},
    {ONE_MESSAGE " -", "-"},
    {ONE_MESSAGE " ''", ""},
    {"--", ""},
};

START_TEST(phone_numbers_in_the_wrong_place)
{
    static const char *const options[] = {"--last +33612345678", "-w spam=+33612345678",
                                          "-w +33612345678=5", "+33612345678"};
    const struct result *result = ask(format(ONE_MESSAGE " %s", options[_i]));

    expect_exit(result, UNKNOWN);
    expect_no_text(result, "33612345678");
    expect_first(result, "336*****678");
}
END_TEST

START_TEST(strangers)
{
    const struct stray_row *row = &strays[_i];
    const struct result *result;

    canned_deliver();
    result = ask(row->options);
    expect_exit(result, UNKNOWN);
    expect_first(result, row->named);
    ck_assert_uint_eq(canned_count(), 0);
    if (strcmp(row->options, "--") != 0) {
        expect_usage(result);
    }
}
END_TEST

/* The last one wins, also over a first one that would have failed the run. */
struct last_row {
    const char *options;
    int exit_code;
    const char *text;
};

static const struct last_row last_ones[] = {
    {"--no-data critical --no-data ok -c ~:", OK, "SMSPARTNER OK"},
    {"-g 0 -g 48h --no-data ok", OK, "1 waiting"},
    {"-g 48h --grace=0", CRITICAL, "1 overdue"},
    {"--output json -o text --no-data ok", OK, "SMSPARTNER OK"},
    {"-o text --output json --no-data ok", OK, "\"state\""},
    {"--perfdata none --perfdata known --no-data ok", OK, "messages=1"},
    {"--min-sample 100 --min-sample 1 -g 0", CRITICAL, "[CRITICAL]"},
    {"-u http://127.0.0.1:1/ -u {url} --no-data ok", OK, "1 waiting"},
    {"-k missing -k {key} --no-data ok", OK, "1 waiting"},
    {"--country-code 44 --country-code 33 --no-data ok", OK, "1 waiting"},
    {"--last 7 --last 1 --no-data 0", OK, "1 waiting"},
};

START_TEST(the_last_one_wins)
{
    const struct last_row *row = &last_ones[_i];
    const struct result *result;

    canned_items(ITEM("1", "Waiting"));
    result = ask(format("%s -m 0639980001:1", row->options));
    expect_exit(result, row->exit_code);
    expect_text(result, row->text);
}
END_TEST

static void expect_columns(const struct result *result, size_t columns)
{
    const char *line = result->out;

    while (*line != '\0') {
        ck_assert_msg(strcspn(line, "\n") <= columns, "too wide: %.*s", (int)strcspn(line, "\n"),
                      line);
        line += strcspn(line, "\n") + 1;
    }
}

static const char *const documented[] = {
    "--batch",
    "--message",
    "--api-key-file",
    "--api-key",
    "SMSPARTNER_API_KEY",
    "--warning",
    "--critical",
    "--grace",
    "--since",
    "--last",
    "--country-code",
    "--timezone",
    "--skip-invalid",
    "--min-sample",
    "--no-data",
    "--unreachable",
    "--url",
    "--format",
    "--timeout",
    "--ca-file",
    "--allow-http",
    "--output",
    "--perfdata",
    "--list",
    "--show-numbers",
    "--version",
    "--help",
    "-b,",
    "-w,",
    "-c,",
    "-V,",
    "-h,",
    "-4",
    "-6",
    "-t,",
};

START_TEST(help)
{
    static const char *const ways[] = {"--help", "-h", "-b x -h"};
    const struct how how = {.help = true};
    const struct result *result = run_how(ways[_i], &how);

    expect_exit(result, UNKNOWN);
    expect_columns(result, 80);
    for (int i = 0; i < ROWS(documented); i++) {
        expect_text(result, documented[i]);
    }
}
END_TEST

START_TEST(version)
{
    static const char *const ways[] = {"--version", "-V"};
    const struct how how = {.help = true};
    const struct result *result = run_how(ways[_i], &how);

    expect_exit(result, UNKNOWN);
    expect_text(result, "check_smspartner_status");
    ck_assert(strpbrk(result->out, "0123456789") != NULL);
    ck_assert_uint_le(count_lines(result->out), 10);
}
END_TEST

START_TEST(no_arguments)
{
    expect_exit(run(""), UNKNOWN);
}
END_TEST

/* Every way a run can end comes out as the same object. */
struct json_row {
    const char *options;
    int exit_code;
    bool errors; /* at least one text in errors */
};

static const struct json_row endings[] = {
    {ONE_MESSAGE " -o json", OK, false},
    {ONE_MESSAGE " -ojson", OK, false},
    {ONE_MESSAGE " --output=json", OK, false},
    {ONE_MESSAGE " -vvv -o json", OK, false},
    {ONE_MESSAGE " -o json --perfdata none", OK, false},
    {ONE_MESSAGE " -o json -c delivered=5:", CRITICAL, false},
    {ONE_MESSAGE " -o json --bogus", UNKNOWN, true},
    {ONE_MESSAGE " --bogus -o json", UNKNOWN, true},
    {ONE_MESSAGE " --bogus --output=json", UNKNOWN, true},
    {ONE_MESSAGE " -w nonsense -ojson", UNKNOWN, true},
    {ONE_MESSAGE " -t -o json", UNKNOWN, true},
    {ONE_MESSAGE " --grace -ojson", UNKNOWN, true},
    {ONE_MESSAGE " -w --output=json", UNKNOWN, true},
    {ONE_MESSAGE " --last -1 -o json", UNKNOWN, true},
    {ONE_MESSAGE " -t -- --bogus -o json", UNKNOWN, true},
    {ONE_MESSAGE " stray --output json", UNKNOWN, true},
    {"-o json -w", UNKNOWN, true},
    {"-o json", UNKNOWN, true},
    {"-o json -b missing", UNKNOWN, true},
    {"-o json -b .", UNKNOWN, true},
    {"-o json -m x:1", UNKNOWN, true},
    {"-o json -k missing " ONE_MESSAGE, UNKNOWN, true},
    {"-o json -b empty", UNKNOWN, false},
    {"-o json -b empty --no-data ok", OK, false},
    {"-o json -u http://127.0.0.1:1/ " ONE_MESSAGE, CRITICAL, true},
    {"-o json -u http://192.0.2.1/ " ONE_MESSAGE, UNKNOWN, true},
    {"-o json -t 1 -b -", UNKNOWN, false},
};

START_TEST(json_on_every_path)
{
    const struct json_row *row = &endings[_i];
    const struct result *result;

    canned_deliver();
    write_file("empty", "");
    result = ask(row->options);
    expect(result, result->object != NULL);
    expect_exit(result, row->exit_code);
    if (row->errors) {
        ck_assert_uint_ge(json_length(result->object, "errors"), 1);
    }
}
END_TEST

Suite *options_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *tcase = harness_case(suite, "usage");

    tcase_add_loop_test(tcase, bad_values_are_usage_errors, 0, ROWS(bad_values));
    tcase_add_loop_test(tcase, missing_values, 0, ROWS(takers));
    tcase_add_loop_test(tcase, empty_values_are_usage_errors, 0, ROWS(empty_values));
    tcase_add_test(tcase, zones_of_another_folder);
    tcase_add_loop_test(tcase, flags_take_no_value, 0, ROWS(flags));
    tcase_add_loop_test(tcase, strangers, 0, ROWS(strays));
    tcase_add_loop_test(tcase, phone_numbers_in_the_wrong_place, 0, 4);
    tcase = harness_case(suite, "options");
    tcase_add_loop_test(tcase, the_last_one_wins, 0, ROWS(last_ones));
    tcase_add_loop_test(tcase, help, 0, 3);
    tcase_add_loop_test(tcase, version, 0, 2);
    tcase_add_test(tcase, no_arguments);
    tcase_add_loop_test(tcase, json_on_every_path, 0, ROWS(endings));
    return suite;
}
