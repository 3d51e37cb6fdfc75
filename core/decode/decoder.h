/* decoder.h: a format: bytes to rows.
 *
 * A format has two halves. The reader's half opens an input, finds what it is,
 * and fills chunks, doing as little as it can. The mapper's half, a row
 * reader, takes a chunk apart into rows; every mapper has its own, and no two
 * share anything but the immutable input. There are two kinds:
 *
 *   - bytes cut at the rows' ends, for a row reader of the format's own: where
 *     the format can be cut without being understood (CSV);
 *   - rows that are decoded already (decoded.h), for the row reader that all
 *     such formats share. Such a format is sniff, open, fill, close, describe.
 *
 * All columns are known when `open` answers. A format whose rows bring their
 * own names reads its input twice (source_spool, source_rewind): so a column
 * that a mapping names and no row has is told before anything is sent.
 *
 * To add a format: a file that defines `const struct format format_NAME`, and
 * one line in FORMATS. */
#ifndef FASTSYNC_DECODE_DECODER_H
#define FASTSYNC_DECODE_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "option.h"
#include "record.h"
#include "row.h"

/* Formats that a build adds, as the tests do. */
#ifndef MORE_FORMATS
#define MORE_FORMATS(X)
#endif

#define FORMATS(X)                                                             \
    X(csv)                                                                     \
    X(tsv)                                                                     \
    X(fixed)                                                                   \
    X(xml)                                                                     \
    X(ods)                                                                     \
    X(xlsx)                                                                    \
    X(xls)                                                                     \
    X(html)                                                                    \
    X(spreadsheetml)                                                           \
    X(mhtml)                                                                   \
    X(dbf)                                                                     \
    X(json)                                                                    \
    X(ndjson)                                                                  \
    X(sqlite)                                                                  \
    X(dump)                                                                    \
    X(sql)                                                                     \
    MORE_FORMATS(X)

struct input;
struct facts;

/* A mapper's half over one input. */
struct rows {
    const struct input *input;
    struct chunk *chunk;
    void *state;
};

struct row_reader {
    void (*open)(struct rows *rows); /* for rows->input */
    void (*begin)(struct rows *rows, struct chunk *chunk);
    /* The next row, into one that is all zero. A row that cannot be used is
     * true with row->fault; false with chunk->failed and its failure: neither
     * is what follows. */
    bool (*next)(struct rows *rows, struct row *row);
    void (*close)(struct rows *rows);
};

struct format {
    const char *name;              /* "csv" */
    const char *title;             /* "CSV" */
    const char *help;              /* one line */
    const char *family;            /* "workbook", "text": one that is called by
                                      another's name is read as what it is;
                                      NULL: only under its own */
    const char *const *extensions; /* ".csv", ..., NULL */
    bool headless; /* no row of it says what columns are called */

    const struct format_option *options; /* end with name NULL */
    const void *defaults;                /* of what they set */
    size_t options_size;                 /* of that */

    /* How sure this format is of these first bytes, 0 to 100; from 80 on it is
     * plainly that, whatever it is called. Zips and compound files are told
     * apart by detect.h, before. */
    int (*sniff)(const char *head, size_t len);
    /* Are these first bytes of this format, whatever is said of them? NULL:
     * never. */
    bool (*claims)(const char *head, size_t len);
    /* input->source and input->options are there; fills the rest. */
    bool (*open)(struct input *input, struct err *err);
    /* Fills the chunk with rows, about CHUNK_BYTES of them; where only what is
     * left out (row.h) was there, it has none. Says where the first row stands
     * and what was consumed. STEP_END: nothing left (the chunk is empty). */
    enum step (*fill)(struct input *input, struct chunk *chunk,
                      struct err *err);
    void (*close)(struct input *input); /* of a failed open as well */
    /* Appends what was found, after the title: ", UTF-8, 7 columns". */
    void (*describe)(const struct input *input, struct buf *out);
    /* The same part by part (facts.h), before the first row is read. NULL: it
     * has nothing to tell. */
    void (*tell)(const struct input *input, struct facts *facts);

    const struct row_reader *rows;
};

enum { CHUNK_BYTES = 256 * 1024, CHUNK_CELLS = 1024 * 1024 };

/* Rows that name what they have may be much shorter than their cells: so many
 * of them a chunk has at most. */
static inline uint64_t chunk_rows(unsigned columns)
{
    return columns < CHUNK_CELLS / 2 ? CHUNK_CELLS / (columns + 1) : 1;
}

#define FORMAT_DECLARE(name) extern const struct format format_##name;
FORMATS(FORMAT_DECLARE)
#undef FORMAT_DECLARE

extern const struct format *const formats[]; /* ends with NULL */
const struct format *format_find(const char *name);
/* The format that claims these first bytes, or NULL: they are no rejects file.
 */
const struct format *format_claiming(const char *head, size_t len);

#endif
