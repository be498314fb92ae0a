/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of options and what each one sets; see options.h. getopt_long does the reading. */
#include "options.h"

#include "number.h"
#include "text.h"
#include "wipe.h"
#include "zone.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_EXPAT
#define FORMATS "json or xml"
enum { HAS_XML = true };
#else
#define FORMATS "json (this build is without expat, so no xml)"
enum { HAS_XML = false };
#endif

enum {
    NO_OPTION = 1,   /* getopt's value of an argument that is no option */
    LONG_BASE = 256, /* getopt's values of table rows: above all letters */
    LIST_MAX = 1000000,
    RETRIES_MAX = 100,
    RATE_MAX = 1000000,
    SHARDS_MAX = 10000,
    TIMEOUT_MAX_S = 86400
};

static const uint64_t COUNT_MAX = 1000000000;

/* The reason only: option and value are put before it, see apply(). */
static bool bad_value(struct error *err, const char *expected)
{
    return error_set(err, ERROR_USAGE, "not %s", expected);
}

static bool add_source(struct options *options, bool is_message, const char *text)
{
    if (options->sources) /* or memory has run out, which options_parse tells */
        options->sources[options->source_count++] = (struct source){is_message, text};
    return true;
}

static bool apply_batch(struct options *options, const char *value, struct error *err)
{
    if (value[0] == '\0')
        return bad_value(err, "a file name");
    return add_source(options, false, value);
}

static bool apply_message(struct options *options, const char *value, struct error *err)
{
    (void)err;
    return add_source(options, true, value);
}

static bool apply_key_file(struct options *options, const char *value, struct error *err)
{
    if (value[0] == '\0')
        return bad_value(err, "a file name");
    options->key_file = value;
    options->key.text[0] = '\0';
    return true;
}

static bool apply_key(struct options *options, const char *value, struct error *err)
{
    options->key_file = NULL;
    return key_set(&options->key, value, "--api-key", err);
}

static bool apply_threshold(struct options *options, enum threshold_level level, const char *value,
                            struct error *err)
{
    return thresholds_set(&options->thresholds, level, value, err);
}

static bool apply_warning(struct options *options, const char *value, struct error *err)
{
    return apply_threshold(options, THRESHOLD_WARNING, value, err);
}

static bool apply_critical(struct options *options, const char *value, struct error *err)
{
    return apply_threshold(options, THRESHOLD_CRITICAL, value, err);
}

static bool read_duration(const char *value, int64_t *milliseconds, struct error *err)
{
    return number_parse_duration(value, milliseconds) ||
           bad_value(err, "a duration such as 90, 15m, 48h or 2d");
}

static bool apply_grace(struct options *options, const char *value, struct error *err)
{
    return read_duration(value, &options->grace_ms, err);
}

static bool apply_since(struct options *options, const char *value, struct error *err)
{
    return read_duration(value, &options->since_ms, err);
}

static bool read_count(const char *value, uint64_t min, uint64_t max, uint64_t *count,
                       struct error *err)
{
    char expected[80];
    uint64_t number = 0;
    if (number_parse_unsigned(value, strlen(value), max, &number) && number >= min) {
        *count = number;
        return true;
    }
    snprintf(expected, sizeof expected, "a whole number from %llu to %llu", (unsigned long long)min,
             (unsigned long long)max);
    return bad_value(err, expected);
}

static bool apply_last(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 1, COUNT_MAX, &options->last, err);
}

static bool apply_shard(struct options *options, const char *value, struct error *err)
{
    uint64_t shard = 0, shards = 0;
    size_t length = strcspn(value, "/");
    const char *count = value[length] == '/' ? value + length + 1 : "";
    if (!number_parse_unsigned(count, strlen(count), SHARDS_MAX, &shards) ||
        !number_parse_unsigned(value, length, SHARDS_MAX, &shard) || shard >= shards)
        return bad_value(err, "I/N with I from 0 to N-1 and N at most 10000, such as 0/2");
    options->shard = shard;
    options->shards = shards;
    return true;
}

