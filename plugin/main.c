/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_smspartner_status: options, batch, client, tally, judge, report, exit code, in that order.
 * This file wires the stages and owns what a library must not touch: descriptors, signals, the
 * environment, the output. What the messages came to is decided in lib/.
 */
#include "batch.h"
#include "client.h"
#include "clock.h"
#include "extra_opts.h"
#include "help.h"
#include "judge.h"
#include "key.h"
#include "options.h"
#include "process.h"
#include "progress.h"
#include "report.h"
#include "tally.h"
#include "trace.h"
#include "wipe.h"
#include "zone.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A million problem messages with -v come to about 100 MB; a list of more is left out. */
static const size_t REPORT_MAX = (size_t)256 * 1024 * 1024;

static const char KEY_VARIABLE[] = "SMSPARTNER_API_KEY";

/* What a run gathers on its way. */
struct run {
    struct arguments arguments;
    struct options options;
    struct clock clock;
    struct key key;
    struct text_rules rules;
    struct batch batch;
    struct outcome *outcomes;
    struct detail_table *details;
    struct client_result result;
    struct metrics metrics;
    struct verdict verdict;
    struct trace trace;
    struct error error; /* why it ended before the first request */
};

#ifdef HAVE_INIH
static bool expand(struct run *run, int argc, char **argv)
{
    const struct extra_opts_config config = {
        .program = PACKAGE_NAME,
        .file = getenv("MP_CONFIG_FILE"),
        .folders = getenv("NAGIOS_CONFIG_PATH"),
        .files = EXTRA_OPTS_FILES,
        .needs_value = options_needs_value,
    };
    return extra_opts_expand(&config, &run->clock, argc, argv, &run->arguments, &run->error);
}

static void release_arguments(struct arguments *arguments)
{
    arguments_release(arguments);
}
#else
static bool expand(struct run *run, int argc, char **argv)
{
    (void)run, (void)argc, (void)argv;
    return true;
}

static void release_arguments(struct arguments *arguments)
{
    (void)arguments;
}
#endif

/* The key is looked for where the options say, else in the environment. */
static bool find_key(struct run *run)
{
    const char *environment = getenv(KEY_VARIABLE);
    if (run->options.key_file)
        return key_read_file(&run->key, run->options.key_file, &run->clock, &run->error);
    if (run->options.key.text[0]) {
        run->key = run->options.key;
        return true;
    }
    if (environment && environment[0])
        return key_set(&run->key, environment, "the environment (SMSPARTNER_API_KEY)", &run->error);
    return error_set(
        &run->error, ERROR_INPUT,
        "no API key: give --api-key-file FILE, or set SMSPARTNER_API_KEY in the environment");
}

static bool read_sources(struct run *run, const struct record_rules *rules)
{
    unsigned ordinal = 0;
    for (size_t i = 0; i < run->options.source_count; i++) {
        const struct source *source = &run->options.sources[i];
        bool fine =
            source->is_message
                ? batch_read_argument(&run->batch, source->text, ++ordinal, rules, &run->error)
                : batch_read_file(&run->batch, source->text, rules, &run->clock, &run->error);
        if (!fine)
            return false;
    }
    return true;
}

static bool refuse_invalid(struct run *run)
{
    const struct batch *batch = &run->batch;
    if (batch->invalid == 1)
        return error_set(&run->error, ERROR_INPUT,
                         "%s (1 invalid record; --skip-invalid goes on without it)",
                         batch->first_invalid.text);
    return error_set(&run->error, ERROR_INPUT,
                     "%s (the first of %" PRIu64
                     " invalid records; --skip-invalid goes on without them)",
                     batch->first_invalid.text, batch->invalid);
}

/* The batch as it will be asked about; nothing is asked while anything is wrong with it. */
static bool prepare_batch(struct run *run)
{
    const struct options *options = &run->options;
    const struct record_rules rules = {
        .country_code = options->country_code,
        .needs_sent_time = options->since_ms >= 0,
        .text = run->rules,
    };
    if (!read_sources(run, &rules))
        return false;
    if (run->batch.invalid > 0 && !options->skip_invalid)
        return refuse_invalid(run);
    if (options->since_ms >= 0)
        batch_keep_since(&run->batch, clock_wall_ms(&run->clock) - options->since_ms);
    if (options->last > 0)
        batch_keep_last(&run->batch, options->last);
    if (options->shards > 0)
        batch_keep_shard(&run->batch, options->shard, options->shards);
    return batch_drop_duplicates(&run->batch, &run->error);
}

