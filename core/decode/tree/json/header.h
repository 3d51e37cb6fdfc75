/* header.h: of lists as rows, the one that says what columns are called. */
#ifndef FASTSYNC_DECODE_TREE_JSON_HEADER_H
#define FASTSYNC_DECODE_TREE_JSON_HEADER_H

#include "input.h"

/* The names of columns, in the arena of names, that the first list holds;
 * NULL: it is a row. Says in json->guessed and json->maybe what is to be told
 * of that. */
const struct value *json_header(const struct input *input,
                                const struct value *cells, unsigned width);

#endif
