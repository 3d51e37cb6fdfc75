/* input.h: an opened input: what it is, and where its rows stand.
 *
 * What only one format knows of it lives in `state`, which belongs to that
 * format. Immutable for mappers from input_open's return on, except `source`
 * and the reader's part of `state`, which are the reader's alone. */
#ifndef FASTSYNC_DECODE_INPUT_H
#define FASTSYNC_DECODE_INPUT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "decoder.h"
#include "dialect.h"
#include "row.h"
#include "source/source.h"
#include "spec.h"

struct down_input;

struct input {
    char *path; /* as messages name it */
    const struct format *format;
    struct spec spec; /* as asked */
    void *options;    /* the format's, as said or by default */
    struct source *source;

    const char *encoding; /* as found: "UTF-8", "windows-1258" */
    const char *doubt;    /* why it is plainly another one, or NULL */
    uint64_t size;        /* bytes, where known, else 0 */
    bool guessed;         /* something of it was not said, but found */
    bool rejects_file;    /* one of our own rejects files, corrected */
    bool keyed;           /* which says what keys its rows had */
    struct buf noted;     /* ", called .xls": what it is not, for describe */

    struct columns columns;
    bool named;              /* by the input; else they are "column 1", … */
    struct dialect dialect;  /* of its rejects file */
    bool nested;             /* cells may be lists and maps: paths reach in */
    bool typed;              /* its cells have types, which that file keeps */
    bool trim;               /* white space at the ends of cells goes */
    bool ragged;             /* rows of another width are taken */
    struct down_input *down; /* columns that are filled down; NULL: none */
    bool ends_lines;         /* the last export like this one had a line end */
                             /* at its end: set before it is read */
    char **sheets; /* their names, in the order of place.sheet; or NULL */
    unsigned sheet_count;
    struct place back; /* the first row whose line does not grow, once it is
                          read; line 0: none. The reader's, until all is read */

    void *state;
};

/* Opens what the spec says, detecting what it leaves out. Errors are
 * EXIT_INPUT, name the file and say what to do; EXIT_USAGE where an option was
 * said that the format has not. */
struct input *input_open(const struct spec *spec, struct err *err);
/* The same over a source that is open already; the input owns it. */
struct input *input_open_source(const struct spec *spec, struct source *source,
                                struct err *err);
void input_close(struct input *input); /* NULL is allowed */
/* Reading begins anew at the first row, where the source was spooled before the
 * first read, or nothing was read. Columns and sheets stay where they are;
 * EXIT_INPUT: it has others by now. */
bool input_rewind(struct input *input, struct err *err);
/* From now on reading fails with EXIT_INTERRUPTED soon after *stop is set. */
void input_stop_on(struct input *input, const atomic_bool *stop);

/* One line for people: `khach-hang.csv: CSV, windows-1258, delimiter ';',
 * header on line 3, 12 columns`, guesses marked as such. */
void input_describe(const struct input *input, struct buf *out);
/* For a format's describe: ", 7 columns". */
void input_describe_columns(const struct input *input, struct buf *out);

/* Says what was left out of the input, that its rows are out of order, that it
 * has none (`rows`: some), and that its last line, `unended`, has no line end
 * (0: it has): once, when it was read to its end. */
void input_tell_end(const struct input *input, const struct left_out *left,
                    bool rows, uint64_t unended);

/* The sheet's name, or NULL. */
const char *input_sheet(const struct input *input, uint32_t sheet);
/* Appends where a row stands, with the input's name: `kh.csv:42`,
 * `customers.xlsx:Sheet1!17`, `kh.json: record 17`; of no known place, the
 * name alone. */
void input_place(const struct input *input, const struct place *place,
                 struct buf *out);

#endif
