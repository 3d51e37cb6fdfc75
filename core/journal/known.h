/* known.h: the keys that the server has accepted, or will be sent first, and
 * whose they are: asked for corrected rows, which must not take a key from
 * another customer.
 *
 * A look without a lock, beside the journal that is written. Any one thread. */
#ifndef FASTSYNC_JOURNAL_KNOWN_H
#define FASTSYNC_JOURNAL_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct known;

enum { KNOWN_TITLE = 60 }; /* UTF-16 units of a title that are kept */

/* Of a form at the URL's server; with NULL, at any. NULL with an empty text of
 * err: there is no journal. */
struct known *known_open(const char *dir, const char *form, const char *url,
                         struct err *err);
void known_close(struct known *known); /* NULL is allowed */

/* *content: its last accepted content; 0: not known. */
bool known_find(const struct known *known, const uint64_t key[2],
                uint64_t *content);
/* Appends the title of the record that has the key, and where it stood
 * ("kh.csv:2"); nothing where that is not known. */
bool known_title(struct known *known, const uint64_t key[2], struct buf *title,
                 struct buf *place, struct err *err);

#endif
