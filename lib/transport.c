/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTP over libcurl's multi interface; see transport.h. Certificates are always verified, redirects
 * never followed (the body carries the key), neither .netrc nor cookies are used.
 */
#include "transport.h"

#include "buf.h"
#include "ca_directory.h"
#include "number.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREVIEW_MAX = 1024, RETRY_AFTER_MAX_S = 1000000000 };

/* One request in flight, or room for one. */
struct slot {
    struct transport *transport;
    CURL *easy;
    char error[CURL_ERROR_SIZE];
    transport_sink *sink;
    void *context;
    uint64_t bytes_in, body_bytes;
    bool is_sent, is_broken, sink_is_full; /* is_broken: its last connection failed */
    char preview[PREVIEW_MAX];             /* the beginning of the body, for the trace */
    size_t preview_length;
    char location[TEXT_SIZE]; /* of a redirect, clean */
    int64_t retry_after_s;    /* where the server says it in seconds, else 0 */
    bool trusts_directory;    /* only, see find_ca_directory */
    unsigned codings;         /* of the body, one inside the other */
};

struct transport {
    const struct transport_config *config;
    CURLM *multi;
    struct curl_slist *headers;
    char *url;
    char host[TEXT_SIZE + 16];
    bool is_plain;
    int in_flight;
    struct slot slots[TRANSPORT_SLOTS_MAX];
};

static char *url_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool has_prefix(const char *line, size_t length, const char *prefix)
{
    return length >= strlen(prefix) && text_equals_ignoring_case(line, strlen(prefix), prefix);
}

/* 127.0.0.0/8, [::1] and localhost, which libcurl resolves by itself to one of them. */
static bool is_loopback(const char *host)
{
    struct in_addr address;
    if (inet_pton(AF_INET, host, &address) == 1)
        return ntohl(address.s_addr) >> 24 == 127;
    return text_equals_ignoring_case(host, strlen(host), "localhost") || strcmp(host, "[::1]") == 0;
}

static bool check_parts(const char *scheme, const char *host, bool allow_http, struct error *err)
{
    char clean[TEXT_SIZE];
    if (!scheme || !host || (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0))
        return error_set(err, ERROR_USAGE, "not a sound http or https address");
    if (strcmp(scheme, "https") == 0 || allow_http || is_loopback(host))
        return true;
    return error_set(err, ERROR_USAGE,
                     "http would send the API key unencrypted to %s: use https, or --allow-http",
                     text_clean_string(clean, host, NULL));
}

/* Scheme and host of a URL, NULL where it is none; both freed by the caller. False: no memory. */
static bool take_apart(const char *text, unsigned flags, char **scheme, char **host)
{
    CURLU *url = curl_url();
    *scheme = *host = NULL;
    if (!url)
        return false;
    if (curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK) {
        *scheme = url_part(url, CURLUPART_SCHEME);
        *host = url_part(url, CURLUPART_HOST);
    }
    curl_url_cleanup(url);
    return true;
}

bool transport_check_url(const char *url, bool allow_http, struct error *err)
{
    char *scheme = NULL, *host = NULL;
    if (!take_apart(url, 0, &scheme, &host))
        return error_no_memory(err);
    bool fine = check_parts(scheme, host, allow_http, err);
    curl_free(scheme);
    curl_free(host);
    return fine;
}

static bool is_proxy_scheme(const char *scheme)
{
    static const char *const known[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(scheme, known[i]) == 0)
            return true;
    return false;
}

static bool check_proxy_parts(const char *scheme, const char *host, bool is_plain, bool allow_http,
                              struct error *err)
{
    char clean[TEXT_SIZE];
    if (!scheme || !host || !is_proxy_scheme(scheme))
        return error_set(err, ERROR_USAGE, "not a proxy such as http://proxy.example.com:3128");
    if (!is_plain || allow_http || is_loopback(host))
        return true;
    return error_set(err, ERROR_USAGE,
                     "the proxy %s would see the API key, because --url is http: use https, or "
                     "--allow-http",
                     text_clean_string(clean, host, NULL));
}

