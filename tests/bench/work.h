/* work.h: the benchmark's work done by hand: what floor.c and bare.c share.
 *
 * Rows come out of a CSV file as cells that are trimmed, valid UTF-8 and NFC;
 * records of the 22 fields go out as JSON in bodies of 500; what cannot be a
 * record goes to a rejects file. One thread, one file, the dialect that is
 * generated and no other: this is not a CSV reader, it is the least that the
 * same work can cost. Texts live until the next row is taken. */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { COLUMNS = 24, FIELDS = 22, BATCH = 500 };
enum { WIDE = 1, ESCAPE = 2 }; /* what a text may hold, as in core/row.h */

struct cell {
    const char *at;
    uint32_t len;
    uint32_t flags;
};

/* What a row's texts are made in; `at` has room for all of one row. */
struct scratch {
    char *first, *at;
    size_t size;
};

struct row {
    struct cell cells[COLUMNS];
    unsigned count; /* cells there were, may be more than COLUMNS */
    uint64_t line;
    const char *source;
    size_t source_len;
    const char *fault; /* why it is none, or NULL */
};

/* rows.c */
struct rows {
    int file;
    bool over;
    char *block;
    size_t size, start, end;
    uint64_t line;
    struct scratch scratch;
};

/* Takes the header, which stays in `header` until the next row is taken. */
void rows_open(struct rows *rows, const char *path, struct row *header);
bool rows_next(struct rows *rows, struct row *row);
void rows_close(struct rows *rows);

/* The flags of any text. */
uint32_t cell_flags(const char *at, size_t len);

/* words.c: as lua/fastsync's functions of the same names answer. */
void words_open(void);
struct cell cell_trim(struct cell cell);
struct cell cell_nfc(struct scratch *scratch, struct cell cell);
struct cell cell_upper(struct scratch *scratch, struct cell cell);
struct cell cell_lower(struct scratch *scratch, struct cell cell);
struct cell cell_phone(struct scratch *scratch, struct cell cell);
struct cell cell_taxcode(struct scratch *scratch, struct cell cell);
struct cell cell_join(struct scratch *scratch, const char *separator,
                      const struct cell *cells, unsigned count);

/* emit.c */
enum {
    CODE,
    NAME,
    OTHER,
    SALE,
    ADDRESS,
    PARTNER,
    GROUP1,
    GROUP2,
    GROUP3,
    PHONE,
    TAX,
    FAX,
    EMAIL,
    ACCOUNT,
    BANK,
    BRANCH,
    HOLDER,
    TERM,
    STATUS,
    SUPPLIER,
    EMPLOYEE,
    NOTE
};
extern const char *const field_names[FIELDS];

struct emit {
    FILE *rejects;
    int bodies;
    char *body;
    size_t len, size;
    unsigned batch;
    uint64_t accepted, rejected;
    uint64_t *keys; /* pairs: hash of the key, hash of the record */
    size_t key_count, key_size;
};

/* Either path may be /dev/null. */
void emit_open(struct emit *emit, const char *bodies, const char *rejects);
/* Fields of len 0 are left out. False: rejected, and written down. */
bool emit_record(struct emit *emit, const struct row *row,
                 const struct cell *fields);
void emit_reject(struct emit *emit, const struct row *row, const char *field,
                 const char *reason);
/* Ends the last body, prints `N accepted N rejected`. */
void emit_close(struct emit *emit);

static inline struct cell cell_of(const char *text, size_t len)
{
    return (struct cell){text, (uint32_t)len, 0};
}

#endif
