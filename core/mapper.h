/* mapper.h: a chunk in, the same chunk mapped: its rows decoded, each given to
 * the script, its records, rejects and counts left in it. One per thread. */
#ifndef FASTSYNC_MAPPER_H
#define FASTSYNC_MAPPER_H

#include "decode/cursor.h"
#include "record.h"
#include "script/script.h"

struct mapper {
    struct script *script; /* borrowed */
    struct cursor cursor;
};

void mapper_init(struct mapper *mapper, struct script *script);
void mapper_release(struct mapper *mapper);
/* Maps one row into the chunk: records, a reject or a skip. False: the run
 * stops (chunk->failure). */
bool mapper_row(struct script *script, struct chunk *chunk,
                const struct row *row);
/* Maps at most `limit` rows of the chunk (0: all). */
void mapper_map(struct mapper *mapper, struct chunk *chunk, uint64_t limit);
/* After the last chunk: false where a row changed what was there before the
 * first one (script_settle). */
bool mapper_end(struct mapper *mapper, struct err *err);

#endif