static bool environment_has_proxy(void)
{
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0] != '\0')
            return true;
    }
    return false;
}

static bool ask(struct run *run, int64_t now_ms)
{
    const struct options *options = &run->options;
    struct progress progress = progress_start(&run->clock);
    const struct client_config config = {
        .url = options->url,
        .key = run->key.text,
        .format = options->format,
        .ca_file = options->ca_file,
        .proxy = options->proxy,
        .environment_proxy = environment_has_proxy(),
        .user_agent = PACKAGE_NAME "/" PACKAGE_VERSION,
        .country_code = options->country_code,
        .ip = options->ip,
        .connections = (unsigned)options->connections,
        .retries = (unsigned)options->retries,
        .rate_limit = options->rate_limit,
        .grace_ms = options->grace_ms,
        .now_ms = now_ms,
        .observer = progress_draw,
        .observer_context = &progress,
    };
    run->outcomes = calloc(run->batch.messages.count + 1, sizeof *run->outcomes);
    run->details = detail_table_new();
    if (!run->outcomes || !run->details)
        return error_no_memory(&run->error);
    if (run->batch.messages.count == 0)
        return true;
    bool fine = client_run(&config, &run->clock, &run->batch.messages, run->outcomes, run->details,
                           &run->trace, &run->result, &run->error);
    progress_erase(&progress);
    return fine;
}

static void judge(struct run *run, int64_t now_ms)
{
    const struct options *options = &run->options;
    const struct judge_policy policy = {
        .min_sample = options->min_sample,
        .no_data = options->no_data,
        .unreachable = options->unreachable,
        .deadline = options->timeout_state,
    };
    struct metrics *metrics = &run->metrics;
    tally(run->batch.messages.items, run->outcomes, run->batch.messages.count, now_ms, metrics);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): release() frees the outcomes */
    metrics_set(metrics, METRIC_DUPLICATES, (double)run->batch.duplicates);
    metrics_set(metrics, METRIC_INVALID, (double)run->batch.invalid);
    metrics_set(metrics, METRIC_REQUESTS, (double)run->result.requests);
    metrics_set(metrics, METRIC_TIME, (double)run->result.elapsed_ms / 1000);
    run->verdict = judge_run(metrics, &options->thresholds, &run->result.failures,
                             run->result.answered, &policy);
}

/* False with run->error set when the run ends before the first request. */
static bool check(struct run *run)
{
    if (run->options.timezone && !zone_set(run->options.timezone))
        return error_no_memory(&run->error);
    if (!find_key(run))
        return false;
    run->rules.secret = run->key.text;
    if (run->options.ca_file && !process_can_read(run->options.ca_file, run->key.text, &run->error))
        return false;
    trace_init(&run->trace, run->options.verbosity, &run->rules);
    if (!prepare_batch(run))
        return false;
    int64_t now_ms = clock_wall_ms(&run->clock);
    if (!ask(run, now_ms))
        return false;
    judge(run, now_ms);
    return true;
}

/* The kinds of errors that end a run early, and their states. */
static enum state state_of_error(const struct run *run)
{
    return run->error.kind == ERROR_DEADLINE ? run->options.timeout_state : STATE_UNKNOWN;
}

static void write_report(struct buf *out, const struct run *run, bool failed, size_t list_max)
{
    const struct options *options = &run->options;
    const struct report report = {
        .plugin = PACKAGE_NAME,
        .version = PACKAGE_VERSION,
        .error = failed ? &run->error : NULL,
        .state = failed ? state_of_error(run) : run->verdict.state,
        .batch = &run->batch,
        .outcomes = run->outcomes,
        .details = run->details,
        .metrics = &run->metrics,
        .verdict = &run->verdict,
        .failures = &run->result.failures,
        .rules = run->rules,
        .colours = process_has_colours(),
        .perfdata = options->perfdata,
        .min_sample = options->min_sample,
        .list_max = list_max,
        .trace = &run->trace,
    };
    if (options->output == OUTPUT_JSON)
        report_json(out, &report);
    else
        report_text(out, &report);
    if (failed && run->error.kind == ERROR_USAGE && options->output == OUTPUT_TEXT)
        help_usage(out);
}

