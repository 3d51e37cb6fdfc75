/* find.h: which elements of a document are its rows: those at a path that is
 * said, or those that repeat and make up most of it. Pure. */
#ifndef FASTSYNC_DECODE_TREE_XML_FIND_H
#define FASTSYNC_DECODE_TREE_XML_FIND_H

#include "base/err.h"
#include "outline.h"

/* Marks the rows of a document that was outlined, and appends where they are to
 * `path`. `at`: names from the root on, with '/' between them, '*' for any;
 * "//customer" wherever it stands; NULL: it is found. False: there are none, or
 * nobody can say which; EXIT_INPUT without the input's name. */
bool find_rows(struct outline *outline, const char *at, struct buf *path,
               struct err *err);

#endif
