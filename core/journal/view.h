/* view.h: the journal looked at: what the server accepted, and what is still
 * pending, for those that compare (verify).
 *
 * Takes no lock and changes nothing, so that nobody who looks keeps a run from
 * going on; a run that begins meanwhile is found out by view_unmoved. Any one
 * thread. journal.h is the journal that is written; history.h tells people what
 * happened. */
#ifndef FASTSYNC_JOURNAL_VIEW_H
#define FASTSYNC_JOURNAL_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct batch;
struct view;

/* *view is NULL where there is no journal yet. EXIT_BUSY: a run is going on. */
bool view_open(const char *dir, struct view **view, struct err *err);
void view_close(struct view *view); /* NULL is allowed */
/* EXIT_BUSY: a run has begun since. */
bool view_unmoved(struct view *view, struct err *err);
/* What is read from here on is of this form and server. */
bool view_aim(struct view *view, const char *form, const char *url,
              struct err *err);

/* Every answer's every key, in their order: later ones win. False ends it. */
typedef bool view_key(void *owner, const uint64_t key_hash[2], uint64_t content,
                      const char *key, size_t len, struct err *err);
bool view_each_key(struct view *view, view_key *visit, void *owner,
                   struct err *err);
/* When the first of the records was accepted, since 1970; 0: none was. */
bool view_oldest(struct view *view, int64_t *seconds, struct err *err);
/* Fills an empty batch with the first pending one after number `after`. Its
 * inputs live as long as the view. */
enum step view_next(struct view *view, int64_t after, struct batch *batch,
                    struct err *err);

#endif
