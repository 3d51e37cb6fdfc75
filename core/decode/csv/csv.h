/* csv.h: what the files of the CSV decoder share.
 *
 * One grammar, in two places. A cell is quoted when a quote is its first byte
 * but for blanks; it must be closed within csv_limits.quote bytes, and blanks
 * alone may stand between that and the next delimiter or line end. A quote
 * anywhere else is a letter. A line end is LF, CRLF or CR. The reader's half
 * (cut.c) only looks for line ends and quotes and sets aside every row
 * that breaks this; so the mapper's half (rows.c), which looks at every
 * cell, meets sound rows alone. */
#ifndef FASTSYNC_DECODE_CSV_H
#define FASTSYNC_DECODE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decode/feed.h"
#include "decode/input.h"

/* What may be said of an input; -1 (or NULL) means "not said: detect". */
struct csv_options {
    const char *encoding; /* an iconv name */
    int delimiter;        /* a byte */
    int quote;            /* a byte; 0: none; -1: '"' */
    int escape;           /* a byte; 0: none; -1: doubled quotes */
    int header;           /* line it stands on, 0: none */
    bool trim;            /* white space at the ends of cells goes */
    bool ragged;          /* rows of another width are taken */
};

/* Sizes that bound a chunk and the damage a stray quote can do. Set by tests
 * alone, before an input is opened. */
struct csv_limits {
    size_t chunk; /* bytes read at a time */
    size_t quote; /* the longest quoted cell */
    size_t row;   /* the longest row */
};

extern struct csv_limits csv_limits;

/* A dialect made ready for comparing: what there is none of is '\n', a byte
 * that is looked for anyway. */
struct csv_grammar {
    char delimiter;
    char quote;
    char escape;  /* only where it is another than the quote */
    bool doubled; /* two quotes within quotes are one */
};

/* grammar.c */
struct csv_grammar csv_grammar(const struct dialect *dialect);
/* The byte may stand between a delimiter and a quote. */
bool csv_is_gap(const struct csv_grammar *grammar, char byte);
/* White space alone: no row. */
bool csv_is_blank(const struct csv_grammar *grammar, const char *text,
                  size_t len);

/* The start of the next physical line at or after `from`: after the line end;
 * `len` when there is none. */
size_t csv_next_line(const char *text, size_t len, size_t from);
/* A byte that is a character by itself, and stands in no name. */
bool csv_may_delimit(char byte);

/* cut.c: where rows end. */

enum csv_trouble {
    CSV_SOUND,
    CSV_UNCLOSED,   /* a quote that is never closed */
    CSV_TEXT_AFTER, /* text between a closing quote and the delimiter */
    CSV_LONG,       /* a row longer than csv_limits.row */
};

struct csv_cut {
    size_t end;     /* after the last whole, sound row */
    uint64_t lines; /* physical lines up to there */
    uint64_t rows;  /* rows up to there: lines but blank ones, outside quotes */
    enum csv_trouble trouble; /* of the row that begins at `end` */
    size_t opened;            /* the quote in question */
    size_t found; /* the damage ends with the line that holds this place */
};

/* Looks over text that begins with a row and has 64 readable bytes after it.
 * `final`: nothing follows. */
void csv_cut(const struct csv_grammar *grammar, const char *text, size_t len,
             bool final, struct csv_cut *cut);

/* block.c: sixty-four bytes as masks. */

/* The masks of one block. */
struct csv_block {
    size_t base;     /* offset of its first byte */
    uint64_t events; /* delimiters, quotes, escapes, control bytes to come */
    uint64_t high;   /* bytes of 0x80 and above */
    uint64_t escape; /* bytes that JSON wants escaped */
};

/* What a block leaves to the next one. */
struct csv_carry {
    uint64_t drop;   /* events that are none */
    uint64_t due;    /* bytes that must be tails */
    uint64_t second; /* bytes after 0xE1 */
};

struct csv_rows {
    struct csv_grammar grammar;
    const unsigned char *first_edge,
        *last_edge; /* bytes to be trimmed, maybe */
    bool trim;
    struct arena *arena;
    struct buf scratch;

    const char *text;
    size_t len; /* text[len] is a line end, 64 bytes may be read after it */
    size_t at;  /* the next row */
    struct csv_block block;
    struct csv_carry carry;
    size_t bad_upto; /* up to here some byte is NUL or not UTF-8, */
    size_t odd;      /* or some character may not be NFC */

    /* The row taken last. */
    struct value *cells;
    unsigned cap;
    unsigned width;    /* its cells */
    bool quoted;       /* one of them was */
    size_t start, end; /* its bytes, without the line end */
    size_t starts[4];  /* where its last cells began, by index modulo 4 */
    uint64_t ends;     /* physical line ends in it, its own included */

    /* Where the mapper is. */
    uint64_t line, index;
    bool first_damage;
};

