/* standing.h: what the journal says of each record of the inputs: as accepted,
 * changed since, not accepted yet, pending; of a key the first that is asked
 * for decides, as in a run. For verify alone. Sender's thread. */
#ifndef FASTSYNC_SINKS_STANDING_H
#define FASTSYNC_SINKS_STANDING_H

#include "base/err.h"
#include "journal/seen.h"
#include "journal/view.h"
#include "record.h"

enum standing {
    STANDING_NONE,     /* an earlier record has its key */
    STANDING_CHANGED,  /* other content than was accepted */
    STANDING_NEW,      /* not accepted yet */
    STANDING_PENDING,  /* in the outbox */
    STANDING_ACCEPTED, /* with this content */
    STANDING_GONE,     /* accepted, and no longer in the inputs */
    STANDING_CONFLICT, /* the key came before with other content: a run */
                       /* rejects it */
};

struct standings {
    struct seen *accepted, *pending; /* of the journal */
    struct seen *met;    /* keys of the inputs; their content is a standing */
    struct seen *firsts; /* content of those that came and is not accepted */
    struct view *view;   /* borrowed; NULL: nothing is known */
};

bool standings_open(struct standings *standings, struct view *view,
                    const char *form, const char *url, struct err *err);
void standings_close(struct standings *standings); /* of a zeroed one, too */
uint64_t standings_pending(const struct standings *standings); /* keys */

enum standing standings_add(struct standings *standings,
                            const struct record *record);

/* Visits each accepted key that the inputs have no longer, once. */
typedef void standing_gone(void *owner, const char *key, size_t len);
bool standings_gone(struct standings *standings, standing_gone *visit,
                    void *owner, struct err *err);

#endif