bool transport_check_proxy(const char *proxy, const char *url, bool allow_http, struct error *err)
{
    char *scheme = NULL, *host = NULL;
    bool is_plain = !has_prefix(url, strlen(url), "https:");
    if (!take_apart(proxy, CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME, &scheme, &host))
        return error_no_memory(err);
    bool fine = check_proxy_parts(scheme, host, is_plain, allow_http, err);
    curl_free(scheme);
    curl_free(host);
    return fine;
}

static void describe_host(struct transport *transport, const char *host, const char *port)
{
    char clean[TEXT_SIZE];
    text_clean_string(clean, host, &transport->config->trace->rules);
    if (port)
        snprintf(transport->host, sizeof transport->host, "%s port %.5s", clean, port);
    else
        snprintf(transport->host, sizeof transport->host, "%s", clean);
}

/* The URL with _format in its query, and what messages call its host. */
static bool set_url(struct transport *transport)
{
    char query[32];
    CURLU *url = curl_url();
    if (!url)
        return false;
    snprintf(query, sizeof query, "_format=%s", transport->config->format);
    bool fine = curl_url_set(url, CURLUPART_URL, transport->config->url, 0) == CURLUE_OK &&
                curl_url_set(url, CURLUPART_QUERY, query, CURLU_APPENDQUERY) == CURLUE_OK;
    char *scheme = url_part(url, CURLUPART_SCHEME), *host = url_part(url, CURLUPART_HOST);
    char *port = url_part(url, CURLUPART_PORT);
    transport->url = url_part(url, CURLUPART_URL);
    fine = fine && scheme && host && transport->url;
    if (fine) {
        transport->is_plain = strcmp(scheme, "http") == 0;
        describe_host(transport, host, port);
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
    return fine;
}

static bool add_header(struct transport *transport, const char *header)
{
    struct curl_slist *longer = curl_slist_append(transport->headers, header);
    if (longer)
        transport->headers = longer;
    return longer != NULL;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    size_t length = size * count;
    size_t room = PREVIEW_MAX - slot->preview_length;
    slot->body_bytes += length;
    memcpy(slot->preview + slot->preview_length, bytes, length < room ? length : room);
    slot->preview_length += length < room ? length : room;
    slot->sink_is_full = !slot->sink(slot->context, bytes, length);
    return slot->sink_is_full ? 0 : length;
}

/* The value of a header line, or NULL when it has another name. */
static const char *header_value(const char *line, size_t *length, const char *name)
{
    const char *value = line + strlen(name);
    if (!has_prefix(line, *length, name))
        return NULL;
    *length -= strlen(name);
    text_trim_lines(&value, length);
    return value;
}

/* Without its query, which could hold what we sent. */
static void keep_location(struct slot *slot, const char *value, size_t length)
{
    size_t end = 0;
    while (end < length && value[end] != '?' && value[end] != '#')
        end++;
    text_clean(slot->location, value, end, &slot->transport->config->trace->rules);
}

static bool is_digits(const char *text, size_t length)
{
    size_t digits = 0;
    while (digits < length && text_is_digit(text[digits]))
        digits++;
    return length > 0 && digits == length;
}

/* Codings of a Content-Encoding or Transfer-Encoding line, without those that change nothing. */
static unsigned count_codings(const char *value, size_t length)
{
    unsigned count = 0;
    while (length > 0) {
        const char *comma = memchr(value, ',', length);
        size_t whole = comma ? (size_t)(comma - value) + 1 : length;
        const char *name = value;
        size_t name_length = comma ? whole - 1 : whole;
        text_trim_lines(&name, &name_length);
        count += name_length > 0 && !text_equals_ignoring_case(name, name_length, "chunked") &&
                 !text_equals_ignoring_case(name, name_length, "identity");
        value += whole;
        length -= whole;
    }
    return count;
}

/* libcurl reads these two as well, but not where a redirect's body was refused, and a delay that
 * fits no integer it takes for none. */
static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    size_t length = size * count, left = length;
    uint64_t seconds = 0;
    slot->bytes_in += length;
    const char *value = header_value(bytes, &left, "Location:");
    if (value)
        keep_location(slot, value, left);
    left = length;
    value = header_value(bytes, &left, "Retry-After:");
    if (value && is_digits(value, left))
        slot->retry_after_s = number_parse_unsigned(value, left, RETRY_AFTER_MAX_S, &seconds)
                                  ? (int64_t)seconds
                                  : RETRY_AFTER_MAX_S;
    left = length;
    value = header_value(bytes, &left, "Content-Encoding:");
    if (!value)
        value = header_value(bytes, &left, "Transfer-Encoding:");
    if (value)
        slot->codings += count_codings(value, left);
    /* What is packed twice can keep libcurl busy for ever without a byte for us to count. */
    return slot->codings > 1 ? 0 : length;
}

