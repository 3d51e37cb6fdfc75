/* err.h: how a failure travels.
 *
 * Functions that can fail return bool and fill a `struct err` that the caller
 * owns, usually on its stack: a code and a line of text, no allocation. It is
 * untouched on success. `err_set` answers false, so a failure is one line:
 *
 *     return err_set(err, EXIT_INPUT, "%s: no such file", path);
 *
 * A reject (one row that cannot be used) is data and is not an err; an err
 * stops the run; a bug asserts. Codes are the process's exit codes
 *. Any thread. */
#ifndef FASTSYNC_ERR_H
#define FASTSYNC_ERR_H

#include <stdarg.h>
#include <stdbool.h>

enum exit_code {
    EXIT_DONE = 0,          /* every row accounted for, nothing rejected */
    EXIT_FAULT = 1,         /* a fault of fastsync itself */
    EXIT_USAGE = 2,         /* wrong usage or configuration, nothing sent */
    EXIT_REJECTS = 3,       /* done, but some rows were rejected */
    EXIT_INPUT = 4,         /* an input is not what it is said to be */
    EXIT_SCRIPT = 5,        /* the script is at fault */
    EXIT_RIGHTS = 6,        /* the server refuses credentials or rights */
    EXIT_PENDING = 7,       /* the server or the network gave up */
    EXIT_GUARD = 8,         /* a guard stopped the run before harm */
    EXIT_BUSY = 9,          /* another run of this mapping is going on */
    EXIT_INTERRUPTED = 130, /* Ctrl-C; what was in flight is in the journal */
};

struct err {
    enum exit_code code;
    char text[1024]; /* one line, shown (show.h), never a secret */
};

/* Iterators answer one of these; only STEP_FAIL fills the err. */
enum step { STEP_ITEM, STEP_END, STEP_FAIL };

#define PRINTF_LIKE(at, first) __attribute__((cold, format(printf, at, first)))

/* Fills `err` and answers false; no failure is EXIT_DONE. A text that does not
 * fit ends in "...". */
bool err_set(struct err *err, enum exit_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);
bool err_vset(struct err *err, enum exit_code code, const char *format,
              va_list args) PRINTF_LIKE(3, 0);

/* Ends what is said of a limit that no option raises. */
#define ERR_FIXED " (a fixed limit): save it as .csv, or in parts"

/* Puts "where: " in front of what `err` says already; answers false. */
bool err_prefix(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);
/* Puts "name: " in front, unless the text begins with the name already; answers
 * false. */
bool err_name(struct err *err, const char *name);

/* Several failures that are told together, on one line. Begins zeroed. */
struct errs {
    struct err all;
    unsigned count, cut; /* and those of them that there is no room for */
};

void errs_add(struct errs *errs, const struct err *err);
/* True: there was none. */
bool errs_end(const struct errs *errs, struct err *err);

#endif
