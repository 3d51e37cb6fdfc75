/* log.h: what is said while working, on standard error.
 *
 * Results never go here; they go to standard output through print.h. A message
 * is one line and reads like a compiler's: whatever it holds is shown (show.h),
 * a line end as well. It must not hold a secret: callers pass names of things,
 * never credentials, headers or whole URLs with user information. The settings
 * are made once, before threads start; log_* may then be called from any
 * thread. */
#ifndef FASTSYNC_LOG_H
#define FASTSYNC_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_ERROR, LOG_WARN, LOG_NOTE, LOG_DEBUG };
enum log_when { LOG_AUTO, LOG_ALWAYS, LOG_NEVER };

/* Where a row's message belongs; what is NULL or 0 is not known. */
struct log_row {
    const char *file;
    uint64_t line;
    const char *field, *key;
    const char *kind; /* "rejected", or a warning's */
    bool doubt;       /* a warning: the row is taken */
};

struct log_settings {
    enum log_level level; /* -q: LOG_WARN; default LOG_NOTE; -v: LOG_DEBUG */
    bool hold; /* -qq: messages of rows wait for log_rows, or for an error */
    bool json; /* --log-format json: one object a line */
    enum log_when color;    /* --color */
    enum log_when progress; /* --progress */
};

void log_setup(const struct log_settings *settings);

void log_error(const char *format, ...)
    __attribute__((cold, format(printf, 1, 2)));
void log_warn(const char *format, ...)
    __attribute__((cold, format(printf, 1, 2)));
void log_note(const char *format, ...)
    __attribute__((cold, format(printf, 1, 2)));
void log_debug(const char *format, ...)
    __attribute__((cold, format(printf, 1, 2)));

/* A message of level LOG_WARN about a row: in JSON with what is known of it as
 * members; in text its beginning, `place` bytes, is painted. */
void log_row(const struct log_row *row, size_t place, const char *text);
/* What was held of them is said (or dropped). */
void log_rows(bool said);

/* True where log_debug says anything: for those who put much together. */
bool log_debug_wanted(void);
/* True where standard error is a terminal that may be drawn upon. */
bool log_is_terminal(void);
/* Draws or redraws the progress line on a terminal ("" removes it); off a
 * terminal prints it as a plain line. Messages keep out of its way. */
void log_progress(const char *line);
bool log_progress_wanted(void);

#endif
