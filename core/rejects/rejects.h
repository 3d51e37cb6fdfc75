/* rejects.h: the rows that could not be used, in a file that is itself an
 * input: the source's own columns and rows, and _key, _line, _field, _reason.
 *
 * UTF-8 with BOM, in the input's dialect; once corrected it is read by the
 * same mapping. The source's cells stand in it as they are, but for a mark in
 * front of what a spreadsheet would run or change, which reading takes off
 * (marks.h).
 *
 * It is written to a temporary name beside its place and renamed when the run
 * ends, 0600; a run without rejects removes what an earlier one left, so that
 * the file always tells of the last run. What people have worked on is neither
 * replaced nor removed: a file that is not as it was written (written.h) stays,
 * or makes room under another name, rejects.edited.csv, rejects.edited.2.csv.
 * An input whose columns differ from the first one's gets a file of its own:
 * rejects.2.csv. A rejects file that is an input of this very run stays, as
 * what is in it may not reach Fast yet; the new one is rejects.again.csv then.
 * What is no file (a device, a pipe) is written to as it is. The place is one
 * process's at a time: another one is refused it with EXIT_BUSY before it
 * begins. The first rejects are also said as messages:
 *
 *     khach-hang.csv:1042: Email: 131 characters, at most 128 (setCustomer)
 *
 * Sender's thread. */
#ifndef FASTSYNC_REJECTS_H
#define FASTSYNC_REJECTS_H

#include "base/err.h"
#include "decode/input.h"
#include "record.h"

struct rejects;

enum { REJECTS_SAID = 20 }; /* as messages */

/* What makes a reject the same one in two runs (identity.h). */
struct rejected {
    uint64_t identity;
    bool earlier; /* the row is an earlier run's */
};

/* Nothing is created yet. `form` is for messages. A file in that place which is
 * no rejects file is EXIT_USAGE, as is a folder that is not there or takes no
 * files. */
struct rejects *rejects_open(const char *path, const char *form,
                             struct err *err);
/* Says that this is an input of the run, whose file must stay. */
void rejects_input(struct rejects *rejects, const struct input *input);
/* Takes the place, after rejects_input of what is known and before anything is
 * sent. EXIT_BUSY: another process has it; EXIT_USAGE: an input stands there.
 */
bool rejects_begin(struct rejects *rejects, struct err *err);
/* No row of an input came: what an earlier run left still holds, and rejects of
 * this one go after it; where the columns differ, into rejects.resumed.csv,
 * rejects.resumed.2.csv …, the first that is not there or has these. */
void rejects_keep(struct rejects *rejects);
/* The run does not see the whole of an export: what earlier ones left is not
 * removed. `beside`: nor replaced, as it is not of rows like these. */
void rejects_part(struct rejects *rejects, bool beside);
bool rejects_add(struct rejects *rejects, const struct input *input,
                 const struct reject *reject, struct err *err);
/* Flushes, renames into place; *path is NULL where nothing was rejected, and
 * where it could not be written. */
bool rejects_finish(struct rejects *rejects, const char **path,
                    struct err *err);
/* After rejects_finish: the files of this run's rejects; and those of earlier
 * ones that people have edited and no run has read, where they are now. */
unsigned rejects_files(const struct rejects *rejects, char *const **files);
unsigned rejects_edited(const struct rejects *rejects, char *const **files);
/* All that were added. */
const struct rejected *rejects_identities(const struct rejects *rejects,
                                          size_t *count);
/* All rows of the inputs have been sent or rejected: of those that are rejects
 * files that is remembered. */
void rejects_taken(const struct rejects *rejects);
/* NULL is allowed. Unfinished ones are left as FILE.part. */
void rejects_free(struct rejects *rejects);

#endif
