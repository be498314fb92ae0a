/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lets a running simulator change its mind: notices that the scenario file became another one and
 * swaps the table under a lock. Knows nothing of what a scenario holds. Only main calls watch_open
 * and watch_close; all else may come from any connection's thread.
 */
#define _POSIX_C_SOURCE 200809L

#include "watch.h"

#include "memory.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* What tells one state of a file from the next; all zero when there is no file. */
struct stamp {
    struct timespec changed;
    off_t size;
    ino_t inode;
};

struct watch {
    pthread_rwlock_t lock;
    char *path;
    struct stamp seen; /* of the last attempt, good or bad */
    struct scenario *scenario;
};

#ifdef HAVE_STRUCT_STAT_ST_MTIMESPEC /* macOS' name for it */
#define st_mtim st_mtimespec
#endif

static struct stamp look(const char *path)
{
    struct stamp stamp = {.size = 0};
    struct stat status;
    if (stat(path, &status) == 0) {
        stamp.changed = status.st_mtim;
        stamp.size = status.st_size;
        stamp.inode = status.st_ino;
    }
    return stamp;
}

static bool same(const struct stamp *a, const struct stamp *b)
{
    return a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec &&
           a->size == b->size && a->inode == b->inode;
}

struct watch *watch_open(const char *path, struct complaint *reason)
{
    /* The stamp is taken before reading: a change in between is then noticed later. */
    struct stamp seen = look(path);
    struct scenario *scenario = scenario_read(path, reason);
    if (scenario == NULL)
        return NULL;
    struct watch *watch = memory_get(sizeof *watch);
    pthread_rwlock_init(&watch->lock, NULL);
    watch->path = memory_copy(path);
    watch->seen = seen;
    watch->scenario = scenario;
    return watch;
}

void watch_refresh(struct watch *watch, bool always)
{
    pthread_rwlock_wrlock(&watch->lock);
    struct stamp stamp = look(watch->path);
    if (always || !same(&stamp, &watch->seen)) {
        struct complaint reason = {""};
        struct scenario *fresh = scenario_read(watch->path, &reason);
        watch->seen = stamp;
        if (fresh != NULL) {
            scenario_free(watch->scenario);
            watch->scenario = fresh;
        } else {
            fprintf(stderr, "%s (keeping the scenario as it was)\n", reason.text);
        }
    }
    pthread_rwlock_unlock(&watch->lock);
}

const struct scenario *watch_borrow(struct watch *watch)
{
    pthread_rwlock_rdlock(&watch->lock);
    return watch->scenario;
}

void watch_return(struct watch *watch)
{
    pthread_rwlock_unlock(&watch->lock);
}

void watch_close(struct watch *watch)
{
    if (watch == NULL)
        return;
    pthread_rwlock_destroy(&watch->lock);
    scenario_free(watch->scenario);
    free(watch->path);
    free(watch);
}
