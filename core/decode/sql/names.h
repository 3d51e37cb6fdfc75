/* names.h: the names of an input's tables, and what is said where none of
 * them is the one that is meant. One owner. */
#ifndef FASTSYNC_DECODE_SQL_NAMES_H
#define FASTSYNC_DECODE_SQL_NAMES_H

#include <stdbool.h>

#include "base/err.h"

struct sql_names {
    char **all; /* owned, in the order of the input */
    unsigned count;
};

void sql_names_add(struct sql_names *tables, const char *name);
void sql_names_drop(struct sql_names *tables); /* the last one */
void sql_names_release(struct sql_names *tables);
/* Why none of them is read. `asked`: the name that was said, or NULL; `none`:
 * what an input without any is told. Answers false. */
bool sql_names_refuse(const struct sql_names *tables, const char *asked,
                      const char *none, struct err *err);

#endif
