/* reader.h: XML as rows: what the files of the format share.
 *
 * The document is read twice. The first time outlines it: its rows and their
 * columns are known then, and that it is XML to its end. The second time it is
 * cut into whole rows, which the mappers build; that is where all of it is
 * plain (pieces.h). Otherwise expat reads it, both times, and the reader builds
 * a row at a time. No more than a chunk is held. */
#ifndef FASTSYNC_DECODE_TREE_XML_READER_H
#define FASTSYNC_DECODE_TREE_XML_READER_H

#include "build.h"
#include "decode/input.h"
#include "outline.h"
#include "pieces.h"
#include "stream.h"

struct xml_options {
    const char *encoding; /* NULL: as it declares */
    const char *at;       /* NULL: found */
    int names;            /* 0: local; 1: with their prefixes */
    bool trim;
    unsigned max_depth, max_attributes;
    size_t max_element;
};

struct xml_reader {
    struct stream stream;
    struct outline surveyed; /* stays as it is: mappers copy it meanwhile */
    struct outline outline;  /* the reader's own, of that */
    struct builder builder;
    struct buf path;    /* where the rows are, for people */
    bool guessed;       /* that was found */
    const char *untrue; /* as in struct stream */
    int *open;          /* the nodes of the elements that are open, */
    unsigned depth;     /* so many of them */
    unsigned max_depth;

    bool is_plain; /* all of it: this reads it, */
    struct pieces pieces;
    bool skips;         /* the row is longer than may be: it is not kept, */
    bool skipped;       /* and has ended, and is not told yet */
    struct buf prefix;  /* start tags around the chunk's first row, */
    struct place first; /* which stands there: */
    uint64_t cut_from;  /* from here on, the chunk's rows */
    uint64_t cut_to;    /* end here, */
    uint64_t cut_count; /* so many of them */

    /* The second time. */
    const struct input *input;
    struct chunk *chunk;
    struct place place; /* of the row that is built, or of the next one */
    unsigned row_depth; /* of the row that is being built; 0: none is */
    uint64_t row_at;    /* where it begins */
    uint64_t chunk_at;  /* where the chunk's first row does */
    char too_long[80];  /* what is said of a row that is */
};

/* False: everything is expat's. Tests set it. */
extern bool xml_plain;

/* survey.c: the first time: names the input's columns. EXIT_INPUT without the
 * input's name. */
bool xml_survey(struct input *input, struct xml_reader *reader,
                struct err *err);
struct stream_limits xml_limits(const struct xml_options *said);

/* rows.c: the second time. */
bool xml_begin_rows(struct input *input, struct xml_reader *reader,
                    struct err *err);
enum step xml_fill(struct input *input, struct chunk *chunk, struct err *err);
/* cut.c: the same of what is plain. */
enum step xml_cut(struct input *input, struct chunk *chunk, struct err *err);

#define XML_CHANGED "it changed while it was read"

/* map.c: the mapper's half. */
extern const struct row_reader xml_row_reader;

#endif
