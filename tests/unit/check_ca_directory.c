/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which directories OpenSSL can look a certificate up in. */
#include "ca_directory.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>

START_TEST(needs_one_entry_named_by_a_hash)
{
    static const struct {
        const char *name;
        bool hashed;
    } entries[] = {
        {"ca-certificates.crt", false}, {"5ed36f99", false},    {"5ed36f99.", false},
        {"5ed36f99.r0", false},         {"5ed36f9.0", false},   {"5ed36f990.0", false},
        {"5ED36F99.0", false},          {"5ed36f99.0x", false}, {"5ed36f99.0", true},
    };
    ck_assert(!ca_directory_is_hashed("certs"));
    ck_assert_int_eq(mkdir("certs", 0700), 0);
    for (int i = 0; i < COUNT_OF(entries); i++) {
        char path[64];
        snprintf(path, sizeof path, "certs/%s", entries[i].name);
        write_file(path, "x", 1);
        ck_assert_msg(ca_directory_is_hashed("certs") == entries[i].hashed, "with %s",
                      entries[i].name);
    }
}
END_TEST

Suite *ca_directory_suite(void)
{
    Suite *suite = suite_create("ca_directory");
    TCase *core = add_case(suite, "core");
    add_folder(core);
    tcase_add_test(core, needs_one_entry_named_by_a_hash);
    return suite;
}
