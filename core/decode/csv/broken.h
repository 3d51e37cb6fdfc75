/* broken.h: rows that may be one, which a line end in a cell without quotes has
 * broken: the CSV decoder's files share this. */
#ifndef FASTSYNC_DECODE_CSV_BROKEN_H
#define FASTSYNC_DECODE_CSV_BROKEN_H

#include "rows.h"

/* What a chunk shows beside its own rows, in bytes before and after them. */
struct csv_beside {
    size_t before, after;
    bool joins; /* what stood before them stays in view */
};

/* The reader's half: where rows that may be parts of one stand at the end of
 * the whole rows in `text`, and more follows, takes them off the cut: they are
 * given with what follows them. Of a long run of short rows only the last are
 * taken off: those this chunk shows after its own, and the next one shows the
 * last of this chunk's before its own. */
struct csv_beside csv_hold_parts(const struct csv_input *csv, const char *text,
                                 struct csv_cut *cut);
/* `len` bytes of whole rows are given: csv->before is what the next chunk shows
 * before its own. */
void csv_keep_parts(struct csv_input *csv, const char *text, size_t len,
                    const struct csv_beside *beside);

/* The mapper's half: the row just taken has too few cells. NULL, or how it and
 * its neighbours may be one row; in the arena. */
const char *csv_find_broken(const struct input *input, struct csv_rows *rows);

#endif
