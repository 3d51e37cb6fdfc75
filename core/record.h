/* record.h: what flows from the mappers to the sender: chunks of encoded
 * records, rejects and counts.
 *
 * A chunk is a run of the input. The reader fills its bytes, one mapper turns
 * these into records, the sender takes it in the order of `number`, and then
 * it goes back to the reader to be used again: whoever holds it owns all of
 * it. Everything in it lives in its bufs and its arena, and is void after
 * chunk_clear. A record is already JSON: nobody after the mapper looks inside
 * it or decides about it. */
#ifndef FASTSYNC_RECORD_H
#define FASTSYNC_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "row.h"

struct input;

/* One thing wrong with a row. Texts are NUL-terminated. */
struct fault {
    const char *field; /* the form's field name, or "" for the whole row */
    const char *text;  /* "131 characters, at most 128: \"...\"" */
};

/* What a reject says of its record's key. */
enum reject_key {
    REJECT_KEY,       /* the key is right, as far as is known */
    REJECT_KEY_WRONG, /* a fault is of the key */
    REJECT_KEY_TAKEN, /* another row has it */
    REJECT_OWN_TAKEN, /* another row has the form's own key, which `key` is: */
                      /* the mapping's is another one */
};

/* A row (or a record of it) that cannot be used; one line of rejects.csv. */
struct reject {
    struct place place;
    struct origin origin;
    const char *key; /* the record's key where known, or NULL */
    enum reject_key about_key;
    const char *carried; /* as of its row */
    const struct fault *faults;
    unsigned count; /* at least 1 */
    bool earlier;   /* an earlier run's record: the server refused it */
};

/* A row that the script left out and said why; those without a reason are only
 * counted. */
struct skip {
    struct place place;
    const char *reason;
};

/* What is doubtful about a record that is taken all the same. */
struct doubt {
    struct place place;
    const char *key;
    struct warning warning; /* texts in the chunk's arena */
};

/* An encoded record: offsets are into the chunk's json. */
struct record {
    uint64_t key_hash[2]; /* of the folded key: equal keys are one customer */
    uint64_t own_hash[2]; /* of the form's own key, where the mapping names */
                          /* another one */
    uint64_t content;     /* hash of the JSON bytes */
    struct place place;
    struct origin origin; /* the row it came from, for rejects.csv */
    const char *carried;  /* as of its row */
    const char *key;      /* as the record spells it, trimmed; not terminated */
    uint32_t key_len;
    uint32_t json; /* offset of '{' */
    uint32_t json_len;
};

/* What a reader has found doubtful about a cell. */
struct cell_doubt {
    unsigned column; /* of the input, from 0; beyond the last: of none */
    enum warning_kind kind;
    const char *text;   /* ends in NUL; static, or in the chunk */
    struct value value; /* shown with it; VALUE_NIL: none */
};

/* A row that the reader has decoded; its cells and their texts live in the
 * chunk. */
struct decoded {
    struct place place;
    const struct value *cells; /* texts are UTF-8, in no other way made ready */
    unsigned width;
    unsigned doubt_count;
    const struct cell_doubt *doubts; /* in the chunk; of a row without fault */
    const char *fault;               /* why it cannot be used, or NULL */
};

struct down_above;

struct chunk {
    uint64_t number;           /* its place in the run, from 0, no gaps */
    const struct input *input; /* borrowed; outlives the chunk */

    /* From the reader. */
    struct buf bytes;        /* whole rows, */
    size_t before, after;    /* of which so many bytes are other chunks', */
    struct decoded *decoded; /* or rows that are decoded (decoded.h) */
    uint32_t decoded_count, decoded_cap;
    struct place first; /* of its first row */
    uint64_t column;    /* from 0, of its first byte, where it may stand
                           within a line */
    /* What stands above it (decode/fill_down.h). */
    const struct down_above *above;
    uint32_t above_sheet;
    const char *damage;  /* NULL, or why these lines are no rows (static) */
    uint64_t damaged_at; /* line where the damage began */
    uint64_t consumed;   /* bytes of the input read up to its end */
    uint64_t unended;    /* the input's last line, where that has no line end */
    const char *refused; /* NULL, or why its rows cannot be used, though they
                            are sound; lives as long as the input */
    bool last;           /* the run's last chunk; may be empty */

    /* From the mapper. */
    struct arena arena;
    struct buf json;        /* records with ',' between them, in row order */
    struct record *records; /* grown by chunk_add_record */
    struct reject *rejects; /* grown by chunk_add_reject */
    uint32_t record_count, record_cap;
    struct skip *skips;   /* grown by chunk_add_skip */
    struct doubt *doubts; /* grown by chunk_add_doubt */
    uint32_t reject_count, reject_cap;
    uint32_t skip_count, skip_cap;
    uint32_t doubt_count, doubt_cap;
    uint64_t rows, skipped, extra; /* rows seen, left out, records beyond 1 */
    struct left_out left;          /* lines that are no rows */
    bool failed;                   /* the run stops after this chunk's */
    struct err failure;            /* records, with this */
};

struct chunk *chunk_new(void);
void chunk_free(struct chunk *chunk);
/* Empty again, memory kept. */
void chunk_clear(struct chunk *chunk);
/* Room for one more; the caller fills it. */
struct record *chunk_add_record(struct chunk *chunk);
struct reject *chunk_add_reject(struct chunk *chunk);
struct skip *chunk_add_skip(struct chunk *chunk);
struct doubt *chunk_add_doubt(struct chunk *chunk);
/* The text in the chunk's arena, ended with NUL. */
const char *chunk_keep(struct chunk *chunk, const char *text, size_t len);
struct decoded *chunk_add_decoded(struct chunk *chunk);

#endif
