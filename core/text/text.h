/* text.h: the text functions: each one row of one table.
 *
 * From a row come the function on values (`fast.upper(s)`), the method on
 * expressions (`col "X":upper()`) and on strings (`row.x:title()`, where Lua's
 * own library has no such name), the help and the editor types; the plan and
 * the bindings call the same C function. Functions are pure: they answer from
 * their arguments alone, borrow texts from them where nothing changes, and
 * take memory only from the call's arena.
 *
 * A text argument may be of any type but a list or a map, which are refused
 * with the function's name: nil and fast.empty are taken as "", numbers and
 * booleans as the text a form field would show (30, 30.0 and "30" are all
 * "30"), decimals as their digits (12.10). A function that cannot answer calls
 * text_refuse and answers false: the row is rejected with that reason (on
 * values: an error).
 *
 * Arguments of the kinds ARG_STRING, ARG_INTEGER and ARG_OPTIONS are checked
 * before anything else, so a call with a nil subject refuses only when they
 * are wrong: that is how a plan checks them while it is compiled.
 *
 * To add a text function: a C function in the file of its subject and one row
 * in that file's table; a new file: one line in TEXT_FILES. */
#ifndef FASTSYNC_TEXT_TEXT_H
#define FASTSYNC_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"
#include "row.h"

/* The keys of a table for messages: how many, and the first few of them in
 * order, so that a message does not depend on how a table is stored. */
enum { TEXT_KNOWN = 5 };

struct text_call;

struct text_known {
    struct value first[TEXT_KNOWN]; /* texts; kept in byte order */
    unsigned count;
};

void text_known_add(struct text_known *known, struct value key);

/* A table that `pick` looks things up in: compiled once in a plan, or a Lua
 * table itself when called on values. Keys are texts: the number 30 and true
 * are met by "30" and "true", so a Lua table is asked for the text first and
 * then for the number or boolean that it reads as. */
struct text_lookup {
    void *table;
    /* True and *found when the text `key` (trimmed, may be "") is there. */
    bool (*find)(void *table, const struct value *key, struct value *found);
    /* Gives every key to text_known_add, as text. */
    void (*keys)(void *table, struct text_known *known);
};

/* What `lookup` looks things up in: a column of rows that were loaded before
 * (plan/lookup). */
struct text_rows {
    const void *lookup;
    uint32_t column;
    /* The column's value in the key's row; what is not there answers
     * `otherwise`, where that is not nil. False: refused. A blank key is asked
     * for also before the rows are there. */
    bool (*find)(const struct text_rows *rows, struct text_call *call,
                 const struct value *key, const struct value *otherwise,
                 struct value *answer);
};

/* What fast.same and fast.empty are: in Lua light userdata of these two
 * addresses, in a struct value VALUE_EMPTY for the one, and for the other the
 * value that text_same_value answers, known by its pointer; only `pick` takes
 * that one. */
extern const char text_same[], text_empty[];

static inline struct value text_same_value(void)
{
    return (struct value){.text = text_same, .type = VALUE_TEXT};
}

static inline bool text_is_same(const struct value *value)
{
    return value->type == VALUE_TEXT && value->text == text_same;
}

/* What a call works in. All zero but the arena is valid. */
struct text_call {
    struct arena *arena;
    struct buf scratch; /* working space of the thread, kept between calls */
    const char *reason; /* why it answered false; in the arena. NULL: match
                         * answered false, and the host knows why and stops */
    bool remarks;       /* the caller wants remarks: others cost nothing */
    const char *remark; /* what was changed or left out, or NULL; the caller
                         * clears it before the call */
    struct warnings *warnings; /* of the row at hand; NULL: nobody listens */
    /* First capture (or whole match) of a Lua pattern, VALUE_NIL where there
     * is none; set by the host. */
    bool (*match)(void *host, const struct value *text,
                  const struct value *pattern, struct value *found,
                  struct text_call *call);
    void *host;
};

