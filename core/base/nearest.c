/* nearest.c: edit distance with neighbouring letters exchanged as half an edit
 * (Damerau's, restricted), over folded bytes: by three rows of the usual table.
 * A name that is contained in another counts as nearly the same, so that
 * "Phone" finds PhoneNumber; but a name that is one edit away is nearer. */
#include "nearest.h"

#include "case.h"

enum { LONGEST = 64 }; /* bytes compared; no name is longer */

/* In halves of an edit. What was written lacks letters more often than it has
 * whole words too many. */
enum { EXCHANGE = 1, EDIT = 2, PART_OF = 3, WHOLE_OF = 4 };

static size_t min_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edit_distance(const char *a, size_t a_len, const char *b,
                            size_t b_len)
{
    /* Three rows: an exchange of neighbours looks back by two. */
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_len; j++)
        before[j] = last[j] = j * EDIT;
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = i * EDIT;
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1] ? EDIT : 0);
            row[j] = min_of(change, min_of(last[j], row[j - 1]) + EDIT);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = min_of(row[j], before[j - 2] + EXCHANGE);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[b_len];
}

/* Of fewer than three letters nearly every name has some part. */
static bool contains(const struct buf *whole, const struct buf *part)
{
    if (part->len < 3)
        return false;
    for (size_t i = 0; i + part->len <= whole->len; i++) {
        if (memcmp(whole->at + i, part->at, part->len) == 0)
            return true;
    }
    return false;
}

static void fold(struct buf *folded, const char *name, size_t len)
{
    buf_clear(folded);
    /* Of a text of megabytes no more is folded than can be compared. */
    utf8_fold(folded, name, min_of(len, 4 * LONGEST));
    folded->len = min_of(folded->len, LONGEST);
}

void nearest_init(struct nearest *nearest, const char *name, size_t len)
{
    *nearest = (struct nearest){0};
    fold(&nearest->wanted, name, len);
    /* The best that was found so far. More edits than one, and one for every
     * three letters, are no slip of the finger, and nothing is suggested. */
    nearest->distance = (nearest->wanted.len / 3 + 1) * EDIT + 1;
}

/* `ties`: of equally near ones the lesser name is taken. */
static void try_name(struct nearest *nearest, const char *name, bool ties)
{
    const struct buf *wanted = &nearest->wanted;
    struct buf *tried = &nearest->tried;
    fold(tried, name, strlen(name));
    size_t distance =
        edit_distance(wanted->at, wanted->len, tried->at, tried->len);
    if (contains(tried, wanted))
        distance = min_of(distance, PART_OF);
    if (contains(wanted, tried))
        distance = min_of(distance, WHOLE_OF);
    /* A name of which no letter stays is another word: "os" is no "row". */
    if (distance >= min_of(wanted->len, tried->len) * EDIT)
        return;
    bool tie = ties && nearest->best != NULL && distance == nearest->distance;
    if (distance < nearest->distance ||
        (tie && strcmp(name, nearest->best) < 0)) {
        nearest->distance = distance;
        nearest->best = name;
    }
}

void nearest_try(struct nearest *nearest, const char *name)
{
    try_name(nearest, name, false);
}

void nearest_try_any(struct nearest *nearest, const char *name)
{
    try_name(nearest, name, true);
}

const char *nearest_end(struct nearest *nearest)
{
    const char *best = nearest->best;
    buf_release(&nearest->wanted);
    buf_release(&nearest->tried);
    return best;
}
