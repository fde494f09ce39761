/*
 * The shadow: a directory that holds, at every moment, what a disk would hold after a cut of the
 * power under the strictest reading of POSIX.
 *
 *   root          the identity of the directory that everything lies under
 *   f/<identity>  the content of a file at its last fsync
 *   d/<identity>  the entries of a directory at its last fsync: "f identity name", "d identity name"
 *
 * A file is known by device, inode and time of birth, so that an inode that is used again is another
 * file and a renamed file is the same. What is never synced is in neither place.
 */
#include "shim.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define IDENTITY 96
#define CHUNK (1 << 16)

/* Straight to the kernel: these calls must not meet the shim's own. */
static int open_plain(const char *path, int flags) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

static void fail(const char *what, const char *where) {
  char line[STORM_PATH + 200];
  int length = snprintf(line, sizeof line, "storm shim: cannot %s %s: %s\n", what, where, strerror(errno));
  syscall(SYS_write, 2, line, (size_t)length);
  abort();
}

static int identify(int directory, const char *name, int flags, char *identity, mode_t *mode) {
  struct statx found;
  if (statx(directory, name, flags, STATX_BASIC_STATS | STATX_BTIME, &found) != 0) {
    return -1;
  }
  snprintf(identity, IDENTITY, "%x.%x-%llu-%lld.%u", found.stx_dev_major, found.stx_dev_minor,
           (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
           found.stx_btime.tv_nsec);
  *mode = found.stx_mode;
  return 0;
}

static void put(int out, const char *bytes, size_t length, const char *where) {
  while (length > 0) {
    long written = syscall(SYS_write, out, bytes, length);
    if (written < 0) {
      fail("write", where);
    }
    bytes += written;
    length -= (size_t)written;
  }
}

static void copy_content(int in, int out, const char *where) {
  char *chunk = malloc(CHUNK);
  for (;;) {
    long got = syscall(SYS_read, in, chunk, CHUNK);
    if (got < 0) {
      fail("read", where);
    }
    if (got == 0) {
      break;
    }
    put(out, chunk, (size_t)got, where);
  }
  free(chunk);
}

static void copy_entries(int in, int out, const char *where) {
  DIR *entries = fdopendir(in);
  if (entries == NULL) {
    fail("list", where);
  }
  for (struct dirent *each = readdir(entries); each != NULL; each = readdir(entries)) {
    char identity[IDENTITY];
    char line[IDENTITY + 300];
    mode_t mode;
    if (strcmp(each->d_name, ".") == 0 || strcmp(each->d_name, "..") == 0 ||
        identify(dirfd(entries), each->d_name, AT_SYMLINK_NOFOLLOW, identity, &mode) != 0 ||
        (!S_ISREG(mode) && !S_ISDIR(mode))) {
      continue;
    }
    int length = snprintf(line, sizeof line, "%c %s %s\n", S_ISDIR(mode) ? 'd' : 'f', identity, each->d_name);
    put(out, line, (size_t)length, where);
  }
  closedir(entries);
}

/*
 * Copies a file or directory as it is now, under a temporary name: the real fsync comes after this
 * and before shadow_commit, so that nothing is taken for durable that the disk has not confirmed.
 */
void shadow_prepare(int fd, char *temporary, char *kept) {
  char identity[IDENTITY];
  char self[64];
  mode_t mode;
  temporary[0] = 0;
  if (storm_shadow[0] == 0 || identify(fd, "", AT_EMPTY_PATH, identity, &mode) != 0) {
    return;
  }
  snprintf(kept, STORM_PATH, "%s/%c/%s", storm_shadow, S_ISDIR(mode) ? 'd' : 'f', identity);
  snprintf(temporary, STORM_PATH, "%s.%ld", kept, (long)syscall(SYS_gettid));
  snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
  int in = open_plain(self, O_RDONLY);
  int out = open_plain(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (in < 0 || out < 0) {
    fail("copy", kept);
  }
  if (S_ISDIR(mode)) {
    copy_entries(in, out, kept); /* closes in */
  } else {
    copy_content(in, out, kept);
    close(in);
  }
  close(out);
}

void shadow_commit(const char *temporary, const char *kept) {
  if (temporary[0] != 0 && syscall(SYS_rename, temporary, kept) != 0) {
    fail("keep", kept);
  }
}

static void keep_tree(const char *path) {
  char temporary[STORM_PATH];
  char kept[STORM_PATH];
  struct stat found;
  if (lstat(path, &found) != 0 || (!S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode))) {
    return;
  }
  int fd = open_plain(path, O_RDONLY);
  if (fd < 0) {
    fail("open", path);
  }
  shadow_prepare(fd, temporary, kept);
  shadow_commit(temporary, kept);
  if (!S_ISDIR(found.st_mode)) {
    close(fd);
    return;
  }
  DIR *entries = fdopendir(fd);
  for (struct dirent *each = readdir(entries); each != NULL; each = readdir(entries)) {
    if (strcmp(each->d_name, ".") != 0 && strcmp(each->d_name, "..") != 0) {
      char child[STORM_PATH];
      if (snprintf(child, sizeof child, "%s/%s", path, each->d_name) < (int)sizeof child) {
        keep_tree(child);
      }
    }
  }
  closedir(entries);
}

/* A shadow that is there already goes on; a new one takes all that lies there for durable. */
void shadow_begin(void) {
  char path[STORM_PATH + 8];
  char identity[IDENTITY];
  mode_t mode;
  snprintf(path, sizeof path, "%s/root", storm_shadow);
  if (access(path, F_OK) == 0) {
    return;
  }
  for (const char *kind = "fd"; *kind != 0; kind++) {
    snprintf(path, sizeof path, "%s/%c", storm_shadow, *kind);
    if (syscall(SYS_mkdir, path, 0700) != 0 && errno != EEXIST) {
      fail("make", path);
    }
  }
  keep_tree(storm_root);
  if (identify(AT_FDCWD, storm_root, 0, identity, &mode) != 0) {
    fail("find", storm_root);
  }
  snprintf(path, sizeof path, "%s/root", storm_shadow);
  int out = open_plain(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (out < 0) {
    fail("make", path);
  }
  put(out, identity, strlen(identity), path);
  close(out);
}
