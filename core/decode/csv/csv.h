/* csv.h: what the files of the CSV decoder share.
 *
 * One grammar, in two places. A cell is quoted when a quote is its first byte
 * but for blanks; it must be closed within max_quoted bytes, and blanks alone
 * may stand between that and the next delimiter or line end. In `="…"`, as
 * spreadsheets guard digits, delimiters are letters too, where it is closed in
 * its line and nothing follows. A quote anywhere else is a letter. A line end
 * is LF, CRLF or CR.
 *
 * The reader's half (cut.c) only looks for line ends and quotes and sets aside
 * every row that breaks this; so the mapper's half (rows.c), which looks at
 * every cell, meets sound rows alone. */
#ifndef FASTSYNC_DECODE_CSV_H
#define FASTSYNC_DECODE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/masks.h"
#include "decode/feed.h"
#include "decode/input.h"
#include "decode/table/table.h"
#include "decode/table/view.h"
#include "warning.h"

/* What may be said of an input; -1 (or NULL) means "not said: detect". */
struct csv_options {
    const char *encoding; /* an iconv name */
    int delimiter;        /* a byte */
    int quote;            /* a byte; 0: none; -1: '"' */
    int escape;           /* a byte; 0: none; -1: doubled quotes */
    struct table_lines header;
    unsigned skip;    /* lines at the top that are left out */
    const char *stop; /* the table ends before the row whose first filled cell
                         begins so; NULL: at its end */
    bool trim;        /* white space at the ends of cells goes */
    bool ragged;      /* rows of another width are taken */
    size_t max_cell;  /* bytes; 0: as csv_limits has it */
    bool copy;        /* escapes as PostgreSQL's COPY writes them (copy.c) */
};

/* Sizes that bound a chunk, where nobody says otherwise. Set by tests alone,
 * before an input is opened. */
struct csv_limits {
    size_t chunk; /* bytes read at a time */
    size_t quote; /* the longest quoted cell */
    size_t row;   /* the longest row outside quotes */
};

extern struct csv_limits csv_limits;

/* What a stray quote spoils: the lines of so many bytes after it. */
enum { CSV_SPOILT = 64 * 1024 };

/* The header's row, to know it when it comes again (skip.c). */
struct csv_names {
    char *raw; /* as it stands */
    size_t raw_len;
    char **all;                   /* folded, in order */
    unsigned count, named;        /* those that are not blank */
    const struct csv_names *more; /* of a header of several lines, another */
};

/* A dialect made ready for comparing: what there is none of is '\n', a byte
 * that is looked for anyway. */
struct csv_grammar {
    union {
        struct marks marks; /* the same, for masks.h */
        struct {
            char delimiter, quote;
            char escape; /* only where it is another than the quote */
        };
    };
    bool doubled;                  /* two quotes within quotes are one */
    size_t max_quoted, max_row;    /* bytes */
    unsigned width;                /* columns; 0: not known */
    const struct csv_names *names; /* of the header; NULL: there is none */
    uint64_t skips[4]; /* bytes that a row that is none may begin with */
    bool copy;         /* escapes are those of COPY */
    bool as_is;        /* every line is a row, comments too */
    bool narrow;       /* there is one column alone */
};

/* grammar.c */
struct csv_grammar csv_grammar(const struct dialect *dialect);
/* A row that is none may begin with this byte. */
void csv_may_begin(struct csv_grammar *grammar, char byte);
/* The same of all those that it may begin with in any input. */
void csv_skips(struct csv_grammar *grammar);
/* The byte may stand between a delimiter and a quote. */
bool csv_is_gap(const struct csv_grammar *grammar, char byte);
/* `# …`: no row. A header or a code that begins with # is none, as a
 * delimiter or a letter stands right after it. */
bool csv_is_comment(const struct csv_grammar *grammar, const char *text,
                    size_t len);
/* White space alone: no row. */
bool csv_is_blank(const struct csv_grammar *grammar, const char *text,
                  size_t len);

/* The start of the next physical line at or after `from`: after the line end;
 * `len` when there is none. */
size_t csv_next_line(const char *text, size_t len, size_t from);
/* A byte that is a character by itself, and stands in no name. */
bool csv_may_delimit(char byte);
/* `="…"` whose quote opens at `opened`: the place after its closing quote, or 0
 * when it is something else; CSV_UNDECIDED where the text ends before that. */