/* Headers may hold the credentials of a proxy. */
static void trace_headers(struct trace *trace, const char *prefix, const char *text, size_t length)
{
    while (length > 0) {
        const char *newline = memchr(text, '\n', length);
        size_t whole = newline ? (size_t)(newline - text) + 1 : length, shown = whole;
        while (shown > 0 && (text[shown - 1] == '\n' || text[shown - 1] == '\r'))
            shown--;
        if (has_prefix(text, shown, "Authorization:") ||
            has_prefix(text, shown, "Proxy-Authorization:"))
            trace_foreign(trace, prefix, "(credentials)", strlen("(credentials)"));
        else if (shown > 0)
            trace_foreign(trace, prefix, text, shown);
        text += whole;
        length -= whole;
    }
}

/* Where user and password begin in a text that has them before its byte at: behind "://", or where
 * the scheme was left out, behind the last blank or quote. */
static size_t find_credentials(const char *text, size_t at)
{
    size_t begin = at;
    for (size_t i = 0; i + 3 <= at; i++)
        if (memcmp(text + i, "://", 3) == 0)
            return i + 3;
    while (begin > 0 && !strchr(" '\"", text[begin - 1]))
        begin--;
    return begin;
}

/* What libcurl says of a proxy's address, which it may have from the environment. */
static void trace_text(struct trace *trace, const char *text, size_t length)
{
    char line[1024];
    size_t at = length;
    while (at > 0 && text[at - 1] != '@')
        at--;
    if (at == 0) {
        trace_headers(trace, "curl: ", text, length);
        return;
    }
    snprintf(line, sizeof line, "%.*s(credentials)@%.*s", (int)find_credentials(text, at), text,
             (int)(length - at), text + at);
    trace_headers(trace, "curl: ", line, strlen(line));
}

static int on_debug(CURL *easy, curl_infotype type, char *text, size_t length, void *context)
{
    struct trace *trace = context;
    (void)easy;
    if (type == CURLINFO_TEXT)
        trace_text(trace, text, length);
    else if (type == CURLINFO_HEADER_OUT)
        trace_headers(trace, "sent: ", text, length);
    else if (type == CURLINFO_HEADER_IN)
        trace_headers(trace, "received: ", text, length);
    return 0;
}

static void trace_body(struct slot *slot)
{
    char prefix[64];
    struct trace *trace = slot->transport->config->trace;
    if (trace->verbosity < 3)
        return;
    snprintf(prefix, sizeof prefix,
             "received body of %llu bytes: ", (unsigned long long)slot->body_bytes);
    trace_foreign(trace, prefix, slot->preview, slot->preview_length);
}

static long ip_version(enum transport_ip ip)
{
    return ip == TRANSPORT_IP_V4   ? CURL_IPRESOLVE_V4
           : ip == TRANSPORT_IP_V6 ? CURL_IPRESOLVE_V6
                                   : CURL_IPRESOLVE_WHATEVER;
}

static void set_protocols(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* Without it the end of the handle waits for a resolver that may take longer than the deadline. */
static void set_quick_exit(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)easy;
#endif
}

/* libcurl sends a request once more, untold, when a connection that it had kept is closed under it.
 * After a reset that is fine: most likely the request reached nobody. A server that closes in order
 * has seen it, and whether there is another try is not for libcurl to decide: the count of requests
 * and the rate limit would not know. */
#if LIBCURL_VERSION_NUM >= 0x075000
static int on_request(void *context, char *remote, char *local, int remote_port, int local_port)
{
    struct slot *slot = context;
    bool was_seen = slot->is_sent && slot->error[0] == '\0';
    (void)remote, (void)local, (void)remote_port, (void)local_port;
    slot->is_sent = true;
    return was_seen ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}
