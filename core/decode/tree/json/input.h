/* input.h: what is known of a JSON input: for the files of this room.
 *
 * An array's values, values one after the other and lines are cut by the reader
 * into whole values, which the mappers parse. In a chunk of an array a comma
 * stands after each value, though in the input it may be what divides two
 * arrays of rows; what stood between these is blanks, so that every byte is as
 * far from the chunk's beginning as it was in the input: places in messages are
 * right. A row that has a name has it in front, with its colon. */
#ifndef FASTSYNC_DECODE_TREE_JSON_INPUT_H
#define FASTSYNC_DECODE_TREE_JSON_INPUT_H

#include "cut.h"
#include "decode/feed.h"
#include "decode/input.h"
#include "decode/tree/names.h"
#include "parse.h"
#include "walk.h"

struct json_options {
    const char *encoding;
    struct walk_path at;
    size_t max_value;
    unsigned max_depth;
    int header; /* of lists: 1, their first one; 0, none; -1: not said */
    bool trim;
};

enum json_layout {
    JSON_LINES,  /* a value a line */
    JSON_VALUES, /* values one after the other, or one */
    JSON_TREE,   /* arrays of values, somewhere in the text */
};

struct json_input {
    enum json_layout layout;
    size_t max_value;
    unsigned max_depth;
    struct tree_names names; /* of columns, in their order */
    int hint;                /* this column of the only row is a list; or -1 */
    bool walked;             /* something stands at the path */
    bool keyed;              /* rows may have names, */
    int key;                 /* which are this column's; or -1 */
    bool lists;              /* rows are lists, */
    unsigned width;          /* the longest of which has so many values, */
    uint64_t header; /* and this one, by line or number, is the header, */
    bool guessed;    /* as it looks; */
    bool maybe;      /* or is none, though it looks like one */

    /* The reader's. */
    struct feed feed;
    struct buf text;       /* of the input, */
    size_t at;             /* from here on not given yet, */
    uint64_t line, column; /* which stands there, from 1 and from 0 */
    uint64_t index;        /* of the next row, from 1 */
    struct cut cut;
    struct walk walk;
    bool inside; /* the walk has found rows, whose end is not met */
    bool some;   /* in this array there was a value */
    size_t lead; /* bytes of the next row that are its name */
    bool comma;  /* after what was given last a comma must stand */
    bool failed; /* it is no JSON from here on: */
    struct err failure;
};

/* What tests change, before anything is read. */
extern struct json_limits {
    size_t chunk; /* bytes that are read at once, and make a chunk */
    bool plain;   /* no shorter ways */
} json_limits;

/* Begins at the source's first byte. */
bool json_reader_open(struct input *input, struct err *err);
void json_reader_close(struct json_input *json);
enum step json_fill(struct input *input, struct chunk *chunk, struct err *err);

/* Finds the columns, from the first row to the last. */
bool json_survey(struct input *input, struct err *err);

extern const struct row_reader json_row_reader;

enum { JSON_SHOWN = 1024 }; /* bytes of a line that cannot be read */

/* A value is longer than may be: of that many bytes. */
#define JSON_LONG "a value longer than %zu bytes (max_value)"

#endif