/* Makes the masks of the block at `base`, which follows the one before. */
void csv_load(struct csv_rows *rows, size_t base);

/* rows.c: rows into cells. */

void csv_rows_init(struct csv_rows *rows, const struct csv_grammar *grammar,
                   bool trim);
void csv_rows_release(struct csv_rows *rows);
/* Begins text of `len` bytes whose memory may be written to for 64 bytes
 * after it. Texts of cells go into the arena where they change. */
void csv_rows_text(struct csv_rows *rows, char *text, size_t len,
                   struct arena *arena);
/* Takes the next row that is not blank; false at the end. */
bool csv_rows_take(struct csv_rows *rows);

/* corrected.c: rows of rejects files. */

/* Takes the marks off cells, and what they hid from trimming. */
void csv_drop_marks(const struct input *input, struct value *cells,
                    unsigned count);
/* Ends the row just taken before the columns that we added, as it was before
 * we wrote it: cells and `row->origin`; and says what it carries. */
void csv_take_corrected(const struct input *input, struct csv_rows *rows,
                        struct row *row);
/* The input's columns as its rows show them: `_types` is one in a rejects file
 * that has it. */
unsigned csv_shown_columns(const struct input *input);
/* Has the row been corrected, or is a mark for what is missing left? */
const char *csv_find_gap(const struct csv_rows *rows);

/* fault.c: rows that cannot be used, and how they are shown. */

/* Checks the row just taken (UTF-8, width) and completes `row`. */
void csv_check(const struct input *input, struct csv_rows *rows,
               struct row *row);
/* The next physical line of a damaged chunk; false at its end. */
bool csv_next_damaged(const struct input *input, struct csv_rows *rows,
                      const struct chunk *chunk, struct row *row);

/* walk.c: over the rows of a head, damaged ones included. */

enum { CSV_LOOK = 100 }; /* rows of the head that are looked at */
enum csv_found { CSV_FOUND_ROW, CSV_FOUND_DAMAGE, CSV_FOUND_END };

struct csv_walk {
    struct csv_rows rows; /* the row found */
    struct arena arena;
    struct buf piece; /* sound rows, copied: csv_rows_text writes after them */
    const char *head;
    size_t len, at; /* at: after the piece */
    size_t begin;   /* of the piece */
    uint64_t line;  /* after the piece */
    bool whole;
};

void csv_walk_open(struct csv_walk *walk, const struct csv_grammar *grammar,
                   const char *head, size_t len, bool whole);
void csv_walk_close(struct csv_walk *walk);
enum csv_found csv_walk_next(struct csv_walk *walk);

/* ours.c: rejects files. */

/* True for the first bytes of one, as they stand in the file; `quote` as in
 * struct csv_options. */
bool csv_is_ours(const char *head, size_t len, int quote);
bool csv_claims(const char *head, size_t len); /* with the usual quote */
/* True for the decoded head of one; *delimiter is what divides it. */
bool csv_is_rejects(const char *head, size_t len, int quote, char *delimiter);

/* header.c and guess.c: what the head tells. */

struct csv_guess {
    struct csv_grammar grammar;
    struct dialect dialect;
    bool guessed_delimiter, guessed_header;
    bool rejects_file;
    uint64_t header_line; /* 0: none */
    size_t header;        /* offset of the header, or of the first row */
    unsigned width;       /* columns when there is no header */
};

/* Fills the guess from a decoded head with 64 writable bytes after it. The
 * text of err lacks the input's name. */
bool csv_guess(const struct csv_options *said, bool as_is, char *head,
               size_t len, bool whole, struct csv_guess *guess,
               struct err *err);

/* Finds the header among the first rows that are guess->width
 * wide: moves header and header_line there, or sets header_line to 0. */
void csv_find_header(struct csv_guess *guess, const char *head, size_t len,
                     bool whole);

/* fill.c: the reader's half. */

/* What this format knows of an input beside what every input has. */
struct csv_input {
    /* For people. */
    bool guessed_encoding, guessed_delimiter, guessed_header;
    bool legacy;          /* a guessed UTF-8 that the head is not */
    bool doubtful;        /* another encoding was declared for UTF-8 */
    uint64_t header_line; /* 0: no header */

    struct csv_grammar grammar;

    /* The reader's. */
    struct feed feed;
    struct buf rest; /* from `taken` on: what follows the last row given */
    size_t taken;
    size_t skip;    /* bytes before the first row, still to be left out */
    uint64_t line;  /* of the first byte of `rest` */
    uint64_t index; /* of the next row */
};

enum step csv_fill(struct input *input, struct chunk *chunk, struct err *err);

/* open.c: settles what the head tells, and leaves the reader at the first row.
 * The text of err lacks the input's name. */
bool csv_open(struct input *input, struct err *err);

#endif
