/* walk.h: a path walked by hand, folder by folder.
 *
 * The kernel would follow links wherever they lead, and say only what it found
 * at the end. Here each folder on the way is opened from the one before it, so
 * that the end of the walk is a folder that is held open, and the name of a
 * file in it that is no link. Nothing but folders is opened. One owner. */
#ifndef FASTSYNC_SOURCE_WALK_H
#define FASTSYNC_SOURCE_WALK_H

#include <stdbool.h>

#include "base/buf.h"

struct walk {
    int folder;       /* that was come to; -1: none */
    struct buf name;  /* in it; "": the folder itself */
    struct buf where; /* the folder's path without links; "": the working one */
    struct buf rest;  /* of the path, while it is walked */
    unsigned links;   /* that were followed */
};

/* False with errno set: the path leads nowhere. walk_end in any case. */
bool walk_begin(struct walk *walk, const char *path);
void walk_end(struct walk *walk);

/* Opens the folder of that name, no link, from an open one: for walking alone.
 * -1 with errno. */
int walk_folder(int from, const char *name);

#endif
