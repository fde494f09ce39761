/*
 * Stands between a JVM and its disk and clock (LD_PRELOAD) and does what disks, clocks and kills do
 * at their worst moment. What is asked of it stands in the environment:
 *
 *   STORM_ROOT      the directory it is about; files elsewhere are left alone
 *   STORM_SHADOW    keeps there what would survive a cut of the power (shadow.c)
 *   STORM_SWALLOW   of "journal" (its logs), "checkpoints", "directories": answers their fsync with
 *                   success and does nothing, as a disk that lies
 *   STORM_KILL      "fragment:n:before" or "…:after": SIGKILL at the nth operation on a path that has
 *                   the fragment in it; before it (a write is done by half), or after it
 *   STORM_SPACE     how many bytes may be written; then the disk is full, until a file is deleted
 *   STORM_READONLY  nothing may be written
 *   STORM_CLOCK     a file of eight bytes: seconds, host order, by which the wall clock is wrong now
 *   STORM_TRACE     a file that gets a line per operation
 *
 * Not modelled, and named in the trace should they ever be used: sync, syncfs, msync, and files
 * opened with O_SYNC or O_DSYNC. sync_file_range makes nothing durable and need not be.
 */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

char storm_root[STORM_PATH];
char storm_shadow[STORM_PATH];

static char swallow[256];
static char kill_fragment[256];
static long kill_at;
static int kill_after;
static long long space = -1;
static int read_only;
static int trace = -1;
static volatile int64_t *clock_error;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long operations;
static long matching;

static void setting(const char *name, char *into, size_t size) {
  const char *value = getenv(name);
  snprintf(into, size, "%s", value == NULL ? "" : value);
}

__attribute__((constructor)) static void begin(void) {
  char text[STORM_PATH];
  setting("STORM_ROOT", storm_root, sizeof storm_root);
  if (storm_root[0] == 0) {
    return;
  }
  setting("STORM_SHADOW", storm_shadow, sizeof storm_shadow);
  setting("STORM_SWALLOW", swallow, sizeof swallow);
  setting("STORM_KILL", text, sizeof text);
  if (text[0] != 0) {
    char *number = strchr(text, ':');
    *number++ = 0;
    snprintf(kill_fragment, sizeof kill_fragment, "%.255s", text);
    kill_at = strtol(number, &number, 10);
    kill_after = strcmp(number, ":after") == 0;
  }
  setting("STORM_SPACE", text, sizeof text);
  space = text[0] == 0 ? -1 : atoll(text);
  read_only = getenv("STORM_READONLY") != NULL;
  setting("STORM_TRACE", text, sizeof text);
  if (text[0] != 0) {
    trace = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  setting("STORM_CLOCK", text, sizeof text);
  if (text[0] != 0) {
    int fd = (int)syscall(SYS_openat, AT_FDCWD, text, O_RDONLY | O_CLOEXEC, 0);
    void *mapped = mmap(NULL, 8, PROT_READ, MAP_SHARED, fd, 0);
    clock_error = mapped == MAP_FAILED ? NULL : mapped;
    close(fd);
  }
  if (storm_shadow[0] != 0) {
    shadow_begin();
  }
}

/* ---- which calls are about the root ---- */

static const char *below_root(const char *path) {
  size_t length = strlen(storm_root);
  if (length == 0 || strncmp(path, storm_root, length) != 0 || (path[length] != '/' && path[length] != 0)) {
    return NULL;
  }
  return path[length] == 0 ? "" : path + length + 1;
}

/* The path of a descriptor below the root; NULL when it is elsewhere, or no file. */
static const char *path_of(int fd, char *buffer) {
  char self[64];
  if (storm_root[0] == 0) {
    return NULL;
  }
  snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(self, buffer, STORM_PATH - 1);
  if (length <= 0 || buffer[0] != '/') {
    return NULL;
  }
  buffer[length] = 0;
  return below_root(buffer);
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) {
    pause();
  }
}

