/* schema.h: the journal's tables, brought to this version's. For the journal's
 * files alone. */
#ifndef FASTSYNC_JOURNAL_SCHEMA_H
#define FASTSYNC_JOURNAL_SCHEMA_H

#include "db.h"

/* This program's version of the schema. */
uint64_t schema_version(void);
/* Counts what a schema may hold and ours never does: triggers, views, virtual
 * tables. What somebody else has put there runs in the midst of our statements,
 * and may have no end. */
extern const char schema_foreign[];
/* Is there none of it? EXIT_USAGE. Before a statement that names a table. */
bool schema_sound(struct db *db, struct err *err);
/* Creates the tables, or changes those of an older version. EXIT_USAGE where a
 * newer fastsync wrote them, or it is not sound. */
bool schema_migrate(struct db *db, struct err *err);

#endif
