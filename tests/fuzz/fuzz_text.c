/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzes the cleaning of foreign text. The third steering byte: 1 masks numbers, 2 takes the secret
 * from the beginning of the text (as far as it can be one, at most as many bytes as the first
 * steering byte says), else it is a fixed one.
 */
#include "fuzz.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

const char FUZZ_NAME[] = "text";

enum { MASKS = 1, OWN_SECRET = 2, SECRET_MIN = 8, SECRET_SIZE = 257, DIGITS_MIN = 8 };

static const char FIXED_SECRET[] = "2026k\\ey%25-0612345678";

/* Those that text_clean puts in by itself would make a secret of what is none. */
static bool may_be_in_secret(char c)
{
    return c > ' ' && c < 0x7F && !strchr("?*[]|<>", c);
}

static void choose_secret(char secret[SECRET_SIZE], const struct fuzz_input *input)
{
    size_t length = 0, limit = SECRET_MIN + (size_t)input->steer[0];
    memcpy(secret, FIXED_SECRET, sizeof FIXED_SECRET);
    if (!(input->steer[2] & OWN_SECRET))
        return;
    while (length < input->length && length < limit && length < SECRET_SIZE - 1 &&
           may_be_in_secret(input->text[length]))
        length++;
    if (length < SECRET_MIN)
        return;
    memcpy(secret, input->text, length);
    secret[length] = '\0';
}

static void require_masked(const char *text)
{
    size_t digits = 0;
    for (; *text != '\0'; text++) {
        digits = *text >= '0' && *text <= '9' ? digits + 1 : 0;
        fuzz_require(digits < DIGITS_MIN, "no phone number is shown");
    }
}

static void check_cleaned(const struct fuzz_input *input)
{
    char secret[SECRET_SIZE], out[TEXT_SIZE];
    choose_secret(secret, input);
    const struct text_rules rules = {.secret = secret, .mask_numbers = input->steer[2] & MASKS};
    memset(out, 'x', sizeof out);
    fuzz_require(text_clean(out, input->text, input->length, &rules) == out, "it returns the text");
    fuzz_require(memchr(out, '\0', sizeof out) != NULL, "the text is terminated");
    fuzz_require_clean(out, TEXT_MAX_CHARACTERS, "the text is clean");
    fuzz_require(!strstr(out, secret), "the secret is not shown");
    if (rules.mask_numbers)
        require_masked(out);
}

/* Without rules a clean text stays as it is. */
static void check_idempotent(const struct fuzz_input *input)
{
    char once[TEXT_SIZE], twice[TEXT_SIZE];
    text_clean(once, input->text, input->length, NULL);
    fuzz_require_clean(once, TEXT_MAX_CHARACTERS, "the text is clean without rules");
    text_clean_string(twice, once, NULL);
    fuzz_require(strcmp(once, twice) == 0, "a clean text stays as it is");
}

static void check_trimmed(const struct fuzz_input *input)
{
    const char *text = input->text;
    size_t length = input->length;
    text_trim_lines(&text, &length);
    fuzz_require(text >= input->text && text + length <= input->text + input->length,
                 "trimming stays inside");
    fuzz_require(length == 0 || (!strchr(" \t\r\n", text[0]) || text[0] == '\0'),
                 "nothing is left in front");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_split(data, size);
    check_cleaned(&input);
    check_idempotent(&input);
    check_trimmed(&input);
    return 0;
}