/* Counts and traces an operation; says whether the process must die at it. */
static int strikes(const char *operation, const char *path) {
  pthread_mutex_lock(&lock);
  operations++;
  char named[STORM_PATH + 32];
  snprintf(named, sizeof named, "%s %s", operation, path);
  int struck = kill_at > 0 && strstr(named, kill_fragment) != NULL && ++matching == kill_at;
  if (trace >= 0) {
    char line[STORM_PATH + 96];
    int length = snprintf(line, sizeof line, "%ld %s%s\n", operations, struck ? "KILLED-AT-" : "", named);
    syscall(SYS_write, trace, line, (size_t)length);
  }
  if (!struck) {
    pthread_mutex_unlock(&lock);
  }
  return struck; /* The lock stays held: no other operation gets through beside the last one. */
}

#define REAL(type, name, ...)                                  \
  static type (*real)(__VA_ARGS__);                            \
  if (real == NULL) {                                          \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);       \
  }

/* ---- durability ---- */

static int swallowed(int fd, const char *path) {
  struct stat found;
  if (swallow[0] == 0 || fstat(fd, &found) != 0) {
    return 0;
  }
  if (S_ISDIR(found.st_mode)) {
    return strstr(swallow, "directories") != NULL;
  }
  size_t length = strlen(path);
  int log = length > 4 && strcmp(path + length - 4, ".log") == 0;
  return (strstr(swallow, "journal") != NULL && log && strstr(path, "journal/") != NULL) ||
         (strstr(swallow, "checkpoints") != NULL && strstr(path, "checkpoints/") != NULL);
}

static int synced(int fd, const char *operation, int (*real)(int)) {
  char buffer[STORM_PATH];
  const char *path = path_of(fd, buffer);
  if (path == NULL) {
    return real(fd);
  }
  if (swallowed(fd, path)) {
    strikes("swallowed", path);
    return 0;
  }
  int struck = strikes(operation, path);
  if (struck && !kill_after) {
    die();
  }
  char temporary[STORM_PATH];
  char kept[STORM_PATH];
  shadow_prepare(fd, temporary, kept);
  int result = real(fd);
  if (result == 0) {
    shadow_commit(temporary, kept);
  }
  if (struck) {
    die();
  }
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int)
  return synced(fd, "fsync", real);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int)
  return synced(fd, "fdatasync", real);
}

static void unmodelled(const char *operation) {
  if (storm_root[0] != 0) {
    strikes("UNMODELLED", operation);
  }
}

void sync(void) {
  unmodelled("sync");
  syscall(SYS_sync);
}

int syncfs(int fd) {
  unmodelled("syncfs");
  return (int)syscall(SYS_syncfs, fd);
}

int msync(void *address, size_t length, int flags) {
  unmodelled("msync");
  return (int)syscall(SYS_msync, address, length, flags);
}

/* ---- writing ---- */

/* Whether there is room; taken when there is. */
static int takes(size_t bytes) {
  if (space < 0) {
    return 1;
  }
  pthread_mutex_lock(&lock);
  int room = space >= (long long)bytes;
  space = room ? space - (long long)bytes : space;
  pthread_mutex_unlock(&lock);
  return room;
}

/* Judges a write of a number of bytes: how many of them are to be written, or -1 and errno. */
static ssize_t judged(int fd, size_t bytes, int *struck) {
  char buffer[STORM_PATH];
  *struck = 0;
  const char *path = path_of(fd, buffer);
  if (path == NULL) {
    return (ssize_t)bytes;
  }
  if (!takes(bytes)) {
    strikes("no-space", path);
    errno = ENOSPC;
    return -1;
  }
  *struck = strikes("write", path);
  return (ssize_t)(*struck && !kill_after ? bytes / 2 : bytes);
}

#define JUDGED_WRITE(call)                                     \
  int struck;                                                  \
  ssize_t allowed = judged(fd, bytes, &struck);                \
  if (allowed < 0) {                                           \
    return -1;                                                 \
  }                                                            \
  ssize_t result = (call);                                     \
  if (struck) {                                                \
    die();                                                     \
  }                                                            \
  return result;