static bool apply_min_sample(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 0, COUNT_MAX, &options->min_sample, err);
}

static bool apply_list(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 0, LIST_MAX, &options->list, err);
}

static bool apply_country_code(struct options *options, const char *value, struct error *err)
{
    uint64_t number = 0;
    const char *digits = value[0] == '+' ? value + 1 : value;
    if (strlen(digits) > 3 || digits[0] == '0' ||
        !number_parse_unsigned(digits, strlen(digits), 999, &number))
        return bad_value(err, "a country calling code such as 33");
    snprintf(options->country_code, sizeof options->country_code, "%s", digits);
    return true;
}

static bool apply_timezone(struct options *options, const char *value, struct error *err)
{
    if (!zone_exists(value))
        return bad_value(
            err, "a time zone of this system such as Europe/Paris or UTC (is tzdata installed?)");
    options->timezone = value;
    return true;
}

static bool apply_skip_invalid(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->skip_invalid = true;
    return true;
}

static bool read_state(const char *value, size_t length, enum state *state, struct error *err)
{
    return state_parse(value, length, state) ||
           bad_value(err, "a state: ok, warning, critical, unknown or 0 to 3");
}

static bool apply_no_data(struct options *options, const char *value, struct error *err)
{
    return read_state(value, strlen(value), &options->no_data, err);
}

static bool apply_unreachable(struct options *options, const char *value, struct error *err)
{
    return read_state(value, strlen(value), &options->unreachable, err);
}

static bool apply_timeout(struct options *options, const char *value, struct error *err)
{
    double seconds = 0;
    size_t length = strcspn(value, ":");
    const char *state = value[length] == ':' ? value + length + 1 : NULL;
    if (!number_parse(value, length, &seconds) || seconds < 0.001 || seconds > TIMEOUT_MAX_S)
        return bad_value(err, "SECONDS[:STATE] with 0.001 to 86400 seconds");
    options->timeout_ms = (int64_t)(seconds * 1000);
    return !state || read_state(state, strlen(state), &options->timeout_state, err);
}

static bool apply_url(struct options *options, const char *value, struct error *err)
{
    (void)err; /* checked when --allow-http is known */
    options->url = value;
    return true;
}

static bool apply_format(struct options *options, const char *value, struct error *err)
{
    if (strcmp(value, "json") != 0 && (strcmp(value, "xml") != 0 || !HAS_XML))
        return bad_value(err, HAS_XML ? "json or xml" : "json (this build is without expat)");
    options->format = value;
    return true;
}

static bool apply_connections(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 1, TRANSPORT_SLOTS_MAX, &options->connections, err);
}

static bool apply_retries(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 0, RETRIES_MAX, &options->retries, err);
}

static bool apply_rate_limit(struct options *options, const char *value, struct error *err)
{
    return read_count(value, 0, RATE_MAX, &options->rate_limit, err);
}

static bool apply_proxy(struct options *options, const char *value, struct error *err)
{
    (void)err; /* checked when --url and --allow-http are known */
    options->proxy = value;
    return true;
}

static bool apply_ca_file(struct options *options, const char *value, struct error *err)
{
    if (value[0] == '\0')
        return bad_value(err, "a file name");
    options->ca_file = value;
    return true;
}

static bool apply_ipv4(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->ip = TRANSPORT_IP_V4;
    return true;
}

static bool apply_ipv6(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->ip = TRANSPORT_IP_V6;
    return true;
}

static bool apply_allow_http(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->allow_http = true;
    return true;
}

/* The position of value among count words, or count. */
static size_t find_word(const char *const words[], size_t count, const char *value)
{
    size_t i = 0;
    while (i < count && strcmp(words[i], value) != 0)
        i++;
    return i;
}

