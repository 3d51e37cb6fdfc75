/* option.h: what may be said of an input beside its path: the options of a
 * format, each a row of the format's own table.
 *
 * From the rows follow what fast.NAME { … } takes, the options of the command
 * line and their help, and which option belongs to which format. A row says
 * where in the format's options its value goes, and how it is read. Pure. */
#ifndef FASTSYNC_DECODE_OPTION_H
#define FASTSYNC_DECODE_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "row.h"

enum option_type {
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_TRUTH,
    OPTION_LIST,     /* of values; one value by itself is a list of one */
    OPTION_TABLE,    /* of names and values; in a script alone */
    OPTION_FUNCTION, /* of the script; in a script alone */
};

/* A function of the script. It may be called while the input is being opened,
 * by the thread that opens it, and never later: then the script is mapping.
 * Texts of the answer live in the arena. */
struct option_function {
    bool (*call)(const struct option_function *function,
                 const struct value *args, unsigned count, struct arena *arena,
                 struct value *answer, struct err *err);
    void *host;
    int reference; /* of the host's own */
};

/* A value as it was said. What is no list, table or function has its text. */
struct option_value {
    enum option_type type;
    const char *text; /* ends in NUL, which does not count */
    size_t len;
    const struct option_value *items; /* of a list; of a table: name, value, */
    unsigned count;                   /* name, value … */
    struct option_function function;
};

struct format_option {
    const char *name;
    const char *argument; /* what --help calls its value; NULL: a script alone
                             can say it */
    const char *help;
    enum option_type type;
    size_t offset; /* of what it sets, in the format's options */
    /* Sets it; false with err (EXIT_USAGE) when the value means nothing: the
     * text of err names the value, the caller puts the option before. The
     * value lives as long as the input. */
    bool (*set)(void *member, const struct option_value *value,
                struct err *err);
};

/* The row of that name among rows that end with name NULL, or NULL. */
const struct format_option *option_find(const struct format_option *rows,
                                        const char *name);
/* Sets it in `options`, the format's own; a value of another type than the
 * row's is refused. */
bool option_set(const struct format_option *row, void *options,
                const struct option_value *value, struct err *err);
struct option_value option_text_value(const char *text, size_t len);
/* A copy whose every part lives in the arena. */
struct option_value option_value_copy(const struct option_value *value,
                                      struct arena *arena);

/* What a message shows of a value's text: its first letters; a NUL, which would
 * end it there, as \u{0}. */
enum { OPTION_SHOWN = 40 };
struct option_shown {
    char text[OPTION_SHOWN * sizeof "\\u{0}"];
};
const char *option_show(const struct option_value *value,
                        struct option_shown *shown);

/* How values are read, for `set`. */
bool option_text(void *text, const struct option_value *, struct err *);
bool option_truth(void *truth, const struct option_value *, struct err *);
/* A byte, by itself or by name (int); the second takes 0 for "none" too. */
bool option_byte(void *byte, const struct option_value *, struct err *);
bool option_byte_or_none(void *byte, const struct option_value *, struct err *);
/* A line number from 1, or 0 for none (int). */
bool option_line(void *line, const struct option_value *, struct err *);
/* So many bytes, with K or M for 1024 or 1024 * 1024 of them (size_t). */
bool option_size(void *size, const struct option_value *, struct err *);
/* The same, also with G and T, of any size (uint64_t). */
bool option_bytes(void *size, const struct option_value *, struct err *);
/* A number from 1 to a thousand million, or to `most` (unsigned). */
bool option_count(void *count, const struct option_value *, struct err *);
bool option_count_to(void *count, unsigned most, const struct option_value *,
                     struct err *);
/* One of two words, in any letter case: 0 or 1 (int). */
bool option_either(void *place, const char *zero, const char *one,
                   const struct option_value *, struct err *);
/* A name that charset_known knows (const char *). */
bool option_encoding(void *name, const struct option_value *, struct err *);
/* The value itself (struct option_value): a list, a table, a function. */
bool option_whole(void *whole, const struct option_value *, struct err *);

#endif
