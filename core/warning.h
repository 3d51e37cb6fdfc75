/* warning.h: the third verdict: a value that is doubtful, but no reason to
 * refuse its row.
 *
 * Whoever meets such a value (a decoder, a text function, the form, a script)
 * adds it to the list of the row at hand. The list goes to the sender with the
 * row's record; the warnings of a row that is skipped or rejected are dropped
 * with it, as nothing of it is sent. A kind that is strict rejects the row
 * instead.
 *
 * To add a kind: a line in WARNINGS. Its name is what people write in
 * `options.strict` and find in the ledger. */
#ifndef FASTSYNC_WARNING_H
#define FASTSYNC_WARNING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "value.h"

/* In the order of the harm that they may do. */
#define WARNINGS(X)                                                            \
    X(KEY, key, "a corrected row has another key than the rejected one")       \
    X(LOOKALIKE, lookalike, "a code with letters of two alphabets")            \
    X(PLACEHOLDER, placeholder, "NULL, #N/A and the like in place of a value") \
    X(MOJIBAKE, mojibake, "text that was once read in a wrong encoding")       \
    X(ENCODING, encoding, "an input that is plainly in another encoding")      \
    X(REPAIRED, repaired, "text that `repair` has read as it was meant")       \
    X(UNREADABLE, unreadable, "what stands where something could not be read") \
    X(LOST, lost, "'?' where letters were")                                    \
    X(REFERENCE, reference, "a character written as &#244; or &amp;")          \
    X(CONTROL, control, "a control character")                                 \
    X(INVISIBLE, invisible, "a character that nobody sees")                    \
    X(EXCEL, excel, "what a spreadsheet has made of a value")                  \
    X(FORMULA, formula,                                                        \
      "a formula without a result, or whose result is an error")               \
    X(CUT, cut, "cells, or a last line, that may be cut off")                  \
    X(MISSING, missing, "a key that a lookup does not have")                   \
    X(TOTAL, total, "a row that may be a total, not a customer")               \
    X(TAXCODE, taxcode, "a tax code that is none, or may be another")          \
    X(PHONE, phone, "a telephone number that is none, or may be another")      \
    X(MAIL, mail, "a mail address that is none")                               \
    X(DATE, date, "a date that may be another")                                \
    X(NUMBER, number, "a number that may be another")                          \
    X(TEXT, text, "a string function of Lua's that does not know letters")     \
    X(SCRIPT, script, "what a mapping says with fast.warn")

#define WARNING_CONSTANT(constant, name, help) WARNING_##constant,
enum warning_kind { WARNINGS(WARNING_CONSTANT) WARNING_KINDS };
#undef WARNING_CONSTANT

struct warning {
    enum warning_kind kind;
    const char *field; /* of the form, or the column's name; "": neither */
    const char *value; /* as it is shown: one line, shortened */
    const char *text;  /* what is doubtful, and what to do about it */
};

/* Those of one row. Texts end in NUL and live in the arena, as the list. All
 * zero but the arena is an empty one. */
struct warnings {
    struct arena *arena;
    struct warning *all;
    unsigned count, cap;
    /* The field that is being made, for those who do not know it (text
     * functions); NULL: none. */
    const char *field;
};

/* What a file of warnings begins with, after a byte order mark. */
#define WARNINGS_HEADER "\xef\xbb\xbfplace,key,field,value,kind,text\n"

/* The name of a kind, and what it is about. */
const char *warning_name(enum warning_kind kind);
const char *warning_help(enum warning_kind kind);
/* The kind of that name, or WARNING_KINDS. */
enum warning_kind warning_find(const char *name, size_t len);

/* A value as warnings show it: one line, shortened; in the arena. NULL: "". */
const char *warning_show(struct arena *arena, const struct value *value);

/* Sets of kinds: what is strict. */
static inline uint32_t warning_bit(enum warning_kind kind)
{
    return UINT32_C(1) << kind;
}

/* Empties the list; before the arena is reset. */
static inline void warnings_clear(struct warnings *warnings)
{
    warnings->all = NULL;
    warnings->count = warnings->cap = 0;
    warnings->field = NULL;
}

/* Adds those of another list, or of none (NULL), to an empty one; their texts
 * stay where they are. */
void warnings_add(struct warnings *warnings, const struct warnings *others);

/* Adds one, copying all it is given; what is the same in all of it is
 * kept once. `field` NULL: that of the list; `value` NULL: none. A list of
 * NULL: nobody listens. */
void warn(struct warnings *warnings, enum warning_kind kind, const char *field,
          const struct value *value, const char *format, ...)
    __attribute__((cold, format(printf, 5, 6)));

#endif
