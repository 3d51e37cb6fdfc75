/* place.h: where rejects files stand: names, what is there, and the
 * file that is being written.
 *
 * That one is PATH.part, and this process's own by a lock: `check` and `run
 * --sandbox` take no lock of the journal, and may go on beside a run. The lock
 * holds until the file is closed, by whatever descriptor: nobody else opens
 * it. Any thread. */
#ifndef FASTSYNC_REJECTS_PLACE_H
#define FASTSYNC_REJECTS_PLACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* A file, whatever its name. */
struct identity {
    dev_t device;
    ino_t number;
};

/* False: there is no file at that path. */
bool rejects_identify(const char *path, struct identity *identity);

/* Is there a file, and is it one of ours? A link to a file is none: renaming
 * would put an end to it, and it may be /dev/stdout. */
enum there { NOTHING, OURS, NOT_OURS, NO_FILE };

enum there rejects_look(const char *path);
/* PATH with WORD (".2") before its extension; the caller frees it. */
char *rejects_name(const char *path, const char *word);
/* PATH, then those beside it where others keep it: PATH.again, PATH.again.2 …;
 * the caller frees it. */
char *rejects_again_name(const char *path, unsigned number);
/* PATH, then the names beside it for what a resume cannot add to it:
 * PATH.resumed, PATH.resumed.2 …, before its extension; the caller frees it. */
char *rejects_resumed_name(const char *path, unsigned number);
/* For what people have edited, from 1: PATH.edited, PATH.edited.2 …; the caller
 * frees it. */
char *rejects_edited_name(const char *path, unsigned number);
/* Is there a folder that takes a new file? False: errno. */
bool rejects_has_folder(const char *path);

/* Opens the part, empty and locked, to read and to write; -1: err, EXIT_BUSY
 * where another process has it now. */
int rejects_claim(const char *part, struct err *err);
/* The part of PATH was not needed: it goes, and its lock. */
void rejects_unclaim(const char *path, int fd);
/* Renames, and waits until the name is on the disk. False: errno. */
bool rejects_rename(const char *from, const char *to);

#endif