static bool apply_output(struct options *options, const char *value, struct error *err)
{
    static const char *const words[] = {[OUTPUT_TEXT] = "text", [OUTPUT_JSON] = "json"};
    size_t word = find_word(words, 2, value);
    if (word == 2)
        return bad_value(err, "text or json");
    options->output = (enum output_form)word;
    return true;
}

static bool apply_perfdata(struct options *options, const char *value, struct error *err)
{
    static const char *const words[] = {
        [PERFDATA_ALL] = "all", [PERFDATA_KNOWN] = "known", [PERFDATA_NONE] = "none"};
    size_t word = find_word(words, 3, value);
    if (word == 3)
        return bad_value(err, "all, known or none");
    options->perfdata = (enum perfdata_mode)word;
    return true;
}

#ifdef HAVE_INIH
/* extra_opts.c has taken them all away before; abbreviations it leaves. */
static bool apply_extra_opts(struct options *options, const char *value, struct error *err)
{
    (void)options, (void)value;
    return error_set(err, ERROR_USAGE, "write it in full, as --extra-opts=[SECTION][@FILE]");
}
#endif

static bool apply_show_numbers(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->show_numbers = true;
    return true;
}

static bool apply_verbose(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->verbosity++;
    return true;
}

static bool apply_version(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->wants_version = true;
    return true;
}

static bool apply_help(struct options *options, const char *value, struct error *err)
{
    (void)value, (void)err;
    options->wants_help = true;
    return true;
}

