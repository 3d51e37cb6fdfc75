/* repair.h: `repair`: text that was read in a wrong encoding once is read as it
 * was meant, in names of columns and in cells, of any format.
 *
 * "auto" repairs what leaves no doubt; the name of an encoding, more of that
 * one. Each repair is a warning of the row, with what stood there; so is a
 * letter that is lost for good. The row's origin stays as it was: a rejects
 * file shows what the input has, and is repaired when it is read. */
#ifndef FASTSYNC_DECODE_ENCODING_REPAIR_H
#define FASTSYNC_DECODE_ENCODING_REPAIR_H

#include "charset/misread.h"
#include "decode/input.h"
#include "decode/ready.h"

struct repair {
    const char *name;
    enum misreading wanted; /* MISREAD_NOT: any */
};

/* The repair of that name, or NULL; the names: "auto, tcvn3, … or ncr". */
const struct repair *repair_find(const char *name);
void repair_names(struct buf *out);

/* The names of an open input's columns. Where its spec goes by looks and says
 * no repair, names that plainly were misread say which. */
void repair_columns(struct input *input);

/* The mapper's, over one row after the other. Zero-initialised. */
struct repairer {
    struct value *cells; /* of the row, where one was repaired */
    unsigned cap;
    struct ready ready;
    struct buf text, meant;
    struct warnings warnings;
};

/* Repairs the row, whose cells are void then when the next one comes; what it
 * has of other memory lives in the chunk. */
void repair_row(struct repairer *repairer, struct chunk *chunk,
                struct row *row);
void repair_release(struct repairer *repairer);

#endif
