/* reach.h: the files that a script may read.
 *
 * A mapping may come from anywhere, and so may the folder that it stands in.
 * It reads regular files of its own folder and below, of folders that were
 * granted (--allow-read), and the very files that the command line names as
 * inputs. Where a file lies is asked of what is opened, not of its name: a path
 * is walked folder by folder, links are followed by hand, and the folder that
 * the walk ends in is compared with those that may be read, from there up to
 * the root. So nothing that lies ready in a folder leads out of it. Nothing is
 * opened that is no regular file. Configuration and secrets are read by no
 * script, whatever was granted. Any thread. */
#ifndef FASTSYNC_SOURCE_REACH_H
#define FASTSYNC_SOURCE_REACH_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* A file or folder, whatever it is called. */
struct place_id {
    dev_t device;
    ino_t number;
};

struct web;

enum { GRANTS_MAX = 512 };

struct place_ids {
    struct place_id all[GRANTS_MAX];
    unsigned count;
};

/* What a person grants; made once, before a script is opened. */
struct grants {
    struct place_ids folders; /* these and what is below them */
    struct place_ids files;   /* these */
    struct place_ids never;   /* not these: they hold secrets */
    const char *variables;    /* of the environment, one a line; or NULL */
    const struct web *web;    /* the hosts, and how they are come to; or NULL */
};

/* Adds what is there by that name; false: nothing is, or they are too many. */
bool place_add(struct place_ids *places, const char *path);

struct reach {
    const char *folder;          /* the mapping's: "" or ends in '/' */
    const struct grants *grants; /* borrowed; NULL: none */
};

/* Opens a file for reading. -1: EXIT_INPUT, it is not there or cannot be read;
 * EXIT_USAGE: it may not be read, with what grants it. */
int reach_open(const struct reach *reach, const char *path, struct err *err);
/* May the script see what is in that folder? `path` is "" or ends in '/'. */
bool reach_folder(const struct reach *reach, const char *path, struct err *err);

#endif