const struct option_spec OPTIONS[] = {
    {"batch", 'b', "FILE", OPTION_REPEATS, apply_batch, "Messages to check",
     "File of records: phone number, message id, and if known the sent time. Delimited text with "
     "or without a "
     "header, a JSON array, one JSON object per line, or the API's own request. - is standard "
     "input. May be "
     "repeated."},
    {"message", 'm', "PHONE:ID[:SENT]", OPTION_REPEATS, apply_message, NULL,
     "One message. May be repeated."},
    {"since", '\0', "DURATION", 0, apply_since, NULL, "Only messages sent at most this long ago."},
    {"last", '\0', "N", 0, apply_last, NULL, "Only the last N records."},
    {"shard", '\0', "I/N", 0, apply_shard, NULL,
     "Only part I (from 0) of N: N checks, on whatever machines, share a batch so that each "
     "message "
     "is in exactly one."},
    {"country-code", '\0', "CC", 0, apply_country_code, NULL,
     "Calling code of national numbers such as 06... (default 33)."},
    {"timezone", '\0', "ZONE", 0, apply_timezone, NULL,
     "Zone of sent times without an offset, such as Europe/Paris or UTC (default: the system's)."},
    {"skip-invalid", '\0', NULL, 0, apply_skip_invalid, NULL,
     "Go on past invalid records and count them; without it they are an error."},

    {"api-key-file", 'k', "FILE", 0, apply_key_file,
     "API key (default: environment SMSPARTNER_API_KEY)",
     "File with the API key as its first line, readable by its owner and group only (chmod 640)."},
    {"api-key", '\0', "KEY", OPTION_SECRET, apply_key, NULL,
     "The key itself. It is overwritten in the process list at once, but a file is safer."},

    {"warning", 'w', "[METRIC=]RANGE", OPTION_REPEATS, apply_warning, "Thresholds",
     "Warning range, for delivered_ratio where no metric is named; several by commas, or repeated "
     "(default 95: "
     "and spam=0,stop=0)."},
    {"critical", 'c', "[METRIC=]RANGE", OPTION_REPEATS, apply_critical, NULL,
     "Critical range, likewise (default 90:)."},
    {"grace", 'g', "DURATION", 0, apply_grace, NULL,
     "How long a message may stay waiting before it counts as not delivered (default 48h)."},
    {"min-sample", '\0', "N", 0, apply_min_sample, NULL,
     "The ratio is not judged while fewer messages than this are settled (default 1)."},
    {"no-data", '\0', "STATE", 0, apply_no_data, NULL,
     "State when the ratio can't be judged (default unknown)."},
    {"unreachable", '\0', "STATE", 0, apply_unreachable, NULL,
     "State when the API gives no answer (default critical)."},
    {"timeout", 't', "SECONDS[:STATE]", 0, apply_timeout, NULL,
     "Deadline of the whole run, and the state when it is reached (default 10:critical)."},

    {"url", 'u', "URL", 0, apply_url, "Connection",
     "Endpoint (default https://api.smspartner.fr/v1/multi-status)."},
    {"format", 'f', "FORMAT", 0, apply_format, NULL,
     "Format asked of the API: " FORMATS " (default json)."},
    {"connections", '\0', "N", 0, apply_connections, NULL,
     "Requests in flight at once, 1 to 64 (default 4)."},
    {"retries", '\0', "N", 0, apply_retries, NULL,
     "Further tries of a request that failed for a passing reason (default 2)."},
    {"rate-limit", '\0', "N", 0, apply_rate_limit, NULL,
     "Requests per minute; 0: no limit (default 2000)."},
    {"proxy", '\0', "URL", 0, apply_proxy, NULL,
     "Proxy, such as http://proxy.example.com:3128 (default: https_proxy of the environment)."},
    {"ca-file", '\0', "FILE", 0, apply_ca_file, NULL,
     "Certificates to trust, in PEM form, in place of the system's."},
    {"ipv4", '4', NULL, 0, apply_ipv4, NULL, "Use IPv4 only."},
    {"ipv6", '6', NULL, 0, apply_ipv6, NULL, "Use IPv6 only."},
    {"allow-http", '\0', NULL, 0, apply_allow_http, NULL,
     "Let the key travel unencrypted to a host other than this one."},

    {"output", 'o', "FORM", 0, apply_output, "Report",
     "Form of the report: text or json (default text)."},
    {"perfdata", '\0', "WHICH", 0, apply_perfdata, NULL,
     "Performance data: all labels, with U where there is no value; known ones only, for Icinga 2; "
     "or "
     "none (default all)."},
    {"list", 'l', "N", 0, apply_list, NULL, "At most N problem messages (default 10)."},
    {"show-numbers", '\0', NULL, 0, apply_show_numbers, NULL,
     "Print phone numbers whole, not masked."},
    {"verbose", 'v', NULL, OPTION_REPEATS, apply_verbose, NULL,
     "-v: every problem message; -vv: each request as well; -vvv: what goes over the wire, without "
     "the key."},
    {"version", 'V', NULL, 0, apply_version, "Other", "Print the version."},
    {"help", 'h', NULL, 0, apply_help, NULL, "Print this help."},
#ifdef HAVE_INIH
    {"extra-opts", '\0', "[SECTION][@FILE]", 0, apply_extra_opts, NULL,
     "Options from a section of an INI file, before those of the command line (default: section "
     "check_smspartner_status of the Monitoring Plugins' own file)."},
#endif
};

const size_t OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0];

enum { ROOM = sizeof OPTIONS / sizeof OPTIONS[0] };

/* The table as getopt_long wants it. '-' first: options are found behind other arguments as well,
 * even with POSIXLY_CORRECT; then ':': a missing value is told apart, and nothing is printed. */
static void prepare_getopt(struct option longs[ROOM + 1], char letters[2 * ROOM + 3])
{
    size_t used = 0;
    letters[used++] = '-';
    letters[used++] = ':';
    for (size_t i = 0; i < ROOM; i++) {
        longs[i] =
            (struct option){OPTIONS[i].name, OPTIONS[i].argument ? required_argument : no_argument,
                            NULL, LONG_BASE + (int)i};
        if (OPTIONS[i].letter == '\0')
            continue;
        letters[used++] = OPTIONS[i].letter;
        if (OPTIONS[i].argument)
            letters[used++] = ':';
    }
    letters[used] = '\0';
    longs[ROOM] = (struct option){0};
}

