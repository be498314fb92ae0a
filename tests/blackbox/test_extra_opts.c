/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options from INI files: where they are found, what they may hold, that the command line wins, and
 * that a key in them is as well guarded as in a key file.
 */
#include <sys/stat.h>

#include "canned.h"
#include "cases.h"
#include "suites.h"

struct file_row {
    const char *name;
    const char *text; /* of options.ini */
    const char *options;
    int exit_code;
    const char *metrics; /* NULL: no request is made */
    const char *words;
};

#define TWO        "message = +33639980001:1\nmessage = +33639980002:2\n"
#define FROM(name) "--extra-opts=" name "@options.ini"

static const struct file_row rows[] = {
    {"a section", "[sms]\n" TWO, FROM("sms"), OK, "messages=2 delivered=2", "100.00%"},
    {"the default section", "[check_smspartner_status]\n" TWO, FROM(""), OK, "messages=2", "OK"},
    {"value in a word of its own", "[sms]\n" TWO, "--extra-opts sms@options.ini", OK, "messages=2",
     "OK"},
    {"other sections don't count", "[a]\nbogus=1\n[sms]\n" TWO "[b]\nbogus=2\n", FROM("sms"), OK,
     "messages=2", "OK"},
    {"a section in two pieces",
     "[sms]\nmessage=+33639980001:1\n[b]\nlist=x\n[sms]\nmessage=+33639980002:2\n", FROM("sms"), OK,
     "messages=2", "OK"},
    {"comments and empty lines", "# one\n; two\n\n[sms]\n\n# three\n" TWO "\n", FROM("sms"), OK,
     "messages=2", "OK"},
    {"CRLF", "[sms]\r\nmessage=+33639980001:1\r\n", FROM("sms"), OK, "messages=1", "OK"},
    {"a byte-order mark", "\xEF\xBB\xBF[sms]\nmessage=+33639980001:1\n", FROM("sms"), OK,
     "messages=1", "OK"},
    {"no line end at the end", "[sms]\nmessage=+33639980001:1", FROM("sms"), OK, "messages=1",
     "OK"},
    {"short names", "[sms]\nm=+33639980001:1\nw=messages=0\n", FROM("sms"), WARNING, "messages=1",
     "[WARNING] messages"},
    {"more messages on the command line", "[sms]\n" TWO, FROM("sms") " -m +33639980003:3", OK,
     "messages=3 delivered=3", "OK"},
    {"repeated thresholds", "[sms]\n" TWO "warning=messages=0\nwarning=delivered=0\n", FROM("sms"),
     WARNING, "messages=2", "[WARNING] delivered 2"},
    {"the command line wins", "[sms]\n" TWO "warning=messages=0\n", FROM("sms") " -w messages=5",
     OK, "messages=2", "OK"},
    {"the command line wins from in front", "[sms]\n" TWO "warning=messages=0\n",
     "-w messages=5 " FROM("sms"), OK, "messages=2", "OK"},
    {"the later section wins", "[a]\n" TWO "critical=messages=0\n[b]\ncritical=messages=5\n",
     FROM("a") " " FROM("b"), OK, "messages=2", "OK"},
    {"flags", "[sms]\n" TWO "skip-invalid=\nshow-numbers=\nbatch=batch\n", FROM("sms"), OK,
     "messages=2 invalid=1", "OK"},
    {"JSON", "[sms]\n" TWO "output=json\n", FROM("sms"), OK, "messages=2", "{\"plugin\""},
    {"text after JSON", "[sms]\n" TWO "output=json\n", FROM("sms") " -o text", OK, "messages=2",
     "SMSPARTNER OK"},
    {"errors as JSON", "[sms]\noutput=json\nbogus=1\n", FROM("sms"), UNKNOWN, NULL, "bogus"},
    {"errors as JSON by the command line", "[sms]\nbogus=1\n", "-o json " FROM("sms"), UNKNOWN,
     NULL, "{\"plugin\""},
    {"no such section as JSON", "[sms]\n" TWO, "-o json " FROM("other"), UNKNOWN, NULL,
     "{\"plugin\""},
    {"no such section", "[sms]\n" TWO, FROM("other"), UNKNOWN, NULL, "[other]"},
    {"letter case of sections", "[SMS]\n" TWO, FROM("sms"), UNKNOWN, NULL, "[sms]"},
    {"no such file", "[sms]\n" TWO, "--extra-opts=sms@missing.ini", UNKNOWN, NULL, "missing.ini"},
    {"a folder", "[sms]\n" TWO, "--extra-opts=sms@.", UNKNOWN, NULL, "directory"},
    {"no file name", "[sms]\n" TWO, "--extra-opts=sms@", UNKNOWN, NULL, "extra-opts"},
    {"an unknown option", "[sms]\n" TWO "bogus=1\n", FROM("sms"), UNKNOWN, NULL, "bogus"},
    {"a bad value", "[sms]\n" TWO "retries=many\n", FROM("sms"), UNKNOWN, NULL, "many"},
    {"a bad value in short", "[sms]\n" TWO "t=soon\n", FROM("sms"), UNKNOWN, NULL, "soon"},
    {"no option at all", "[sms]\n" TWO "what is this\n", FROM("sms"), UNKNOWN, NULL,
     "options.ini:4"},
    {"before all sections", TWO "[sms]\n", FROM("sms"), UNKNOWN, NULL, "options.ini:1"},
    {"an unfinished header", "[sms\n" TWO, FROM("sms"), UNKNOWN, NULL, "options.ini:1"},
    {"option files in option files", "[sms]\nextra-opts=sms@options.ini\n" TWO, FROM("sms"),
     UNKNOWN, NULL, "extra-opts"},
    {"markup in an option", "[sms]\n<b>|=1\n" TWO, FROM("sms"), UNKNOWN, NULL, "UNKNOWN"},
    {"help", "[sms]\nhelp=\n", FROM("sms") " -m x", UNKNOWN, NULL, ""},
};

