/* spec.h: what is said of an input, before it is opened: by the mapping, and
 * by the command line over it.
 *
 * Options are kept as they were said: only when the input is open is it known
 * which format it is, and so whether they fit. One owner. */
#ifndef FASTSYNC_DECODE_SPEC_H
#define FASTSYNC_DECODE_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/thread.h"
#include "decode/paths/request.h"
#include "option.h"
#include "source/unpack.h"

struct format;
struct reach;
struct repair;
struct web;

struct said {
    const char *name;
    struct option_value value;
};

/* The columns that a mapping uses, as far as that is known before a row is
 * read: they find the header. Borrowed, with all that it points to, by specs
 * and inputs. */
struct wanted_name {
    const char *text; /* as columns spell names (row.h) */
    uint32_t len;
};

struct wanted_columns {
    const struct wanted_name *names;
    unsigned count;
    unsigned position; /* the largest that it uses by position, 0: none */
    bool by_position;  /* it uses positions and, for sure, no name */
};

/* Zero-initialised says nothing. */
struct spec {
    char *path;                /* owned; "-" is standard input */
    size_t folder;             /* of it, bytes: what a mapping's folder adds */
    const struct reach *reach; /* what its script may read; borrowed; NULL: a
                                  person names it, and it may be anything */
    bool picked, newest;       /* which of several files (pattern.h) */
    const struct format *format; /* NULL: detect */
    bool as_is;                  /* every row is one, header lines too */
    bool by_looks; /* a code page that nobody said is taken as it looks */
    thread_starter *start; /* a thread that reads ahead, where that helps;
                              NULL: there is none to be had */
    const struct wanted_columns *wanted; /* NULL: not known */
    struct option_value fill_down;       /* a list of columns (fill_down.h) */
    const struct repair *repair;         /* NULL: none (encoding/repair.h) */
    struct unpacking unpacking;          /* of archives, and limits */
    struct request_said request;         /* of a URL */
    const struct web *web;               /* how it is come to, where a person
                                            names it; borrowed; or NULL */
    struct said *said;                   /* in the order they were said */
    unsigned count;
    struct arena memory; /* of what was said */
};

void spec_init(struct spec *spec);
void spec_release(struct spec *spec);
void spec_copy(struct spec *to, const struct spec *from);

/* Says an option; said again, the later one holds. False with err: no format
 * (or not the spec's own) has it, or its value means nothing; the caller puts
 * the option before the text of err. "format" is an option as well. */
bool spec_say(struct spec *spec, const char *name,
              const struct option_value *value, struct err *err);
/* The same, of a text that ends in NUL, and over what a mapping says: a format
 * that is named here does not take the options that it lacks. */
bool spec_override(struct spec *spec, const char *name, const char *text,
                   struct err *err);

/* Is an option a function of the script? */
bool spec_calls(const struct spec *spec);

/* The options of all formats, each name once, those first that every format
 * has; NULL after the last one. Without `script`, those that a command line
 * can say. */
const struct format_option *spec_option_at(unsigned index, bool script);
/* Appends the formats that have an option: "csv and tsv". */
void spec_formats_with(const char *name, struct buf *out);

#endif