static const struct option_spec *find_spec(int value)
{
    if (value >= LONG_BASE)
        return &OPTIONS[value - LONG_BASE];
    for (size_t i = 0; i < ROOM; i++)
        if (OPTIONS[i].letter != '\0' && OPTIONS[i].letter == value)
            return &OPTIONS[i];
    return NULL;
}

/* What getopt calls '?': an unknown or ambiguous option, or an argument where none belongs. The
 * text behind = isn't shown: it may be a key behind a mistyped --api-key. */
static bool refuse_option(const char *text, struct error *err)
{
    char clean[TEXT_SIZE];
    const struct option_spec *spec = optopt ? find_spec(optopt) : NULL;
    if (spec)
        return error_set(err, ERROR_USAGE, "--%s takes no value", spec->name);
    if (optopt)
        return error_set(err, ERROR_USAGE, "unknown option '-%s'",
                         text_clean(clean, (const char[]){(char)optopt}, 1, NULL));
    return error_set(err, ERROR_USAGE, "unknown or ambiguous option '%s'",
                     text_clean(clean, text, strcspn(text, "="), NULL));
}

static const char *secret_of(const struct options *options)
{
    return options->key.text[0] ? options->key.text : options->known_key;
}

/* The key that is known so far, or what may be one from a file. */
static bool holds_key(const struct options *options, const char *value)
{
    const char *secret = secret_of(options);
    return (secret && strstr(value, secret)) || text_looks_like_key(value, strlen(value));
}

static bool apply(struct options *options, const struct option_spec *spec, char *value,
                  struct error *err)
{
    const struct text_rules rules = {.mask_numbers = value && strchr(value, '+')};
    struct error why = {0};
    char clean[TEXT_SIZE];
    bool fine = spec->apply(options, value, &why);
    if ((spec->flags & OPTION_SECRET) && value)
        memset(value, '*', strlen(value));
    if (fine)
        return true;
    if (spec->flags & OPTION_SECRET)
        return error_set(err, why.kind, "%s", why.text);
    if (value && holds_key(options, value))
        return error_set(err, why.kind, "--%s: its value looks like an API key, so it isn't shown",
                         spec->name);
    return error_set(err, why.kind, "--%s '%s': %s", spec->name,
                     text_clean_string(clean, value ? value : "", &rules), why.text);
}

static bool refuse_argument(const struct options *options, const char *text, struct error *err)
{
    char clean[TEXT_SIZE];
    const struct text_rules rules = {.secret = secret_of(options), .mask_numbers = true};
    return error_set(err, ERROR_USAGE, "unexpected argument '%s'",
                     text_clean_string(clean, text, &rules));
}

/* An argument that was taken for a value, but looks like an option, is one. */
static void give_back_option(char **argv)
{
    if (optarg && optarg == argv[optind - 1] && optarg[0] == '-' && strcmp(optarg, "--") != 0)
        optind--;
}

static bool take_option(struct options *options, int value, char **argv, struct error *err)
{
    if (value == NO_OPTION)
        return refuse_argument(options, optarg, err);
    const struct option_spec *spec = value == ':' ? find_spec(optopt) : find_spec(value);
    if (value == '?' || !spec)
        return refuse_option(argv[optind - 1], err);
    if (value == ':')
        return error_set(err, ERROR_USAGE, "--%s needs a value: %s", spec->name, spec->argument);
    if (apply(options, spec, optarg, err))
        return true;
    give_back_option(argv); /* the value before it was forgotten */
    return false;
}

