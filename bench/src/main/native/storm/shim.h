/*
 * What the parts of the shim share. See shim.c for what the shim is.
 */
#ifndef STORM_SHIM_H
#define STORM_SHIM_H

#define _GNU_SOURCE
#include <stddef.h>

#define STORM_PATH 4096

/* shim.c: what was asked of this process. */
extern char storm_root[STORM_PATH];
extern char storm_shadow[STORM_PATH];

/* shadow.c: remembers what would survive a cut of the power. */
void shadow_begin(void);
void shadow_prepare(int fd, char *temporary, char *kept);
void shadow_commit(const char *temporary, const char *kept);

#endif
