/* written.h: is a rejects file as fastsync wrote it, or have people worked on
 * it? And has a run read what they made of it?
 *
 * A note beside the file, .NAME.written, has its hash and its rows. A file
 * without a note, or with another hash, is people's work: nothing may replace
 * it. A note that cannot be written makes one file too many look like that,
 * never one too few. Any thread. */
#ifndef FASTSYNC_REJECTS_WRITTEN_H
#define FASTSYNC_REJECTS_WRITTEN_H

#include <stdbool.h>
#include <stdint.h>

struct written {
    bool edited;   /* not as it was written, or nobody knows */
    bool taken;    /* a run has read all its rows as they are now */
    uint64_t rows; /* that were written */
};

/* The hash of a file; 0: it cannot be read. */
uint64_t written_hash(const char *path);
struct written written_look(const char *path);
/* The file at `path` has just been written. */
void written_note(const char *path, uint64_t rows);
/* A run has read it when it had that hash. */
void written_taken(const char *path, uint64_t hash);
/* The file has another name; or it is gone. */
void written_move(const char *from, const char *to);
void written_forget(const char *path);

#endif