START_TEST(option_files)
{
    const struct file_row *row = &rows[_i];
    const struct how how = {.help = contains(row->text, "help")};
    const struct result *result;

    canned_deliver();
    write_file("options.ini", row->text);
    write_file("batch", "nonsense\n");
    result = ask_how(row->options, &how);
    ck_assert_msg(result->exit_code == row->exit_code, "%s: exit %d expected\n%s", row->name,
                  row->exit_code, shown(result));
    expect_text(result, row->words);
    if (row->metrics != NULL) {
        expect_metrics(result, row->metrics);
    }
    ck_assert_uint_eq(canned_count(), row->metrics != NULL ? 1 : 0);
}
END_TEST

/* Beyond inih's own limits: 200 characters a line, and comments inside of lines. */
START_TEST(long_lines_and_inline_comments)
{
    char *name = format("%0*d ; no comment #", 220, 7);
    const struct result *result;

    write_file(name, MESSAGE("1"));
    write_file("options.ini", format("[sms]\nbatch=%s\n", name));
    canned_deliver();
    result = ask(FROM("sms"));
    expect_exit(result, OK);
    expect_metrics(result, "messages=1 delivered=1");
}
END_TEST

START_TEST(standard_input_is_read_once)
{
    const struct how how = {.input = INPUT_TEXT, .text = "[sms]\nlist=3\n"};
    const struct result *result = ask_how("--extra-opts=sms@- -b -", &how);

    expect_exit(result, UNKNOWN);
    expect_first(result, "standard input");
}
END_TEST

struct mode_row {
    mode_t mode;
    bool fine;
};

static const struct mode_row modes[] = {{0600, true},  {0400, true},  {0640, true},  {0440, true},
                                        {0644, false}, {0660, false}, {0604, false}, {0666, false},
                                        {0620, false}, {0601, false}};

START_TEST(a_key_needs_a_closed_file)
{
    const struct mode_row *row = &modes[_i];
    const struct result *result;

    write_file_mode("options.ini", format("[sms]\napi-key=%s\n", simulator_key), row->mode);
    canned_deliver();
    result = run(format("-u {url} -m +33639980001:1 " FROM("sms")));
    expect_exit(result, row->fine ? OK : UNKNOWN);
    ck_assert_uint_eq(canned_count(), row->fine ? 1 : 0);
    if (!row->fine) {
        expect_text(result, "options.ini");
        expect_text(result, format("%04o", (unsigned)row->mode));
        expect_text(result, "chmod 640");
    }
}
END_TEST

START_TEST(no_key_no_rule)
{
    write_file_mode("options.ini", "[sms]\nmessage=+33639980001:1\napi-key-file=key\n", 0666);
    canned_deliver();
    expect_exit(run("-u {url} " FROM("sms")), OK);
}
END_TEST

START_TEST(a_key_in_another_section_is_not_ours)
{
    write_file_mode("options.ini", "[other]\napi-key=another-secret-9\n[sms]\nretries=0\n", 0644);
    canned_deliver();
    expect_exit(ask("-m +33639980001:1 " FROM("sms")), OK);
}
END_TEST

/* The environment may name the file, or folders to search for one. */
START_TEST(the_search_for_a_file)
{
    static const char *const names[] = {"monitoring-plugins.ini", "plugins.ini",
                                        "nagios-plugins.ini", "any.ini"};
    const char *variable = _i == 3 ? format("MP_CONFIG_FILE=%s", test_path("any.ini"))
                                   : format("NAGIOS_CONFIG_PATH=/nowhere:%s", test_path("."));
    const struct how how = {.environment = {variable}};
    const struct result *result;

    write_file(names[_i], "[check_smspartner_status]\nmessage=+33639980001:1\n");
    canned_deliver();
    result = ask_how(_i % 2 == 0 ? "--extra-opts" : "--extra-opts=check_smspartner_status", &how);
    expect_exit(result, OK);
    expect_metrics(result, "messages=1");
}
END_TEST

START_TEST(no_file_to_be_found)
{
    const struct result *result = ask("-m +33639980001:1 --extra-opts=no-such-section-here");

    expect_exit(result, UNKNOWN);
    expect_text(result, "extra-opts");
}
END_TEST

Suite *extra_opts_suite(void)
{
    Suite *suite = suite_create("extra_opts");
    TCase *tcase = harness_case(suite, "extra_opts");

    tcase_add_loop_test(tcase, option_files, 0, ROWS(rows));
    tcase_add_test(tcase, long_lines_and_inline_comments);
    tcase_add_test(tcase, standard_input_is_read_once);
    tcase_add_loop_test(tcase, a_key_needs_a_closed_file, 0, ROWS(modes));
    tcase_add_test(tcase, no_key_no_rule);
    tcase_add_test(tcase, a_key_in_another_section_is_not_ours);
    tcase_add_loop_test(tcase, the_search_for_a_file, 0, 4);
    tcase_add_test(tcase, no_file_to_be_found);
    return suite;
}
