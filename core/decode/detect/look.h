/* look.h: what a file that is no text is, by what stands in it. For detect.h's
 * files alone; of names, paths/ asks as well. */
#ifndef FASTSYNC_DECODE_DETECT_LOOK_H
#define FASTSYNC_DECODE_DETECT_LOOK_H

#include <stdbool.h>

#include "base/err.h"
#include "source/source.h"

struct zip_limits;

/* A kind of file, known for what it is. */
struct kind {
    const char *title;  /* "an XLSX workbook" */
    const char *format; /* that reads it, or NULL */
    const char *advice; /* what to do where none does */
};

/* What no format reads: by its first bytes, by the text that it begins with, by
 * what it is called, which counts for a text alone. NULL: nothing is known of
 * it. Pure. */
const struct kind *detect_bytes(const char *head, size_t len);
const struct kind *detect_text(const char *head, size_t len);
const struct kind *detect_name(const char *name, size_t len);

/* Is a text JSON, by what it begins with? */
enum text_json {
    TEXT_OTHER,
    TEXT_JSON_LIKE, /* it begins like JSON, and may be something else */
    TEXT_JSON,      /* an object; if more follow, nobody knows how */
    TEXT_VALUES,    /* objects, over several lines, or several in one */
    TEXT_JSON_LIST,
    TEXT_PAGES,    /* a line is a list of rows, and so is the next one */
    TEXT_NDJSON,   /* a line is a value, and the next one is another */
    TEXT_SHORTCUT, /* Google's, to a document */
};
enum text_json detect_json(const char *head, size_t len);

/* What a file ends as, whose first bytes are no text: a zip archive, or the
 * last part of one. NULL: nothing of the kind, or it comes through a pipe. */
const struct kind *detect_tail(struct source *source, const char *head,
                               size_t len);

/* A zip that is a package: a workbook, a document. Spools the source, and reads
 * nothing from it; *kind NULL: none that is known. False: it is damaged, or
 * cannot be read. */
bool detect_package(struct source *source, const struct zip_limits *limits,
                    const struct kind **kind, struct err *err);

#endif
