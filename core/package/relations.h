/* relations.h: what a part of an Office package says that it is related to:
 * `xl/_rels/workbook.xml.rels` beside `xl/workbook.xml`.
 *
 * Targets are resolved to names of parts: an absolute one from the package's
 * root, another one from the folder of the part that it belongs to. */
#ifndef FASTSYNC_PACKAGE_RELATIONS_H
#define FASTSYNC_PACKAGE_RELATIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "zip.h"

struct relation {
    const char *id;
    const char *type;   /* the last word of it: "worksheet" */
    const char *target; /* a part's name, which need not be there */
    bool external;      /* it is no part: a link */
};

struct relations {
    struct arena arena;
    struct relation *all;
    unsigned count, cap;
};

/* Those of the part, "" for the package itself; none where it has no such
 * part. Filled even where it fails; to be released. */
bool relations_read(struct relations *relations, struct zip *zip,
                    const char *part, struct err *err);
void relations_release(struct relations *relations);

/* By id, or by the last word of its type; the first one, or NULL. */
const struct relation *relations_find(const struct relations *relations,
                                      const char *id);
const struct relation *relations_of_type(const struct relations *relations,
                                         const char *type);

#endif
