/* isolate.h: which records of a refused batch go into the next request.
 *
 * A refused batch holds a guilty record and the server does not say which. Its
 * records are sent again in parts, from the first to the last, until each has
 * been accepted in some part or has been refused alone. Pure: answers come in,
 * the next part comes out, and the same answers make the same parts; so a part
 * can be sent again byte for byte by another process that knows these numbers.
 *
 * One guilty record among 500 costs at most 20 requests besides the first.
 * Where most are guilty the parts are single records: what parts of several
 * had cost until that was seen is all that is added to sending singly.
 *
 *     [ done ……… at [ on its way … upto [ … suspect [ … count
 */
#ifndef FASTSYNC_ISOLATE_H
#define FASTSYNC_ISOLATE_H

#include <stdbool.h>
#include <stdint.h>

struct isolation {
    uint32_t count;   /* records of the batch */
    uint32_t at;      /* those before it have their outcome */
    uint32_t upto;    /* [at, upto) is in the request on its way */
    uint32_t suspect; /* [at, suspect) holds a guilty one; <= at: unknown */
    uint32_t found;   /* guilty ones that stood alone */
    uint32_t most;    /* records a request; less behind an answer 413 */
};

/* A batch before its first request: all of it in one part. */
void isolation_begin(struct isolation *part, uint32_t count);
static inline bool isolation_over(const struct isolation *part)
{
    return part->at == part->count;
}
static inline uint32_t isolation_size(const struct isolation *part)
{
    return part->upto - part->at;
}

/* Whether [at, upto) is the rest of what was refused together: if it is
 * accepted, nobody knows what was wrong. */
static inline bool isolation_last_suspect(const struct isolation *part)
{
    return part->suspect > part->at && part->upto >= part->suspect;
}

/* At most so many records a request, before the first one. */
void isolation_limit(struct isolation *part, uint32_t most);
/* What became of [at, upto); then it is the next part, or all is over. */
void isolation_accepted(struct isolation *part);
/* Of one record: it is guilty and has its outcome. Of several: one of them is
 * guilty. */
void isolation_refused(struct isolation *part);
/* Too large for the server, and nobody's fault: parts of half the size from
 * here on. Of one record: as refused. */
void isolation_too_large(struct isolation *part);

#endif