#define CSV_UNDECIDED SIZE_MAX
size_t csv_wrapped(const struct csv_grammar *grammar, const char *text,
                   size_t len, size_t opened);

/* skip.c: rows that are none. */
/* What the row is, without its line end; LEFT_KINDS: a row. */
enum left_kind csv_left_kind(const struct csv_grammar *grammar,
                             const char *text, size_t len);
/* A header whose columns stand in another order: another table begins. */
bool csv_is_other_header(const struct csv_grammar *grammar, const char *text,
                         size_t len);
/* False where a row that begins so is surely one, of this table. */
static inline bool csv_may_skip(const struct csv_grammar *grammar, char first)
{
    unsigned char byte = (unsigned char)first;
    return (grammar->skips[byte >> 6] >> (byte & 63) & 1) != 0;
}
/* Where the cell at `at` ends in a sound row: its delimiter, or `len`. */
size_t csv_cell_end(const struct csv_grammar *grammar, const char *text,
                    size_t len, size_t at);
/* The grammar knows this line of the header, too, from here on; `names` must
 * outlive it. The last line's come last. */
void csv_names_set(struct csv_names *names, struct csv_grammar *grammar,
                   const char *text, size_t len);
void csv_names_release(struct csv_names *names);

/* cut.c: where rows end. */
enum csv_trouble {
    CSV_SOUND,
    CSV_UNCLOSED,   /* a quote that is never closed */
    CSV_FAR,        /* or not within grammar->max_quoted bytes */
    CSV_ASTRAY,     /* or only after CSV_SPOILT bytes, where no cell can end */
    CSV_TEXT_AFTER, /* text between a closing quote and the delimiter */
    CSV_LONG,       /* a row longer than grammar->max_row */
    CSV_OTHER,      /* no damage: another table begins */
};

enum { CSV_LAST = 64 };
struct csv_cut {
    size_t end;            /* after the last whole, sound row */
    size_t last[CSV_LAST]; /* where the last rows and blank lines begin: that
                              of number n from 0 at n % CSV_LAST */
    size_t ended;          /* how many there are */
    uint64_t lines;        /* physical lines up to there */
    uint64_t rows;         /* rows up to there, without those that are none */
    enum csv_trouble trouble; /* of the row that begins at `end` */
    size_t opened;            /* the quote in question */
    size_t found; /* the damage ends with the line that holds this place */
};

/* Why lines are no rows, as in struct chunk. */
extern const char *const csv_damages[];

/* Looks over text that begins with a row and has 64 readable bytes after it.
 * `final`: nothing follows. */
void csv_cut(const struct csv_grammar *grammar, const char *text, size_t len,
             bool final, struct csv_cut *cut);

/* survey.c: the lines of a head. */

/* The decoded head of an input, with 64 writable bytes after it. */
struct csv_head {
    char *text;
    size_t len;
    size_t from;   /* where reading begins: after a `sep=` line */
    uint64_t line; /* that is the line there, from 1 */
    bool whole;    /* it is all there is */
};

void csv_survey(struct table_view *survey, const struct csv_grammar *grammar,
                const struct csv_head *head);
void csv_survey_release(struct table_view *survey);

/* fit.c: which delimiter. */

/* How well a delimiter fits: `agree` of `rows` rows are `width` wide. */
struct csv_fit {
    unsigned rows, agree, width;
};

struct csv_fit csv_measure(const struct table_view *survey);

/* ours.c: rejects files. */

/* True for the first bytes of one, as they stand in the file; `quote` as in
 * struct csv_options. */
bool csv_is_ours(const char *head, size_t len, int quote);
bool csv_claims(const char *head, size_t len); /* with the usual quote */
/* True for the decoded head of one; *delimiter is what divides it. `whole`:
 * it is all there is. */
bool csv_is_rejects(const char *head, size_t len, bool whole, int quote,
                    char *delimiter);

/* guess.c: what the head tells. */

