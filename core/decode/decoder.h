/* decoder.h: a format: bytes to rows.
 *
 * A format has two halves. The reader's half opens an input, finds its
 * encoding, dialect and header, and fills chunks, doing as little as it can.
 * The mapper's half takes a chunk apart into rows; every mapper has its own,
 * and no two share anything but the immutable input.
 *
 * To add a format: a file that defines `const struct format format_NAME`, and
 * one line in FORMATS. */
#ifndef FASTSYNC_DECODE_DECODER_H
#define FASTSYNC_DECODE_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "record.h"
#include "row.h"
#include "source/source.h"

#define FORMATS(X)                                                             \
    X(csv)                                                                     \
    X(tsv)

/* What the mapping, or the command line over it, says of an input. -1 (or
 * NULL) in a field means "not said: detect". */
struct spec {
    char *path;                  /* owned; "-" is standard input */
    const struct format *format; /* NULL: detect */
    char *encoding;              /* an iconv name, or NULL: detect */
    int delimiter;               /* a byte; -1: detect */
    int quote;                   /* a byte; 0: none; -1: '"' */
    int escape;                  /* a byte; 0: none; -1: doubled quotes */
    int header;                  /* line it stands on, 0: none; -1: detect */
    bool trim;                   /* white space at the ends of cells goes */
    bool ragged;                 /* rows of another width are taken */
    bool as_is;                  /* every row is one, header lines too */
};

/* One option of a source: what `fast.csv { NAME = … }` and `--NAME` set. */
struct spec_option {
    const char *name;
    const char *argument; /* what --help calls its value */
    const char *help;
    /* Sets it from text; false with err (EXIT_USAGE) when it means nothing:
     * the text of err names the value, the caller puts the option before. */
    bool (*set)(struct spec *spec, const char *text, size_t len,
                struct err *err);
};

extern const struct spec_option spec_options[]; /* ends with name NULL */

void spec_init(struct spec *spec); /* all undecided, trim = true */
void spec_release(struct spec *spec);
void spec_copy(struct spec *to, const struct spec *from);
const struct spec_option *spec_option_find(const char *name);

/* An opened input. Immutable for mappers from input_open's return on, except
 * `state`, which is the reader's alone. */
struct input {
    struct spec spec; /* as asked */
    char *path;       /* as messages name it */
    const struct format *format;
    const char *encoding; /* as found: "UTF-8", "UTF-16LE", "windows-1258" */
    struct dialect dialect;
    bool trim, ragged;
    bool nested;       /* cells may be lists and maps, which paths reach into */
    bool rejects_file; /* one of our own rejects files, corrected */
    bool guessed_encoding, guessed_delimiter, guessed_header;
    bool legacy;          /* a guessed UTF-8 that the head is not */
    bool doubtful;        /* another encoding was declared for UTF-8 */
    uint64_t header_line; /* 0: no header */
    uint64_t size;        /* bytes, where known, else 0 */
    struct columns columns;
    void *state; /* the reader's half */
};

/* A mapper's half over one input. */
struct rows {
    const struct input *input;
    struct chunk *chunk;
    void *state;
};

struct format {
    const char *name;
    const char *help;              /* one line */
    const char *const *extensions; /* ".csv", ..., NULL */

    /* How sure this format is of these first bytes, 0 to 100. */
    int (*sniff)(const char *head, size_t len);
    bool (*open)(struct input *input, struct source *source, struct err *err);
    /* Fills bytes, line, index, damage, consumed. STEP_END: nothing left (the
     * chunk is empty). Chunks are about CHUNK_BYTES, one row at least. */
    enum step (*fill)(struct input *input, struct chunk *chunk,
                      struct err *err);
    void (*close)(struct input *input);

    void (*rows_open)(struct rows *rows); /* for rows->input */
    void (*rows_begin)(struct rows *rows, struct chunk *chunk);
    /* The next row. A row that cannot be used is an ITEM with row->fault. */
    bool (*rows_next)(struct rows *rows, struct row *row);
    void (*rows_close)(struct rows *rows);
};

enum { CHUNK_BYTES = 256 * 1024 };

#define FORMAT_DECLARE(name) extern const struct format format_##name;
FORMATS(FORMAT_DECLARE)
#undef FORMAT_DECLARE

extern const struct format *const formats[]; /* ends with NULL */
const struct format *format_find(const char *name);

/* Opens what the spec says, detecting what it leaves out. The source is owned
 * by the input from here on. Errors are EXIT_INPUT, name the file and say
 * what to do. */
struct input *input_open(const struct spec *spec, struct err *err);
/* The same over a source that is open already; the input owns it. */
struct input *input_open_source(const struct spec *spec, struct source *source,
                                struct err *err);
void input_close(struct input *input); /* NULL is allowed */
/* One line for people: `khach-hang.csv: CSV, windows-1258, delimiter ';',
 * header on line 3, 12 columns`, guesses marked as such. */
void input_describe(const struct input *input, struct buf *out);

#endif
