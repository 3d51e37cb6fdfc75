/* dialect.h: how the servers write what the standard leaves open, or they do
 * not care about. Pure. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_DIALECT_H
#define FASTSYNC_DECODE_SQL_DUMP_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "decode/option.h"

struct dump_dialect {
    const char *name;  /* as the option has it */
    const char *title; /* for people */
    bool backslash;    /* 'O\'Brien' */
    bool brackets;     /* [Name] */
    bool hash;         /* # begins a comment */
    bool nested;       /* a comment may stand in a comment */
    bool dollar;       /* $$a text$$ */
    bool double_text;  /* "a text", where no name can be */
    bool bits;         /* B'0101' is these bits, and no number */
    bool bare;         /* a row without a list lacks what is computed */
};

extern const struct dump_dialect dump_dialects[]; /* end with name NULL; the
                                                     first: the standard */

/* The dialect that the beginning of a dump, which ends in NUL, is written in.
 */
const struct dump_dialect *dump_dialect_of(const char *head);
/* For `set` of an option: a name (const struct dump_dialect *). */
bool dump_dialect_set(void *dialect, const struct option_value *value,
                      struct err *err);
/* How sure it is that these first bytes are a dump's (struct format, sniff). */
int dump_sniff(const char *head, size_t len);

#endif
