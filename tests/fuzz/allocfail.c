/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library to preload that makes an allocation fail; tests/fuzz/sweep drives it. It counts calls
 * of malloc, calloc, realloc, strdup and strndup by chosen callers and knows nothing of what they
 * are for. Environment:
 *
 *     ALLOCFAIL_AT     which of the counted calls fails, from 1; 0: none
 *     ALLOCFAIL_ON     set: all that follow fail, too
 *     ALLOCFAIL_IN     whose calls count: parts of the names of shared objects, separated by
 * blanks; "program" is the program itself and the default ALLOCFAIL_LOG    a file that tells which
 * call failed, from where, and where the program crashed; its last line is "end calls=N failed=N
 * leaked=N"
 *
 * Leaks are what the program itself has allocated and not freed when it ends.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FRAMES_MAX = 32, LIVE_MAX = 1 << 16, RANGES_MAX = 64, EARLY_SIZE = 64 * 1024 };

/* Where an object's code is, and whether its calls count. */
struct range {
    uintptr_t first, end;
    bool counts, is_program;
};

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} real;

static struct range ranges[RANGES_MAX];
static size_t range_count;
static unsigned long wanted, calls, failed;
static bool goes_on, is_ready;
static int log_fd = -1;
static __thread bool is_inside;

/* What the program itself holds, by address; unused places are NULL, given up ones are GONE. */
static void *live[LIVE_MAX];
static pthread_mutex_t live_mutex = PTHREAD_MUTEX_INITIALIZER;
static char gone;
#define GONE ((void *)&gone)

/* dlsym itself may allocate, before it has told where the real functions are. */
static _Alignas(max_align_t) char early[EARLY_SIZE];
static size_t early_used;

static bool is_early(const void *memory)
{
    return (uintptr_t)memory >= (uintptr_t)early &&
           (uintptr_t)memory < (uintptr_t)(early + EARLY_SIZE);
}

static void *allocate_early(size_t size)
{
    size_t rounded = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (rounded > EARLY_SIZE - early_used)
        abort();
    early_used += rounded;
    return early + early_used - rounded;
}

/* A function as POSIX has dlsym give it. */
static void find(void *function, const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(function, &symbol, sizeof symbol);
}

/* Constructors of other libraries may come before ours. */
static void resolve(void)
{
    static bool is_resolving;
    if (is_resolving || real.malloc)
        return;
    is_resolving = true;
    find(&real.calloc, "calloc");
    find(&real.realloc, "realloc");
    find(&real.free, "free");
    find(&real.malloc, "malloc");
}

static void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void note(const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (log_fd >= 0 && length > 0 && write(log_fd, line, (size_t)length) < 0)
        abort();
}

static void note_frames(void)
{
    void *frames[FRAMES_MAX];
    int count = backtrace(frames, FRAMES_MAX);
    if (log_fd >= 0)
        backtrace_symbols_fd(frames, count, log_fd);
}

static void on_crash(int number)
{
    note("crash signal=%d\n", number);
    note_frames();
    signal(number, SIG_DFL);
    raise(number);
}

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value ? value : otherwise;
}

/* True when one of the words of ALLOCFAIL_IN is in the name; the program's own name is empty. */
static bool is_chosen(const char *name)
{
    const char *words = setting("ALLOCFAIL_IN", "program");
    while (*words != '\0') {
        char word[128];
        size_t length = strcspn(words, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        if (length > 0 && strstr(name[0] ? name : "program", word))
            return true;
        words += length + (words[length] == ' ');
    }
    return false;
}

static int add_ranges(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    for (int i = 0; i < info->dlpi_phnum && range_count < RANGES_MAX; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X))
            continue;
        ranges[range_count++] = (struct range){
            .first = info->dlpi_addr + header->p_vaddr,
            .end = info->dlpi_addr + header->p_vaddr + header->p_memsz,
            .counts = is_chosen(info->dlpi_name),
            .is_program = info->dlpi_name[0] == '\0',
        };
    }
    return 0;
}

static const struct range *find_range(const void *address)
{
    for (size_t i = 0; i < range_count; i++)
        if ((uintptr_t)address >= ranges[i].first && (uintptr_t)address < ranges[i].end)
            return &ranges[i];
    return NULL;
}

