/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzz target over the files of given folders, for compilers without libFuzzer and for make
 * check. Without arguments it takes the target's own seeds, found through the environment variable
 * srcdir. Each file is run whole and cut off at every byte; a breach aborts, and the last line of
 * the output then names the file.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096, CUT_MAX = 4096 };

/* What was run. */
struct tally {
    unsigned files, errors;
};

/* In memory of exactly that size, so that a sanitizer sees who reads on. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    fuzz_require(copy != NULL, "there is memory");
    if (size > 0)
        memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void run_whole_and_cut_off(const uint8_t *data, size_t size)
{
    run(data, size);
    for (size_t length = 0; length < size && length < CUT_MAX; length++)
        run(data, length);
}

static bool read_file(FILE *file, uint8_t **data, size_t *size)
{
    struct stat status;
    if (fstat(fileno(file), &status) != 0)
        return false;
    *size = (size_t)status.st_size;
    *data = malloc(*size > 0 ? *size : 1);
    return *data && fread(*data, 1, *size, file) == *size;
}

static bool replay_file(const char *path)
{
    uint8_t *data = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "rb");
    printf("%s\n", path);
    fflush(stdout);
    bool fine = file && read_file(file, &data, &size);
    if (fine)
        run_whole_and_cut_off(data, size);
    else
        perror(path);
    free(data);
    if (file)
        fclose(file);
    return fine;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay_folder(const char *folder, struct tally *tally)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_shown, alphasort);
    if (count <= 0) {
        fprintf(stderr, "%s: no seeds\n", folder);
        tally->errors++;
    }
    for (int i = 0; i < count; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        tally->files++;
        tally->errors += !replay_file(path);
        free(entries[i]);
    }
    free(entries);
}

static void replay_own_seeds(struct tally *tally)
{
    char folder[PATH_SIZE];
    const char *source = getenv("srcdir");
    snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", source ? source : ".", FUZZ_NAME);
    replay_folder(folder, tally);
}

/* The closing line is Check's, for whoever adds them up. */
static int conclude(const struct tally *tally)
{
    unsigned checks = tally->files > tally->errors ? tally->files : tally->errors;
    printf("%u%%: Checks: %u, Failures: 0, Errors: %u\n",
           checks > 0 ? 100 * (checks - tally->errors) / checks : 0, checks, tally->errors);
    return tally->errors > 0 || checks == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct tally tally = {0};
    for (int i = 1; i < argc; i++)
        replay_folder(argv[i], &tally);
    if (argc < 2)
        replay_own_seeds(&tally);
    return conclude(&tally);
}