#endif

static void forbid_resending(struct slot *slot)
{
#if LIBCURL_VERSION_NUM >= 0x075000
    curl_easy_setopt(slot->easy, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(slot->easy, CURLOPT_PREREQDATA, slot);
#else
    (void)slot;
#endif
}

static void set_security(const struct transport *transport, CURL *easy)
{
    set_protocols(easy);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    if (transport->config->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, transport->config->ca_file);
    if (transport->config->proxy) {
        curl_easy_setopt(easy, CURLOPT_PROXY, transport->config->proxy);
        curl_easy_setopt(easy, CURLOPT_NOPROXY, ""); /* it was asked for, whatever no_proxy says */
    } else if (transport->is_plain) {                /* http_proxy would see the key */
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
    }
}

static void set_options(struct slot *slot)
{
    CURL *easy = slot->easy;
    const struct transport_config *config = slot->transport->config;
    long patience_ms =
        config->time_left_ms < LONG_MAX / 2 ? (long)config->time_left_ms : LONG_MAX / 2;
    curl_easy_setopt(easy, CURLOPT_URL, slot->transport->url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, slot->transport->headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, config->user_agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, patience_ms + 1000);
    curl_easy_setopt(easy, CURLOPT_IPRESOLVE, ip_version(config->ip));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->error);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* they are not the API's */
    set_quick_exit(easy);
    forbid_resending(slot);
    set_security(slot->transport, easy);
    if (config->trace->verbosity >= 3) {
        curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
        curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
        curl_easy_setopt(easy, CURLOPT_DEBUGDATA, config->trace);
    }
}

/*
 * OpenSSL parses every certificate of a bundle before it looks for one, which is nine tenths of
 * what a check over https costs, and libcurl has it do so for each connection where a CA directory
 * is set beside the bundle, as Debian does. In a directory with entries named by their hash OpenSSL
 * reads just those it needs. So trust comes from the system's directory where there is one, and
 * from libcurl's defaults when that is not enough (try_other_trust). Other TLS libraries read whole
 * directories. NULL: leave it to libcurl.
 */
static const char *find_ca_directory(const struct transport *transport)
{
#if LIBCURL_VERSION_NUM >= 0x074600
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    const char *path = curl->capath ? curl->capath : "/etc/ssl/certs";
    if (!transport->is_plain && !transport->config->ca_file && curl->ssl_version &&
        strncmp(curl->ssl_version, "OpenSSL/", strlen("OpenSSL/")) == 0 &&
        ca_directory_is_hashed(path))
        return path;
#endif
    return NULL;
}

static void trust(struct slot *slot, const char *bundle, const char *directory)
{
    curl_easy_setopt(slot->easy, CURLOPT_CAINFO, bundle);
    curl_easy_setopt(slot->easy, CURLOPT_CAPATH, directory);
}

static bool open_slots(struct transport *transport)
{
    const char *ca_directory = find_ca_directory(transport);
    for (unsigned i = 0; i < transport->config->slots; i++) {
        struct slot *slot = &transport->slots[i];
        slot->transport = transport;
        slot->easy = curl_easy_init();
        if (!slot->easy)
            return false;
        set_options(slot);
        slot->trusts_directory = ca_directory != NULL;
        if (slot->trusts_directory)
            trust(slot, NULL, ca_directory);
    }
    return true;
}

struct transport *transport_new(const struct transport_config *config, struct error *err)
{
    struct transport *transport = calloc(1, sizeof *transport);
    if (!transport) {
        error_no_memory(err);
        return NULL;
    }
    char accept[64];
    snprintf(accept, sizeof accept, "Accept: application/%s", config->format);
    transport->config = config;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        transport->multi = curl_multi_init();
    if (transport->multi && set_url(transport) &&
        add_header(transport, "Content-Type: application/json") && add_header(transport, accept) &&
        add_header(transport, "Expect:") && open_slots(transport))
        return transport;
    error_set(err, ERROR_INTERNAL, "cannot set up the HTTP library: out of memory?");
    transport_free(transport);
    return NULL;
}