static void catch_crashes(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    void *frame;
    struct sigaction action = {.sa_handler = on_crash};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        sigaction(signals[i], &action, NULL);
    backtrace(&frame, 1); /* loads what it needs, which allocates */
}

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("ALLOCFAIL_LOG");
    resolve();
    wanted = strtoul(setting("ALLOCFAIL_AT", "0"), NULL, 10);
    goes_on = getenv("ALLOCFAIL_ON") != NULL;
    if (path)
        log_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd >= 0 &&
        log_fd < 10) { /* out of the way of descriptors that the program may count on */
        int moved = fcntl(log_fd, F_DUPFD_CLOEXEC, 100);
        close(log_fd);
        log_fd = moved;
    }
    dl_iterate_phdr(add_ranges, NULL);
    catch_crashes();
    is_ready = true;
}

/* Where the address is kept, or the first free place for it. */
static size_t find_place(const void *memory, bool for_new)
{
    size_t place = ((uintptr_t)memory >> 4) * 2654435761U % LIVE_MAX;
    for (size_t i = 0; i < LIVE_MAX; i++, place = (place + 1) % LIVE_MAX)
        if (!live[place] || live[place] == memory || (for_new && live[place] == GONE))
            return place;
    abort();
}

static void remember(void *memory)
{
    pthread_mutex_lock(&live_mutex);
    live[find_place(memory, true)] = memory;
    pthread_mutex_unlock(&live_mutex);
}

static void forget(const void *memory)
{
    pthread_mutex_lock(&live_mutex);
    size_t place = find_place(memory, false);
    if (live[place])
        live[place] = GONE;
    pthread_mutex_unlock(&live_mutex);
}

__attribute__((destructor)) static void finish(void)
{
    unsigned long leaked = 0;
    for (size_t i = 0; i < LIVE_MAX; i++)
        leaked += live[i] && live[i] != GONE;
    note("end calls=%lu failed=%lu leaked=%lu\n", calls, failed, leaked);
}

/* Counts the call and says whether it fails. */
static bool fails(const void *caller)
{
    const struct range *range = is_ready && !is_inside ? find_range(caller) : NULL;
    if (!range || !range->counts)
        return false;
    unsigned long number = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    if (wanted == 0 || number < wanted || (number > wanted && !goes_on))
        return false;
    is_inside = true;
    if (__atomic_add_fetch(&failed, 1, __ATOMIC_RELAXED) == 1) {
        note("fail call=%lu\n", number);
        note_frames();
    }
    is_inside = false;
    errno = ENOMEM;
    return true;
}

static void *keep(void *memory, const void *caller)
{
    const struct range *range = memory && is_ready && !is_inside ? find_range(caller) : NULL;
    if (range && range->is_program)
        remember(memory);
    return memory;
}

void *malloc(size_t size)
{
    const void *caller = __builtin_return_address(0);
    resolve();
    if (!real.malloc)
        return allocate_early(size);
    return fails(caller) ? NULL : keep(real.malloc(size), caller);
}

void *calloc(size_t count, size_t size)
{
    const void *caller = __builtin_return_address(0);
    resolve();
    if (!real.malloc)
        return allocate_early(count * size);
    return fails(caller) ? NULL : keep(real.calloc(count, size), caller);
}

void *realloc(void *memory, size_t size)
{
    const void *caller = __builtin_return_address(0);
    resolve();
    if (is_early(memory) || !real.malloc)
        abort();
    if (fails(caller))
        return NULL;
    void *moved = real.realloc(memory, size);
    if (moved && memory)
        forget(memory);
    return keep(moved, caller);
}

void free(void *memory)
{
    if (!memory || is_early(memory))
        return;
    resolve();
    forget(memory);
    real.free(memory);
}

static char *duplicate(const char *text, size_t length, const void *caller)
{
    char *copy = fails(caller) ? NULL : real.malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return keep(copy, caller);
}

/* libc's own would hide who called. */
char *strdup(const char *text)
{
    return duplicate(text, strlen(text), __builtin_return_address(0));
}

char *strndup(const char *text, size_t length_max)
{
    return duplicate(text, strnlen(text, length_max), __builtin_return_address(0));
}
