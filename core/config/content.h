/* content.h: a configuration file as it was when it was opened: whose it is,
 * and all its bytes.
 *
 * What is asked of a file (its owner, its hash) and what is read of it are the
 * same bytes, whatever becomes of the file meanwhile. Only a regular file that
 * belongs to the user or root, and that nobody else may write (others.h), is
 * read; a FIFO is not waited for. The folder is not asked about: who puts
 * another file in this one's place owns it, and it is refused for that. One
 * thread. */
#ifndef FASTSYNC_CONFIG_CONTENT_H
#define FASTSYNC_CONFIG_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"

enum { CONTENT_MAX = 256 * 1024 };

struct content {
    char *at; /* NULL: there is no such file, or it is not read; then a NUL */
    size_t len;
    struct stat status;
};

/* False: err says why it is not read, with the path in front and what to do.
 * `*absent`: there is none (err says that, too). */
bool content_read(struct content *content, const char *path, bool *absent,
                  struct err *err);
void content_release(struct content *content); /* wiped: it may hold secrets */

#endif
