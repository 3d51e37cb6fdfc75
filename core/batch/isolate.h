/* isolate.h: which records of a refused batch go into the next request.
 *
 * A refused batch holds a bad record and the server does not say which. Its
 * records are sent again in parts, from the first to the last, until each has
 * been accepted in some part or has been refused alone. Pure: answers come in,
 * the next part comes out, and the same answers make the same parts; so a part
 * can be sent again byte for byte by another process that knows these numbers.
 *
 * One bad record among 500 costs at most 20 requests besides the first.
 * Where most are bad the parts are single records: what parts of several
 * had cost until that was seen is all that is added to sending singly.
 *
 *     [ done ……… at [ on its way … upto [ … bad [ … count
 */
#ifndef FASTSYNC_ISOLATE_H
#define FASTSYNC_ISOLATE_H

#include <stdbool.h>
#include <stdint.h>

struct isolation {
    uint32_t count; /* records of the batch */
    uint32_t at;    /* those before it have their outcome */
    uint32_t upto;  /* [at, upto) is in the request on its way */
    uint32_t bad;   /* [at, bad) holds a bad one; <= at: nothing is known */
    uint32_t found; /* bad ones that stood alone */
    uint32_t max;   /* records a request; fewer after an answer 413 */
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
static inline bool isolation_last_candidate(const struct isolation *part)
{
    return part->bad > part->at && part->upto >= part->bad;
}

/* At most so many records a request, before the first one. */
void isolation_limit(struct isolation *part, uint32_t max);
/* What became of [at, upto); then it is the next part, or all is over. */
void isolation_accepted(struct isolation *part);
/* Of one record: it is bad and has its outcome. Of several: one of them is
 * bad. */
void isolation_refused(struct isolation *part);
/* Too large for the server, and no record is bad: parts of half the size from
 * here on. Of one record: as refused. */
void isolation_too_large(struct isolation *part);

#endif