struct csv_guess {
    struct csv_grammar grammar;
    struct dialect dialect;
    bool guessed_delimiter, guessed_header;
    bool rejects_file;
    uint64_t header_line; /* 0: none */
    size_t header;        /* offset of the header, or of the first row */
    unsigned width;       /* columns when there is no header */
    struct table_view survey;
    int at; /* the header's (last) line in the survey, or -1 */
    unsigned upper[TABLE_HEADER_LINES]; /* its lines before that one */
    unsigned upper_count;
    bool said_header; /* `at` is what was said: nobody guessed */
    struct buf doubt; /* why the header, or that there is none, is doubtful */
    uint64_t other;   /* a line that may be the header as well, or 0 */
    struct buf pair;  /* one that may belong to it, after "; " */
    char sep;         /* what a `sep=` line says, or 0 */
};

/* Fills the guess from a decoded head; head->from moves behind a `sep=` line.
 * The guess is to be released, whatever the answer. The text of err lacks the
 * input's name. */
bool csv_guess(const struct csv_options *said, const struct spec *spec,
               struct csv_head *head, struct csv_guess *guess, struct err *err);
void csv_guess_release(struct csv_guess *guess);

/* fill.c: the reader's half. */

/* What this format knows of an input beside what every input has. */
struct csv_input {
    /* For people. */
    bool guessed_encoding, guessed_delimiter, guessed_header;
    bool no_footer;                     /* all are rows, and none is broken */
    uint64_t header_line;               /* its last line; 0: no header */
    uint64_t upper[TABLE_HEADER_LINES]; /* those before it */
    unsigned upper_count;
    struct buf doubt; /* as in struct csv_guess */
    struct buf told;  /* what else is to be said, each after "; " */

    struct csv_grammar grammar;
    struct csv_names names, upper_names[TABLE_HEADER_LINES];
    struct csv_names numbers; /* of the columns, where a line has them */

    /* The reader's. */
    struct feed feed;
    struct buf rest;   /* from `taken` on: what follows the last row given */
    struct buf before; /* what the next chunk shows before its rows */
    size_t taken;
    size_t skip;    /* bytes before the first row, still to be left out */
    uint64_t line;  /* of the first byte of `rest` */
    uint64_t index; /* of the next row */
    struct csv_early *early; /* given before all others */
    unsigned early_count, early_given;
    struct buf early_text;
    char *early_fault;    /* why they are refused, where they are sound */
    struct left_out left; /* by the reader, not yet in a chunk */
    bool footed;          /* a footer was dropped, or a `stop` found */
    struct buf stop;      /* folded; empty: not said */
    bool stops;           /* what ends the table is still looked for */
    bool failed;          /* reading on behind it, with this */
    struct err failure;
};

/* early.c: takes what stands before the header from a guess. */
void csv_take_early(struct csv_input *csv, const struct csv_head *head,
                    const struct csv_guess *guess,
                    const struct wanted_columns *wanted);
/* Gives the next of them; false: there is none. */
bool csv_give_early(struct csv_input *csv, struct chunk *chunk);
void csv_release_early(struct csv_input *csv);

/* footer.c: what stands after the last row. Whole rows of `bytes` from `from`
 * on were cut: lines at their end that may be a footer are taken off the cut
 * while more may follow; at the input's end a footer is dropped and counted. */
void csv_cut_footer(struct csv_input *csv, struct buf *bytes, size_t from,
                    struct csv_cut *cut);

/* stop.c: where a row of `bytes` from `from` on ends the table, as is said, the
 * cut ends before it, and all that follows is read and counted: the input has
 * ended there. */
void csv_cut_stop(struct csv_input *csv, struct buf *bytes, size_t from,
                  struct csv_cut *cut);
/* Where the line that ends the rows of COPY stands in the text, or `len`. */
size_t csv_copy_end(const char *text, size_t len);

/* named.c: names the columns after the header that was guessed, and leaves the
 * reader at the first row. The text of err lacks the input's name. */
bool csv_read_header(struct input *input, struct csv_input *reader,
                     const struct csv_guess *guess, const struct csv_head *head,
                     struct err *err);
/* Appends what is wrong with the row at that place of the head: it is damaged,
 * or does not end in view. */
void csv_put_cause(struct buf *out, const struct input *input,
                   const struct csv_guess *guess, const struct csv_head *head,
                   size_t at, uint64_t line);

enum step csv_fill(struct input *input, struct chunk *chunk, struct err *err);

/* open.c: settles what the head tells, and leaves the reader at the first row.
 * The text of err lacks the input's name. */
bool csv_open(struct input *input, struct err *err);

#endif
