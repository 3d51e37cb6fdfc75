/* shape.h: the rejects of a run, as the files of this room see them: a file for
 * each shape of input. */
#ifndef FASTSYNC_REJECTS_SHAPE_H
#define FASTSYNC_REJECTS_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "place.h"
#include "rejects.h"

enum { SHAPES_MOST = 64 };

/* The rejects of all inputs with the same columns and dialect. */
struct shape {
    const struct input *input; /* the first of them */
    char *path, *part;         /* part: NULL where the path is no file */
    int fd;
    struct buf text; /* not yet written */
    uint64_t rows;
};

/* A file that the run reads. */
struct reading {
    struct identity identity;
    char *path;
    uint64_t hash; /* of a rejects file, when it was opened; else 0 */
};

/* Paths that the run tells of. */
struct paths {
    char **all;
    unsigned count;
};

struct rejects {
    char *path;
    const char *form;
    int part; /* the first shape's, until there is one; -1: none */
    struct shape shapes[SHAPES_MOST];
    unsigned count;
    struct shape *last;       /* of the input of the last reject */
    const struct input *seen; /* that `last` belongs to */
    uint64_t total;
    struct buf identities; /* of struct rejected */
    bool finished;
    bool keep;   /* what an earlier run left is added to */
    bool beside; /* and stays as it is: this one finds another name */
    bool stays;  /* and is not removed */
    struct reading *inputs;
    unsigned input_count;
    struct paths files, edited;
};

/* The path of a shape, by its number from 0; the caller frees it. */
char *shape_path(const struct rejects *rejects, unsigned index);
bool shape_flush(struct shape *shape, struct err *err);
/* False, with what is wrong with its file. */
bool shape_fail(const struct shape *shape, struct err *err);
/* Is the file an input of this run? */
bool shape_is_input(const struct rejects *rejects, const char *path);
/* The place, where nobody has been rejected. */
void shape_give_back(struct rejects *rejects);

#endif
