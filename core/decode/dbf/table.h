/* table.h: a DBF table that is being read. Its two halves share the layout and
 * the memos; mappers change nothing of it. For this room alone. */
#ifndef FASTSYNC_DECODE_DBF_TABLE_H
#define FASTSYNC_DECODE_DBF_TABLE_H

#include "decode/decoder.h"
#include "decode/encoding/misfit.h"
#include "layout.h"
#include "memo.h"

/* Records may all name the same long memo: those of a chunk are no longer than
 * so many of the longest. A chunk has fewer records where there are memos, so
 * that those of a usual table are far from it. */
enum { DBF_MEMOS = 2, DBF_FEWER = 16 };

struct dbf_options {
    const char *encoding; /* NULL: as the table says */
    bool deleted;         /* deleted records are rows too */
    bool memo;            /* memos are read */
    bool trim;
    size_t max_cell;
};

struct dbf_table {
    struct dbf_layout layout;
    struct dbf_memos *memos; /* NULL: none is read */
    const char *sure;        /* how sure the encoding is */
    char *declared;          /* by the file beside it; owned, or NULL */
    struct misfit misfit;    /* is the encoding doubtful? */
    bool guessed;            /* the encoding */
    bool plain;              /* its bytes of ASCII are ASCII */
    /* The reader's: */
    bool ended, cut;  /* nothing more comes; it was to */
    uint64_t records; /* that were there, */
    uint64_t rows;    /* of which so many are rows */
    uint64_t consumed;
};

/* Bytes of records in a chunk; tests make them few. */
extern struct dbf_limits {
    size_t chunk;
} dbf_limits;

/* Decides which encoding the texts are in (page.c). */
bool dbf_page_find(struct input *input, struct dbf_table *table,
                   struct err *err);

/* A record without anything in it. */
bool dbf_is_blank(const char *record, size_t len);

enum step dbf_fill(struct input *input, struct chunk *chunk, struct err *err);
extern const struct row_reader dbf_rows;

#endif