void transport_free(struct transport *transport)
{
    if (!transport)
        return;
    for (unsigned i = 0; i < transport->config->slots; i++) {
        if (transport->multi && transport->slots[i].easy)
            curl_multi_remove_handle(transport->multi, transport->slots[i].easy);
        curl_easy_cleanup(transport->slots[i].easy);
    }
    curl_slist_free_all(transport->headers);
    curl_free(transport->url);
    if (transport->multi)
        curl_multi_cleanup(transport->multi);
    free(transport);
}

const char *transport_host(const struct transport *transport)
{
    return transport->host;
}

/* Nothing has come on this try yet. */
static void forget_answer(struct slot *slot)
{
    slot->bytes_in = slot->body_bytes = 0;
    slot->is_sent = slot->sink_is_full = false;
    slot->preview_length = 0;
    slot->location[0] = '\0';
    slot->retry_after_s = 0;
    slot->codings = 0;
    slot->error[0] = '\0';
}

bool transport_send(struct transport *transport, unsigned number, const char *body, size_t length,
                    transport_sink *sink, void *context)
{
    struct slot *slot = &transport->slots[number];
    slot->sink = sink;
    slot->context = context;
    forget_answer(slot);
    curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, (long)slot->is_broken);
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDS, body);
    if (curl_multi_add_handle(transport->multi, slot->easy) != CURLM_OK)
        return false;
    transport->in_flight++;
    return true;
}

bool transport_wait(struct transport *transport, int64_t wait_ms)
{
    int running = 0;
    if (curl_multi_perform(transport->multi, &running) != CURLM_OK)
        return false;
    if (running < transport->in_flight) /* something is finished */
        return true;
    int timeout = wait_ms < INT_MAX ? (int)wait_ms : INT_MAX;
    return curl_multi_poll(transport->multi, NULL, 0, timeout, NULL) == CURLM_OK;
}

/* Where the connection broke decides whether the API was there at all. */
static enum transport_state state_of(CURLcode code, const struct slot *slot)
{
    switch (code) {
    case CURLE_OK:
        return TRANSPORT_ANSWERED;
    case CURLE_WRITE_ERROR:
        return slot->sink_is_full ? TRANSPORT_ANSWERED : TRANSPORT_UNUSABLE;
    case CURLE_OUT_OF_MEMORY:
        return TRANSPORT_NO_MEMORY;
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
#endif
    case CURLE_UNSUPPORTED_PROTOCOL: /* an answer without a status line */
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_SSL_CACERT_BADFILE:
        return TRANSPORT_UNUSABLE;
    default:
        return slot->bytes_in > 0 ? TRANSPORT_CUT_OFF : TRANSPORT_UNREACHABLE;
    }
}

/* Whether another try may fare better: names and connections come and go, bad certificates and what
 * a proxy forbids stay. */
static bool is_passing(CURLcode code, long proxy_status)
{
    static const CURLcode passing[] = {
        CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
        CURLE_SSL_CONNECT_ERROR,    CURLE_GOT_NOTHING,           CURLE_SEND_ERROR,
        CURLE_RECV_ERROR,           CURLE_PARTIAL_FILE,          CURLE_HTTP2,
        CURLE_HTTP2_STREAM,         CURLE_ABORTED_BY_CALLBACK, /* see forbid_resending() */
    };
    if (proxy_status >= 300 && proxy_status < 500 && proxy_status != 408 && proxy_status != 429)
        return false;
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (code == passing[i])
            return true;
    return false;
}

/* The same words for the same trouble, so that failures can be counted together; libcurl's own
 * text, which tells times and ports, only where the code alone says too little. */
