/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several suites need; see support.h. Set-up that goes wrong ends the test with its reason. */
#include "support.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, SECONDS = 30, SLOW_SECONDS = 120 };

static char home[PATH_SIZE], base[PATH_SIZE], folder[PATH_SIZE + 8];
static int saved_stdin = -1;

TCase *add_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, SECONDS); /* on a busy machine 4 are too few */
    tcase_add_checked_fixture(tcase, zone_reset, NULL);
    suite_add_tcase(suite, tcase);
    return tcase;
}

TCase *add_slow_case(Suite *suite, const char *name)
{
    TCase *tcase = add_case(suite, name);
    tcase_set_tags(tcase, "slow");
    tcase_set_timeout(tcase, SLOW_SECONDS);
    return tcase;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

static void make_base(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(base, sizeof base, "%s/unit.XXXXXX", parent && *parent ? parent : "/tmp");
    bool fine = getcwd(home, sizeof home) && mkdtemp(base);
    ck_assert_msg(fine, "cannot make %s: %s", base, strerror(errno));
}

/* With what tests have left that ended without their fixture. */
static void remove_base(void)
{
    nftw(base, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void enter_folder(void)
{
    snprintf(folder, sizeof folder, "%s/XXXXXX", base);
    bool fine = mkdtemp(folder) && chdir(folder) == 0;
    ck_assert_msg(fine, "cannot make %s: %s", folder, strerror(errno));
}

static void leave_folder(void)
{
    bool fine = chdir(home) == 0 && nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
    ck_assert_msg(fine, "cannot remove %s: %s", folder, strerror(errno));
}

void add_folder(TCase *tcase)
{
    tcase_add_unchecked_fixture(tcase, make_base, remove_base);
    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
}

void write_file(const char *name, const void *bytes, size_t length)
{
    FILE *file = fopen(name, "wb");
    bool fine = file && fwrite(bytes, 1, length, file) == length;
    fine = file && fclose(file) == 0 && fine;
    ck_assert_msg(fine, "cannot write %s: %s", name, strerror(errno));
}

void stdin_from_bytes(const void *bytes, size_t length)
{
    FILE *file = tmpfile();
    bool fine = file && fwrite(bytes, 1, length, file) == length && fflush(file) == 0;
    saved_stdin = dup(STDIN_FILENO);
    fine = fine && lseek(fileno(file), 0, SEEK_SET) == 0 && dup2(fileno(file), STDIN_FILENO) == 0;
    if (file)
        fclose(file);
    ck_assert_msg(fine, "cannot replace standard input: %s", strerror(errno));
}

void stdin_restore(void)
{
    if (saved_stdin < 0)
        return;
    dup2(saved_stdin, STDIN_FILENO);
    close(saved_stdin);
    saved_stdin = -1;
}

void zone_set(const char *posix_zone)
{
    setenv("TZ", posix_zone, 1);
    tzset();
}

void zone_reset(void)
{
    zone_set("UTC0");
}

static int64_t fake_monotonic_ms(void *context)
{
    struct fake_time *time = context;
    time->monotonic_ms += time->step_ms;
    return time->monotonic_ms;
}

static int64_t fake_wall_ms(void *context)
{
    const struct fake_time *time = context;
    return time->wall_ms;
}

struct clock fake_clock(struct fake_time *time, int64_t budget_ms)
{
    return (struct clock){
        .monotonic_ms = fake_monotonic_ms,
        .wall_ms = fake_wall_ms,
        .context = time,
        .deadline_ms = time->monotonic_ms + budget_ms,
        .stop_signal = &time->stop_signal,
    };
}

/* xorshift64 */
uint64_t random_below(uint64_t *seed, uint64_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed % limit;
}

/* Length of the well-formed sequence at s, or 0. The end of the text ends no sequence well. */
static size_t utf8_sequence(const unsigned char *s)
{
    static const struct {
        unsigned char lead_first, lead_last, second_first, second_last, length;
    } table[] = {
        {0x01, 0x7F, 0x00, 0xFF, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (int i = 0; i < COUNT_OF(table); i++) {
        if (s[0] < table[i].lead_first || s[0] > table[i].lead_last)
            continue;
        if (table[i].length > 1 && (s[1] < table[i].second_first || s[1] > table[i].second_last))
            return 0;
        for (size_t k = 2; k < table[i].length; k++)
            if (s[k] < 0x80 || s[k] > 0xBF)
                return 0;
        return table[i].length;
    }
    return 0;
}

bool is_utf8(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0') {
        size_t length = utf8_sequence(s);
        if (length == 0)
            return false;
        s += length;
    }
    return true;
}

bool contains(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}
