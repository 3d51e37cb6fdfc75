/* layout.h: what stands before the records of a DBF table: its fields, how long
 * a record is, which code page it names, which kind of memo file it may have.
 *
 *     32 bytes      kind, day, records, length of this head and of a record
 *     32 bytes each a field: name, type, length, decimals   (dBase 7: 48)
 *     0x0D          their end; Visual FoxPro has 263 bytes more
 *
 * Source: dBase III+ to 7 and Visual FoxPro, "Table File Structure". */
#ifndef FASTSYNC_DECODE_DBF_LAYOUT_H
#define FASTSYNC_DECODE_DBF_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "source/source.h"

/* What a field's bytes are. */
enum dbf_kind {
    DBF_TEXT,
    DBF_VARTEXT,  /* its last byte may be its length */
    DBF_NUMBER,   /* digits, as text */
    DBF_TRUTH,    /* T, F, Y, N, or not known */
    DBF_DAY,      /* yyyymmdd */
    DBF_MOMENT,   /* a day and milliseconds of it */
    DBF_INTEGER,  /* 4 bytes, the low one first */
    DBF_COUNTER,  /* 4 bytes, the high one first, its sign turned (dBase 7) */
    DBF_DOUBLE,   /* 8 bytes, the low one first */
    DBF_REAL,     /* 8 bytes, the high one first, its sign turned (dBase 7) */
    DBF_CURRENCY, /* 8 bytes, ten thousandths */
    DBF_MEMO,     /* where its text stands in the memo file */
    DBF_OBJECT,   /* pictures, programs: no text */
    DBF_BINARY,   /* any bytes, given as hexadecimal digits */
    DBF_SYSTEM,   /* which of the others are null: no column */
};

/* How a memo file is made that ends in .dbt; all that end in .fpt are alike. */
enum dbf_memo { DBF_DBT_3, DBF_DBT_4 };

enum { DBF_NAME = 33 };

struct dbf_field {
    char name[DBF_NAME];
    char type; /* as the table spells it */
    enum dbf_kind kind;
    unsigned at, len;  /* within a record */
    int null, partial; /* bits in the system field, or -1: it is null; its */
                       /* last byte is its length */
};

struct dbf_layout {
    unsigned version; /* the first byte */
    uint32_t records; /* that it says it has */
    unsigned head;    /* bytes before the first record */
    unsigned record;  /* bytes of one */
    unsigned code;    /* which code page; 0: it says none */
    enum dbf_memo memo;
    bool fox; /* its memo file ends in .fpt, if there are both */
    struct dbf_field *fields; /* owned */
    unsigned count;
    unsigned nulls, nulls_len; /* where the system field stands; len 0: none */
};

/* Are these a table's first bytes? */
bool dbf_layout_begins(const char *head, size_t len);
/* Reads all before the first record. The text of err lacks the file's name. */
bool dbf_layout_read(struct dbf_layout *layout, struct source *source,
                     struct err *err);
void dbf_layout_release(struct dbf_layout *layout);
/* "Visual FoxPro", "dBase III". */
const char *dbf_layout_title(const struct dbf_layout *layout);
/* The encoding that the code byte means, or NULL. */
const char *dbf_layout_encoding(const struct dbf_layout *layout);

#endif