static const char *last_resort(const struct run *run)
{
    if (run->options.output == OUTPUT_JSON)
        return "{\"plugin\":\"" PACKAGE_NAME "\",\"version\":\"" PACKAGE_VERSION
               "\",\"state\":\"UNKNOWN\",\"exit_code\":3,\"summary\":\"out of "
               "memory\",\"metrics\":{},"
               "\"alerts\":[],\"problems\":[],\"errors\":[\"out of memory\"]}\n";
    return "SMSPARTNER UNKNOWN - out of memory\n";
}

/* The exit code. A list that is too long is left out; whatever else can't be said is no result. */
static int say(const struct run *run, bool failed)
{
    struct buf out;
    size_t list_max = run->options.verbosity > 0 ? REPORT_LIST_ALL : (size_t)run->options.list;
    buf_init(&out, REPORT_MAX);
    write_report(&out, run, failed, list_max);
    if (buf_failed(&out)) {
        buf_clear(&out);
        write_report(&out, run, failed, 0);
    }
    enum state state = failed ? state_of_error(run) : run->verdict.state;
    bool fits = !buf_failed(&out);
    const char *text = fits ? out.data : last_resort(run);
    bool said = process_print(text, strlen(text), &run->clock);
    buf_release(&out);
    return said && fits ? (int)state : STATE_UNKNOWN;
}

static int say_help(const struct run *run)
{
    struct buf out;
    buf_init(&out, REPORT_MAX);
    if (run->options.wants_help)
        help_full(&out);
    else
        help_version(&out);
    if (!buf_failed(&out))
        process_print(out.data, out.length, &run->clock);
    buf_release(&out);
    return STATE_UNKNOWN;
}

static void release(struct run *run)
{
    options_release(&run->options);
    release_arguments(&run->arguments);
    batch_release(&run->batch);
    free(run->outcomes);
    detail_table_free(run->details);
    trace_release(&run->trace);
    wipe(&run->key, sizeof run->key);
}

/* Time was up, or a signal came, before anything was asked. */
static void add_progress(struct run *run)
{
    char text[ERROR_TEXT_SIZE];
    if (run->error.kind != ERROR_DEADLINE && run->error.kind != ERROR_SIGNAL)
        return;
    memcpy(text, run->error.text, sizeof text);
    error_set(&run->error, run->error.kind, "%s, 0 of %zu messages answered", text,
              run->batch.messages.count);
}

/* The command line, with the options of --extra-opts put before its own. The clock runs from here;
 * what option files say of the deadline holds from the same moment. */
static bool read_command_line(struct run *run, int argc, char **argv)
{
    struct error ignored = {0};
    int64_t known_ms = options_find_timeout_ms(argc, argv);
    run->clock = clock_system(known_ms, process_stop_signal());
    bool fine = expand(run, argc, argv);
    struct error *err = fine ? &run->error : &ignored; /* the first error is told */
    if (run->arguments.argv) {
        argc = run->arguments.argc;
        argv = run->arguments.argv;
    }
    fine = options_parse(&run->options, argc, argv, getenv(KEY_VARIABLE), err) && fine;
    run->clock.deadline_ms += run->options.timeout_ms - known_ms;
    if (fine && run->arguments.uses_standard_input && options_standard_input(&run->options) > 0)
        return error_set(&run->error, ERROR_USAGE, "standard input (-) can be read only once");
    return fine;
}

int main(int argc, char **argv)
{
    struct run run = {0};
    process_prepare();
    bool fine = read_command_line(&run, argc, argv);
    run.rules.mask_numbers = !run.options.show_numbers;
    int code = STATE_UNKNOWN;
    if (run.options.wants_help || run.options.wants_version) {
        code = say_help(&run);
    } else {
        fine = fine && check(&run);
        add_progress(&run);
        code = say(&run, !fine);
    }
    release(&run);
    return code;
}
