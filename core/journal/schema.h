/* schema.h: the journal's tables, brought to this version's. For the journal's
 * files alone. */
#ifndef FASTSYNC_JOURNAL_SCHEMA_H
#define FASTSYNC_JOURNAL_SCHEMA_H

#include "db.h"

/* This program's version of the schema. */
uint64_t schema_version(void);
/* Is it a journal's, or empty? Another program's is EXIT_USAGE, before anything
 * is changed in it. */
bool schema_known(struct db *db, struct err *err);
/* Creates the tables, or changes those of an older version. EXIT_USAGE where a
 * newer fastsync wrote them. */
bool schema_migrate(struct db *db, struct err *err);

#endif