int64_t options_find_timeout_ms(int argc, char **argv)
{
    struct option longs[ROOM + 1];
    char letters[2 * ROOM + 3];
    struct options found = {.timeout_ms = OPTIONS_TIMEOUT_MS};
    struct error ignored;
    int value = 0;
    prepare_getopt(longs, letters);
    opterr = 0;
    while ((value = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const struct option_spec *spec = find_spec(value);
        if (spec && spec->apply == apply_timeout)
            apply_timeout(&found, optarg, &ignored);
        else if (spec && spec->argument)
            give_back_option(argv); /* as behind --extra-opts without a value */
    }
    optind = 1;
    return found.timeout_ms;
}

bool options_needs_value(const char *name)
{
    for (size_t i = 0; i < ROOM; i++) {
        const char letter[] = {OPTIONS[i].letter, '\0'};
        if (strcmp(OPTIONS[i].name, name) == 0 || (letter[0] != '\0' && strcmp(letter, name) == 0))
            return OPTIONS[i].argument != NULL;
    }
    return false;
}

static void set_defaults(struct options *options)
{
    *options = (struct options){
        .thresholds = thresholds_default(),
        .grace_ms = INT64_C(48) * 3600 * 1000,
        .since_ms = -1,
        .country_code = "33",
        .min_sample = 1,
        .no_data = STATE_UNKNOWN,
        .unreachable = STATE_CRITICAL,
        .timeout_state = STATE_CRITICAL,
        .timeout_ms = OPTIONS_TIMEOUT_MS,
        .url = "https://api.smspartner.fr/v1/multi-status",
        .format = "json",
        .connections = 4,
        .retries = 2,
        .rate_limit = 2000,
        .list = 10,
    };
}

size_t options_standard_input(const struct options *options)
{
    size_t count = options->key_file && strcmp(options->key_file, "-") == 0;
    for (size_t i = 0; i < options->source_count; i++)
        /* A source always has a text. NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
        count += !options->sources[i].is_message && strcmp(options->sources[i].text, "-") == 0;
    return count;
}

/* Without user and password, and without a query, in which others than we put the key. */
static const char *show_url(char out[TEXT_SIZE], const char *url, const struct options *options)
{
    const struct text_rules rules = {.secret = secret_of(options)};
    const char *at = strrchr(url, '@');
    url = at ? at + 1 : url;
    return text_clean(out, url, strcspn(url, "?"), &rules);
}

/* What can be checked only when all options are known. */
static bool check_together(const struct options *options, int argc, char **argv, struct error *err)
{
    char clean[TEXT_SIZE];
    struct error why = {0};
    if (optind < argc)
        return refuse_argument(options, argv[optind], err);
    if (options->source_count == 0)
        return error_set(err, ERROR_USAGE,
                         "nothing to check: give --batch FILE or --message PHONE:ID");
    if (options_standard_input(options) > 1)
        return error_set(err, ERROR_USAGE, "standard input (-) can be read only once");
    if (!transport_check_url(options->url, options->allow_http, &why))
        return error_set(err, why.kind, "--url '%s': %s", show_url(clean, options->url, options),
                         why.text);
    if (options->proxy &&
        !transport_check_proxy(options->proxy, options->url, options->allow_http, &why))
        return error_set(err, why.kind, "--proxy '%s': %s",
                         show_url(clean, options->proxy, options), why.text);
    return true;
}

bool options_parse(struct options *options, int argc, char **argv, const char *known_key,
                   struct error *err)
{
    struct option longs[ROOM + 1];
    char letters[2 * ROOM + 3];
    bool fine = true;
    int value = 0;
    set_defaults(options);
    options->known_key = known_key && strlen(known_key) >= KEY_MIN ? known_key : NULL;
    options->sources = calloc((size_t)argc + 1, sizeof *options->sources);
    if (!options->sources)
        fine = error_no_memory(err);
    prepare_getopt(longs, letters);
    opterr = 0;
    while ((value = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        struct error later;
        fine = take_option(options, value, argv, fine ? err : &later) && fine;
    }
    if (options->wants_help || options->wants_version)
        return true;
    return fine && check_together(options, argc, argv, err);
}

void options_release(struct options *options)
{
    wipe(&options->key, sizeof options->key);
    free(options->sources);
    options->sources = NULL;
}
