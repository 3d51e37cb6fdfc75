/* earlier.h: what a record said that came before another one of its key, so
 * that it can be told in what they differ.
 *
 * Nothing is kept for each key: the first EARLIER_MAX bytes of a run are, which
 * are all of most exports, and the chunk at hand is there anyway. Of what came
 * between them only the place is known. Sender's thread. */
#ifndef FASTSYNC_DELIVER_EARLIER_H
#define FASTSYNC_DELIVER_EARLIER_H

#include <stdbool.h>

#include "form/form.h"
#include "journal/seen.h"
#include "record.h"

enum { EARLIER_MAX = 4 * 1024 * 1024 };

/* Zero is empty. */
struct earlier {
    struct buf json;
    struct earlier_record *all; /* in the order of their rows */
    uint32_t count, cap;
};

void earlier_release(struct earlier *earlier);
/* Keeps a record of that input while there is room. */
void earlier_keep(struct earlier *earlier, unsigned input,
                  const struct chunk *chunk, const struct record *record);

/* What is asked for. */
struct earlier_question {
    const struct seen_record *before; /* where it stands, */
    uint64_t key;                     /* its key_hash[0] */
    const struct chunk *chunk;        /* at hand, of this input, */
    unsigned input;
    uint32_t at; /* and records of it that came before */
};

/* The JSON of the record, or one of no length. */
struct span earlier_find(const struct earlier *earlier,
                         const struct earlier_question *question);

/* Appends `, with another CustomerName: "An" there, "Anh" here`: the first
 * field of the form in which the records differ; where it is only the key, the
 * field of that number, that it is spelt in another way. */
void earlier_differ(struct buf *out, const struct form *form, unsigned key,
                    struct span there, struct span here);
/* The same of that field alone. */
void earlier_differ_in(struct buf *out, const struct field *field,
                       struct span there, struct span here);

#endif
