/* A disk that loses its power, runs full, or can no longer be written.
 *
 * Loaded before the C library (LD_PRELOAD). Of the files of one folder, DISK_FOLDER, it keeps a copy in another,
 * DISK_SYNCED, that holds only what was synced: a file's content goes there when the file is synced, and a name goes
 * from there when the folder is synced in which it is no more. What the folder holds beside that is what a power
 * failure may lose. With DISK_LIES set, syncs are answered and nothing is kept, as by a disk that lies.
 *
 * While there is a file DISK_FAILS, writes to files of the folder fail with the error whose number it holds, and with a
 * second number syncs fail with that.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t keeping = PTHREAD_MUTEX_INITIALIZER;

/* The name in the folder, or below it, of an open file: "" for the folder itself, NULL for anything else. */
static const char *place_of(int file, char path[PATH_MAX]) {
    const char *folder = getenv("DISK_FOLDER");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = folder ? readlink(link, path, PATH_MAX - 1) : -1;
    if (length < 0) return NULL;
    path[length] = 0;
    size_t start = strlen(folder);
    if (strncmp(path, folder, start) != 0) return NULL;
    if (path[start] == 0) return path + start;
    return path[start] == '/' ? path + start + 1 : NULL;
}

/* The same of a file that stands in the folder itself. */
static const char *name_of(int file, char path[PATH_MAX]) {
    const char *place = place_of(file, path);
    return place && !strchr(place, '/') ? place : NULL;
}

/* Copies a file whole, or not at all. */
static void copy(const char *from, const char *to) {
    char unfinished[PATH_MAX + 8], block[1 << 16];
    snprintf(unfinished, sizeof unfinished, "%s.copy", to);
    int in = open(from, O_RDONLY), out = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t length = in < 0 || out < 0 ? -1 : 0;
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "write");
    while (length >= 0 && (length = read(in, block, sizeof block)) > 0)
        if (real(out, block, length) != length) length = -1;
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    if (length == 0) rename(unfinished, to);
}

static void join(char path[PATH_MAX], const char *folder, const char *name) {
    snprintf(path, PATH_MAX, "%s/%s", folder, name);
}

/* Takes from the copy the names that the folder no longer has. */
static void forget(const char *folder, const char *synced) {
    DIR *names = opendir(synced);
    for (struct dirent *entry; names && (entry = readdir(names));) {
        char path[PATH_MAX];
        join(path, folder, entry->d_name);
        if (access(path, F_OK) == 0) continue;
        join(path, synced, entry->d_name);
        unlink(path);
    }
    if (names) closedir(names);
}

static void keep(int file) {
    char path[PATH_MAX], to[PATH_MAX];
    const char *synced = getenv("DISK_SYNCED"), *name = name_of(file, path);
    if (!synced || !name || getenv("DISK_LIES")) return;
    pthread_mutex_lock(&keeping);
    if (*name == 0) {
        forget(getenv("DISK_FOLDER"), synced);
    } else {
        join(to, synced, name);
        copy(path, to);
    }
    pthread_mutex_unlock(&keeping);
}

/* The error that a write (0) or a sync (1) of a file fails with; 0 where it does not. */
static int failure(int file, int which) {
    const char *fails = getenv("DISK_FAILS");
    int numbers[2] = {0, 0};
    if (!fails || access(fails, F_OK) != 0) return 0;
    char path[PATH_MAX];
    FILE *told = place_of(file, path) ? fopen(fails, "r") : NULL;
    if (!told) return 0;
    if (fscanf(told, "%d %d", &numbers[0], &numbers[1]) < 1) numbers[0] = 0;
    fclose(told);
    return numbers[which];
}

#define REAL(name, type, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

#define FAIL_IF_TOLD(file, which) \
    int error = failure(file, which); \
    if (error) { errno = error; return -1; }

int fsync(int file) {
    REAL("fsync", int, int);
    FAIL_IF_TOLD(file, 1)
    keep(file);
    return real(file);
}

int fdatasync(int file) {
    REAL("fdatasync", int, int);
    FAIL_IF_TOLD(file, 1)
    keep(file);
    return real(file);
}

ssize_t write(int file, const void *bytes, size_t count) {
    REAL("write", ssize_t, int, const void *, size_t);
    FAIL_IF_TOLD(file, 0)
    return real(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
    FAIL_IF_TOLD(file, 0)
    return real(file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    REAL("pwrite", ssize_t, int, const void *, size_t, off_t);
    FAIL_IF_TOLD(file, 0)
    return real(file, bytes, count, at);
}