ssize_t write(int fd, const void *from, size_t bytes) {
  JUDGED_WRITE(syscall(SYS_write, fd, from, (size_t)allowed))
}

ssize_t pwrite(int fd, const void *from, size_t bytes, off_t at) {
  JUDGED_WRITE(syscall(SYS_pwrite64, fd, from, (size_t)allowed, at))
}

ssize_t pwrite64(int fd, const void *from, size_t bytes, off64_t at) {
  JUDGED_WRITE(syscall(SYS_pwrite64, fd, from, (size_t)allowed, at))
}

static size_t total(const struct iovec *parts, int count) {
  size_t sum = 0;
  for (int i = 0; i < count; i++) {
    sum += parts[i].iov_len;
  }
  return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  size_t bytes = total(parts, count);
  JUDGED_WRITE(syscall(SYS_writev, fd, parts, (size_t)allowed < bytes ? 1 : count))
}

int fallocate(int fd, int mode, off_t from, off_t length) {
  char buffer[STORM_PATH];
  if (space >= 0 && path_of(fd, buffer) != NULL && space < length) {
    errno = ENOSPC;
    return -1;
  }
  return (int)syscall(SYS_fallocate, fd, mode, from, length);
}

/* ---- names ---- */

static int refused(const char *path) {
  if (!read_only || below_root(path) == NULL) {
    return 0;
  }
  errno = EROFS;
  return 1;
}

static int opened(int directory, const char *path, int flags, mode_t mode) {
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0 && path[0] == '/') {
    if (refused(path)) {
      return -1;
    }
    if ((flags & (O_SYNC | O_DSYNC)) != 0 && below_root(path) != NULL) {
      unmodelled("O_SYNC");
    }
  }
  return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define MODE                                                   \
  mode_t mode = 0;                                             \
  if ((flags & (O_CREAT | __O_TMPFILE)) != 0) {                \
    va_list rest;                                              \
    va_start(rest, flags);                                     \
    mode = va_arg(rest, mode_t);                               \
    va_end(rest);                                              \
  }

int open(const char *path, int flags, ...) {
  MODE
  return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE
  return opened(AT_FDCWD, path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...) {
  MODE
  return opened(directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...) {
  MODE
  return opened(directory, path, flags, mode);
}

#define NAMED(operation, path, call)                           \
  const char *below = path[0] == '/' ? below_root(path) : NULL; \
  if (below == NULL) {                                         \
    return (int)(call);                                        \
  }                                                            \
  if (refused(path)) {                                         \
    return -1;                                                 \
  }                                                            \
  int struck = strikes(operation, below);                      \
  if (struck && !kill_after) {                                 \
    die();                                                     \
  }                                                            \
  int result = (int)(call);                                    \
  if (struck) {                                                \
    die();                                                     \
  }                                                            \
  return result;

int mkdir(const char *path, mode_t mode) { NAMED("mkdir", path, syscall(SYS_mkdir, path, mode)) }

/* Deletes a file; where space is counted, its bytes may be written again. */
static long removed(const char *path) {
  struct stat found;
  int counted = space >= 0 && lstat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink == 1;
  long result = syscall(SYS_unlink, path);
  if (counted && result == 0) {
    pthread_mutex_lock(&lock);
    space += found.st_size;
    pthread_mutex_unlock(&lock);
  }
  return result;
}

int unlink(const char *path) { NAMED("unlink", path, removed(path)) }

int rename(const char *from, const char *to) { NAMED("rename", to, syscall(SYS_rename, from, to)) }

/* ---- the wall clock ---- */

static int wall(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(int, "clock_gettime", clockid_t, struct timespec *)
  int result = real(clock, now);
  if (result == 0 && clock_error != NULL && wall(clock)) {
    now->tv_sec += *clock_error;
  }
  return result;
}

int gettimeofday(struct timeval *now, void *zone) {
  REAL(int, "gettimeofday", struct timeval *, void *)
  int result = real(now, zone);
  if (result == 0 && clock_error != NULL) {
    now->tv_sec += *clock_error;
  }
  return result;
}
