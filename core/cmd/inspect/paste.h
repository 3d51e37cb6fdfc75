/* paste.h: the mapping that follows from what was found: a file as it stands.
 *
 * It is made of one input; where several make the same, it names them all. Its
 * owner releases it. */
#ifndef FASTSYNC_CMD_INSPECT_PASTE_H
#define FASTSYNC_CMD_INSPECT_PASTE_H

#include "gather.h"

struct paste {
    struct buf format;  /* the source's function, fast.NAME */
    struct buf options; /* of the source, a line each */
    struct buf fields;  /* a line each, as they are shown */
};

/* Without columns there is none: `fields` is empty. */
void paste_make(const struct gather *gather, struct paste *paste);
void paste_release(struct paste *paste);
bool paste_is_same(const struct paste *a, const struct paste *b);
/* Appends `fast.csv { "kh.csv", delimiter = ";" }`, paths as they were given;
 * in lines where it is wider than `width`. */
void paste_source(const struct paste *paste, char *const *paths, unsigned count,
                  size_t width, struct buf *out);
/* Appends the whole file. */
void paste_put(const struct paste *paste, char *const *paths, unsigned count,
               size_t width, struct buf *out);

/* Calls `take` for each field that suggests itself, in the form's order. */
void paste_fields(const struct gather *gather,
                  void (*take)(void *out, const char *field, unsigned column),
                  void *out);
/* The same for each field that the form wants and no column is sure for. */
void paste_missing(const struct gather *gather,
                   void (*take)(void *out, const char *field), void *out);

#endif
