/* Preloaded into the children of the kill-point tests. It counts the changes that a process makes to files below
 * $KILL_UNDER, writes a line for each to $KILL_LOG, and ends the process at the $KILL_AT-th: before the call, or with
 * $KILL_HALF in the middle of a write. With $KILL_LOSE=1 everything that was not flushed by then is lost, as when the
 * power fails; with 2 every other change of it. Flushing itself costs nothing here: the process dies, not the PC. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* A change that is not flushed yet: w(rite), t(runcate), c(reate), m(ove). */
struct change { char kind, *path, *from, *old; off_t at, size; ssize_t length; int flushed; };

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static struct change *changes;
static size_t kept, room;
static long calls, fatal;
static int half, lose, log_to = -1;
static const char *under;

static long number(const char *name) { return getenv(name) ? atol(getenv(name)) : 0; }

__attribute__((constructor)) static void begin(void) {
    fatal = number("KILL_AT"), half = number("KILL_HALF"), lose = number("KILL_LOSE");
    if (getenv("KILL_LOG")) log_to = syscall(SYS_openat, AT_FDCWD, getenv("KILL_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    under = getenv("KILL_UNDER");
}

static int open_raw(const char *path, int flags) { return syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600); }

static struct change *note(char kind, const char *path) {
    if (kept == room) changes = realloc(changes, (room = room * 2 + 256) * sizeof *changes);
    changes[kept] = (struct change){ .kind = kind, .path = strdup(path) };
    return &changes[kept++];
}

/* Notes what stands where something else is about to be written. */
static void note_bytes(char kind, const char *path, off_t at, size_t length) {
    struct change *it = note(kind, path);
    struct stat facts = { 0 };
    int fd = open_raw(path, O_RDONLY);
    fstat(fd, &facts);
    if (kind == 't') length = facts.st_size > at ? facts.st_size - at : 0;
    it->at = at, it->size = facts.st_size, it->old = calloc(1, length + 1);
    it->length = syscall(SYS_pread64, fd, it->old, length, at);
    if (lose == 2 && kind == 'w') it->length = length; /* the file has grown, and holds zeros */
    syscall(SYS_close, fd);
}

static void flushed(const char *path) {
    for (size_t at = 0; at < kept; at++) {
        const char *slash = strrchr(changes[at].path, '/');
        int named_in = !strncmp(changes[at].path, path, slash - changes[at].path) && !path[slash - changes[at].path];
        int of_bytes = changes[at].kind == 'w' || changes[at].kind == 't';
        if (of_bytes ? !strcmp(changes[at].path, path) : named_in) changes[at].flushed = 1;
    }
}

static void lose_unflushed(void) {
    for (size_t at = kept; at-- > 0;) {
        struct change *it = &changes[at];
        if (it->flushed || (lose == 2 && at % 2)) continue;
        if (it->kind == 'c') syscall(SYS_unlinkat, AT_FDCWD, it->path, 0);
        if (it->kind == 'm') syscall(SYS_renameat2, AT_FDCWD, it->path, AT_FDCWD, it->from, 0);
        if (it->kind != 'w' && it->kind != 't') continue;
        int fd = open_raw(it->path, O_WRONLY);
        if (it->length > 0) syscall(SYS_pwrite64, fd, it->old, it->length, it->at);
        if (lose == 1) syscall(SYS_ftruncate, fd, it->size);
    }
}

static void die(void) {
    if (lose) lose_unflushed();
    for (;;) kill(getpid(), SIGKILL);
}

static const char *path_of(int fd, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    path[length > 0 ? length : 0] = 0;
    return path;
}

static int counts(const char *path) { return under && !strncmp(path, under, strlen(under)); }

/* Counts a call; says whether it is the last one. */
static int last(const char *what, const char *path) {
    if (log_to >= 0) dprintf(log_to, "%s %s\n", what, path);
    return ++calls == fatal;
}

/* Every call below: count it, die or go on, one at a time. `HALF` is what is still done of the fatal one. */
#define CALL(what, path, NOTE, HALF, REAL) \
    if (!counts(path)) return REAL; \
    pthread_mutex_lock(&one); \
    int fatal_one = last(what, path); \
    if (fatal_one && !half) die(); \
    if (lose) { NOTE; } \
    if (fatal_one) { HALF; die(); } \
    long result = REAL; \
    int kept_errno = errno; \
    pthread_mutex_unlock(&one); \
    errno = kept_errno; \
    return result

#define NAMED char path[4096]; path_of(fd, path)
#define HERE syscall(SYS_lseek, fd, 0, SEEK_CUR)

ssize_t write(int fd, const void *bytes, size_t length) {
    NAMED;
    CALL("write", path, note_bytes('w', path, HERE, length), syscall(SYS_write, fd, bytes, length / 2),
         syscall(SYS_write, fd, bytes, length));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    NAMED;
    CALL("write", path, note_bytes('w', path, at, length), syscall(SYS_pwrite64, fd, bytes, length / 2, at),
         syscall(SYS_pwrite64, fd, bytes, length, at));
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

/* One piece at a time is allowed, and one piece is a write. */
ssize_t writev(int fd, const struct iovec *pieces, int count) {
    while (count > 1 && !pieces->iov_len) pieces++, count--;
    return count > 0 ? write(fd, pieces->iov_base, pieces->iov_len) : 0;
}

/* Whoever copies is told to read and write instead. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *place, size_t length, unsigned flags) {
    (void)from, (void)at, (void)to, (void)place, (void)length, (void)flags;
    return errno = ENOSYS, -1;
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    (void)to, (void)from, (void)at, (void)length;
    return errno = ENOSYS, -1;
}

int ftruncate64(int fd, off64_t size) {
    NAMED;
    CALL("truncate", path, note_bytes('t', path, size, 0), (void)0, syscall(SYS_ftruncate, fd, size));
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
    NAMED;
    CALL("flush", path, flushed(path), (void)0, 0);
}
int fdatasync(int fd) { return fsync(fd); }

static int open_as(const char *path, int flags, mode_t mode) {
    if (!(flags & O_CREAT) || !access(path, F_OK)) return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    CALL("create", path, note('c', path), (void)0, syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as(path, flags, mode);
}

int rename(const char *from, const char *to) {
    CALL("rename", to, if (access(to, F_OK)) note('m', to)->from = strdup(from), (void)0,
         syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char *path) {
    CALL("remove", path, (void)0, (void)0, syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int mkdir(const char *path, mode_t mode) {
    CALL("folder", path, (void)0, (void)0, syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