static void describe_failure(const struct slot *slot, CURLcode code, long proxy_status,
                             struct transport_answer *answer)
{
    long os_error = 0;
    char clean[TEXT_SIZE];
    const char *host = slot->transport->host;
    const struct transport_config *config = slot->transport->config;
    bool may_have_proxy = config->environment_proxy && !config->proxy && !slot->transport->is_plain;
    curl_easy_getinfo(slot->easy, CURLINFO_OS_ERRNO, &os_error);
    if (answer->state == TRANSPORT_NO_MEMORY) /* libcurl before 8.6 says so of both */
        snprintf(answer->reason, sizeof answer->reason,
                 "out of memory, or %s sent a header of more than 100 KiB", host);
    else if (proxy_status >= 300)
        snprintf(answer->reason, sizeof answer->reason, "the proxy to %s answered HTTP %ld", host,
                 proxy_status);
    else if (code == CURLE_COULDNT_RESOLVE_HOST)
        snprintf(answer->reason, sizeof answer->reason, "cannot resolve the name %s", host);
    else if (code == CURLE_COULDNT_RESOLVE_PROXY)
        snprintf(answer->reason, sizeof answer->reason, "cannot resolve the name of the proxy");
    else if (code == CURLE_COULDNT_CONNECT)
        snprintf(answer->reason, sizeof answer->reason, "cannot connect to %s%s%s: %s",
                 config->proxy ? "the proxy to " : "", host,
                 may_have_proxy ? " (or to its proxy)" : "",
                 os_error != 0 ? strerror((int)os_error) : curl_easy_strerror(code));
    else if (slot->codings > 1)
        snprintf(answer->reason, sizeof answer->reason,
                 "%s packed its answer more than once, nobody asked for that", host);
    else if (answer->state == TRANSPORT_CUT_OFF)
        snprintf(answer->reason, sizeof answer->reason,
                 "%s closed the connection in the middle of its answer", host);
    else if (code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
             code == CURLE_ABORTED_BY_CALLBACK || code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM)
        snprintf(answer->reason, sizeof answer->reason,
                 "%s closed the connection without an answer", host);
    else
        snprintf(answer->reason, sizeof answer->reason, "%s: %s", host,
                 text_clean_string(clean, slot->error[0] ? slot->error : curl_easy_strerror(code),
                                   &slot->transport->config->trace->rules));
}

/* In seconds as we have read it, or a date as libcurl did. */
static int64_t retry_after_ms(const struct slot *slot)
{
    curl_off_t until_date_s = 0;
    if (slot->retry_after_s > 0)
        return slot->retry_after_s * 1000;
    curl_easy_getinfo(slot->easy, CURLINFO_RETRY_AFTER, &until_date_s);
    return until_date_s < RETRY_AFTER_MAX_S ? until_date_s * 1000
                                            : (int64_t)RETRY_AFTER_MAX_S * 1000;
}

static void describe(struct slot *slot, CURLcode code, struct transport_answer *answer)
{
    long status = 0, proxy_status = 0;
    curl_off_t elapsed_us = 0;
    *answer =
        (struct transport_answer){.state = state_of(code, slot), .body_bytes = slot->body_bytes};
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(slot->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    curl_easy_getinfo(slot->easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
    answer->http_status = (int)status;
    answer->passing = is_passing(code, proxy_status);
    answer->retry_after_ms = retry_after_ms(slot);
    answer->elapsed_ms = elapsed_us / 1000;
    memcpy(answer->location, slot->location, sizeof answer->location);
    slot->is_broken = answer->state != TRANSPORT_ANSWERED;
    if (slot->is_broken)
        describe_failure(slot, code, proxy_status, answer);
    trace_body(slot);
}

/* Whom the directory can't vouch for the bundle may: a distribution may keep only that up to date.
 * Nothing of the request was sent yet. True when the slot is in flight once more. */
static bool try_other_trust(struct slot *slot, CURLcode code)
{
#if LIBCURL_VERSION_NUM >= 0x074600
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    if (code == CURLE_PEER_FAILED_VERIFICATION && slot->trusts_directory) {
        slot->trusts_directory = false;
        trust(slot, curl->cainfo, curl->capath);
        forget_answer(slot);
        return curl_multi_add_handle(slot->transport->multi, slot->easy) == CURLM_OK;
    }
#endif
    (void)slot, (void)code;
    return false;
}

bool transport_take(struct transport *transport, unsigned *number, struct transport_answer *answer)
{
    int left = 0;
    CURLMsg *done;
    while ((done = curl_multi_info_read(transport->multi, &left)) != NULL) {
        struct slot *slot = NULL;
        CURLcode code = done->data.result;
        if (done->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(done->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
        describe(slot, code, answer);
        curl_multi_remove_handle(transport->multi, slot->easy);
        if (try_other_trust(slot, code))
            continue;
        transport->in_flight--;
        *number = (unsigned)(slot - transport->slots);
        return true;
    }
    return false;
}