bool text_refuse(struct text_call *call, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* Adds to the remark (after "; " where there is one), if any are wanted. */
void text_remark(struct text_call *call, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* Adds to *notes in the same way, whether or not any are wanted. */
void text_note(struct text_call *call, const char **notes, const char *format,
               ...) __attribute__((cold, format(printf, 3, 4)));
/* Says that the value is doubtful (warning.h), if anybody listens. */
#define text_warn(call, kind, value, ...)                                      \
    warn((call)->warnings, kind, NULL, value, __VA_ARGS__)

/* What an argument may be. */
enum text_arg {
    ARG_NONE,
    ARG_TEXT,    /* a value, taken as text; an expression in a plan */
    ARG_ANY,     /* a value of any type, kept as it is; or an expression */
    ARG_STRING,  /* a text (or number); a constant in a plan */
    ARG_INTEGER, /* a whole number; a constant in a plan */
    ARG_LOOKUP,  /* a table for pick; its place in `all` is VALUE_NIL */
    ARG_OPTIONS, /* { decimal = "," }; its place in `all` is VALUE_NIL */
    ARG_ROWS,    /* a lookup; its place in `all` is VALUE_NIL. A column of its
                    rows, an ARG_STRING, comes next */
    ARG_REST,    /* any number of further ARG_ANY; the last in a shape */

    ARG_KIND = 15,
    ARG_OPTIONAL = 16, /* or-ed: may be left out (VALUE_NIL) */
};

enum { TEXT_MAX_ARGS = 32, TEXT_SHAPE = 4, TEXT_MAX_OPTIONS = 4 };

/* Bytes that the longest text has which a function takes or makes: no field
 * holds a thousandth of it, and a script's cap on memory does not count here.
 */
enum { TEXT_MAX = 16 << 20 };

struct text_args {
    /* As many as the shape names, ARG_REST not counted, and then what was
     * given for ARG_REST. What was left out is VALUE_NIL. */
    const struct value *all;
    unsigned count;
    const struct text_lookup *lookup; /* for ARG_LOOKUP */
    const struct text_rows *rows;     /* for ARG_ROWS */
    const struct value *options;      /* for ARG_OPTIONS: one value for each
                                       * of the function's option names */
    const char *name; /* of the function, for messages; NULL: none */
};

struct text_function {
    const char *name;                /* "upper", or "vn.phone" */
    const char *usage;               /* "sub(s, i, j)" */
    const char *help;                /* one line */
    const char *answer;              /* for editors: "string", "number", ... */
    unsigned char shape[TEXT_SHAPE]; /* enum text_arg */
    bool (*call)(struct text_call *call, const struct text_args *args,
                 struct value *answer);
    const char *const *options; /* names for ARG_OPTIONS, ends with NULL */
    /* The argument that a method's own value is: `col "X":sub(1, 3)` is
     * sub(col "X", 1, 3); join has its separator first in both ways. */
    unsigned char subject;
    bool remark; /* on values it answers the remark as a second one */
};

#define TEXT_FILES(X)                                                          \
    X(space)                                                                   \
    X(letters) X(parts) X(lists) X(unescape) X(choose) X(number) X(date) X(vn)

/* Each file's rows; the last one has name NULL. */
#define TEXT_DECLARE(name) extern const struct text_function text_##name[];
TEXT_FILES(TEXT_DECLARE)
#undef TEXT_DECLARE

/* Every function, in the files' order; ends with NULL. */
const struct text_function *const *text_functions(void);
const struct text_function *text_find(const char *name, size_t len);

/* The value as text functions see it; false (refused) for a list or map. */
bool text_of(struct text_call *call, const struct value *value,
             struct value *text);
/* The slow half of text_argument (answer.h): numbers become texts, lists and
 * maps are refused by name. */
bool text_convert(struct text_call *call, const struct text_args *args,
                  unsigned i, struct value *text);
/* True for nil, "", fast.empty, white space alone, a list or map of such. */
bool text_blank(const struct value *value);
/* The value for a message, in quotes, shortened, on one line; in the arena. */
const char *text_show(struct text_call *call, const struct value *value);

#endif
