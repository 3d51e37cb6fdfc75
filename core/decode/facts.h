/* facts.h: what an input was found to be, for people who ask (inspect): what
 * describe() says in a line, part by part, with how sure each part is.
 *
 * A format fills in what it alone knows (struct format, `tell`): after the
 * input is open and before it is read. What it leaves out is not known. One
 * owner. */
#ifndef FASTSYNC_DECODE_FACTS_H
#define FASTSYNC_DECODE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

struct input;

struct facts_sheet {
    const char *name; /* of the input, or the arena */
    bool hidden;
    bool table;    /* false: a chart and the like, which holds no rows */
    bool read;     /* its rows are read */
    uint64_t rows; /* as the file says it; 0: not known */
};

/* An option as a mapping's source has it: delimiter = ";". */
struct facts_option {
    const char *name;
    const char *value; /* as Lua writes it */
};

enum { FACTS_OPTIONS = 16, FACTS_HEADER = 4 };

struct facts {
    struct arena arena;   /* of the texts below that are made */
    const char *packed;   /* what the file is that it lies in; or NULL */
    const char *encoding; /* NULL: the format has one alone, or hides it */
    const char *sure;     /* how sure that is: "its mark says so" */
    int delimiter;        /* a byte; 0: there is none */
    bool delimiter_guessed;
    uint64_t header[FACTS_HEADER]; /* its lines */
    unsigned header_count;         /* 0: there is none */
    const char *why;               /* it is the header, or there is none */
    const char *doubt;             /* about it, or NULL */
    struct facts_sheet *sheets;    /* in the arena */
    unsigned sheet_count;
    const char *notes; /* what else is to be said, each after "; "; or NULL */
    const char *extension; /* what the input's name ends in, ".xls"; or NULL */
    bool misnamed;         /* which is another format's */
    /* What makes a mapping read it the same way. */
    struct facts_option options[FACTS_OPTIONS];
    unsigned option_count;
};

/* All that is known of an open input that was not read yet; also what was said
 * of it stands among the options. */
void facts_of(const struct input *input, struct facts *facts);
void facts_release(struct facts *facts);

/* For a format's `tell`. An option that is there already is replaced. */
const char *facts_text(struct facts *facts, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
void facts_option_text(struct facts *facts, const char *name, const char *text);
/* Appends a text as Lua writes it, in quotes. */
void facts_quote(struct buf *out, const char *text, size_t len);

#endif
