/* signs.h: what looks wrong in an input: how often, where first, in which
 * column. Bounded, whatever the input holds. One owner. */
#ifndef FASTSYNC_CMD_INSPECT_SIGNS_H
#define FASTSYNC_CMD_INSPECT_SIGNS_H

#include <stdint.h>

#include "base/mem.h"
#include "row.h"
#include "warning.h"

/* In the order they are shown. A kind is one line here: its name in JSON, and
 * what it means. */
#define SIGNS(X)                                                               \
    X(KEY_BLANK, key_blank, "the key is blank")                                \
    X(KEY_REPEATED, key_repeated, "the key was there before")                  \
    X(ZEROS_LOST, zeros_lost,                                                  \
      "a digit shorter than usual: its leading zero may be lost")              \
    X(DIGITS_CUT, digits_cut,                                                  \
      "more than 15 digits, and zeros from there on: a spreadsheet has cut "   \
      "it")                                                                    \
    X(EXPONENT, exponent, "a number in exponent form: its digits are lost")    \
    X(WRAPPED, wrapped,                                                        \
      "=\"…\" or ' around the value, as spreadsheets need it; it is taken "  \
      "off")                                                                   \
    X(ENCODINGS, mixed_encodings,                                              \
      "bytes that are no letters in this encoding: another one is mixed in")   \
    X(MISREAD, mojibake, "text that was read in a wrong encoding once")        \
    X(FORMS, unicode_forms,                                                    \
      "letters and their marks apart (NFD), as some systems write them; they " \
      "are put together")                                                      \
    X(DATES, date_orders, "dates in two orders")                               \
    X(OTHERS, other_values,                                                    \
      "values that are not what the others of the column are")                 \
    X(LONG, long_rows, "rows with more cells than the header")                 \
    X(SHORT, short_rows,                                                       \
      "rows with fewer cells than the header; the others are taken as blank")  \
    X(TOTAL, totals, "rows that look like a total or a signature")             \
    X(EDGES, edge_blanks, "blanks at the ends; they are taken off")            \
    X(NO_BREAK, no_break_blanks, "no-break blanks (U+00A0) in the text")       \
    X(NO_WIDTH, zero_width, "characters that nobody sees (U+200B and others)") \
    X(FULL_WIDTH, full_width, "full-width digits (U+FF10 to U+FF19)")

#define SIGN_CONSTANT(constant, name, text) SIGN_##constant,
enum sign_kind { SIGNS(SIGN_CONSTANT) SIGN_WARNINGS };
#undef SIGN_CONSTANT

/* After these, one for each kind of the decoder's warnings. */
enum { SIGN_KINDS = SIGN_WARNINGS + (int)WARNING_KINDS };

enum { SIGN_COLUMNS = 2048, SIGN_EXCERPT = 48 };

struct sign {
    uint64_t count;
    struct place first;
    const char *excerpt; /* of the first value, in the arena; "": none */
    const char *text;    /* what it means */
};

/* Those of one column, or of rows as a whole. */
struct sign_row {
    struct sign of[SIGN_KINDS];
};

struct signs {
    struct sign_row **all; /* one a column, NULL where nothing was found; the
                              last one is the rows' */
    unsigned columns;
    unsigned told; /* columns that have a row; others count for the rows */
    struct arena arena;
};

void signs_init(struct signs *signs, unsigned columns);
void signs_release(struct signs *signs);
/* Something was found; `column` = signs->columns: in a row as a whole. `text`
 * NULL: what the kind means. */
void signs_add(struct signs *signs, unsigned kind, unsigned column,
               const struct place *place, const char *value, size_t len,
               const char *text);
/* The same, of what was counted otherwise. */
void signs_count(struct signs *signs, unsigned kind, unsigned column,
                 uint64_t count, const struct place *first,
                 const char *excerpt);
/* That of a column, or NULL: none was found. */
const struct sign *signs_find(const struct signs *signs, unsigned kind,
                              unsigned column);
const char *sign_name(unsigned kind);
/* At most `max` bytes of a text, cut between characters, as people may see it;
 * in the arena. */
char *sign_excerpt(struct arena *arena, const char *text, size_t len,
                   size_t max);

#endif
