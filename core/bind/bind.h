/* bind.h: what Lua sees: a file a binding.
 *
 * A binding adds functions to the native table, which lua/fastsync/init.lua
 * turns into the library, or changes the globals that scripts get. It finds
 * the state's host through the extra space, reads its arguments before it
 * acquires anything, and raises only when nothing but Lua, the host or an
 * arena owns what it has. Expected failure answers nil and a message; misuse
 * raises with the script's file and line; what must stop the run whatever the
 * script does about it goes through host_stop.
 *
 * To add a binding: a file that defines `const struct binding binding_NAME`,
 * and one line in BINDINGS. */
#ifndef FASTSYNC_BIND_BIND_H
#define FASTSYNC_BIND_BIND_H

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "budget.h"
#include "client.h"
#include "decode/input.h"
#include "form/form.h"
#include "names.h"
#include "plan/lookup/lookup.h"
#include "row.h"
#include "source/reach.h"
#include "text/text.h"
#include "warning.h"

#define BINDINGS(X)                                                            \
    X(base)                                                                    \
    X(pairs)                                                                   \
    X(math)                                                                    \
    X(string)                                                                  \
    X(show)                                                                    \
    X(table)                                                                   \
    X(require)                                                                 \
    X(expression)                                                              \
    X(value)                                                                   \
    X(reject)                                                                  \
    X(text)                                                                    \
    X(row)                                                                     \
    X(source)                                                                  \
    X(rows)                                                                    \
    X(lookup)                                                                  \
    X(record)                                                                  \
    X(client)

struct binding {
    const luaL_Reg *functions; /* for the native table; may be NULL */
    /* Anything else, with the native table on top of the stack; may be NULL.
     * `globals` is the table of what scripts may reach by name alone. */
    void (*open)(lua_State *L, int globals);
};

#define BINDING_DECLARE(name) extern const struct binding binding_##name;
BINDINGS(BINDING_DECLARE)
#undef BINDING_DECLARE

struct match_cache;
struct compared;

/* The lines of a script that a row was warned of, and why (string/doubt.c). */
enum { HOST_DOUBTS = 16 };

struct host_doubts {
    uint64_t serial; /* of the row */
    unsigned count;
    long places[HOST_DOUBTS];
};

/* A state and what its bindings know of. */
struct host {
    struct budget budget; /* first: budget_of */
    lua_State *L;
    char *name;         /* of the script, as its messages begin */
    char *folder;       /* where its files are: "" or ends in '/' */
    struct reach reach; /* which files it may read */
    bool loading;       /* the script's own file, and what it requires */
    unsigned requiring; /* files that are being required, one in the other */
    struct compared *compared; /* what it compares; NULL: not loading */
    bool quiet; /* print says nothing but of a row: another state said it */
    struct err failure;    /* why host_stop stopped */
    struct buf scratch;    /* files being read, texts being made */
    struct text_call text; /* of text functions called on values */
    struct arena arena;    /* of one such call */
    struct match_cache *matches;
    const struct form *const *forms;
    const struct script_client *client; /* NULL: this script is not driving */

    struct option_function option; /* how functions in options are called */
    unsigned opened;               /* files that env.rows has opened */
    struct lookups *lookups;       /* of all states of the script */
    unsigned lookup_count;         /* that this state has made */

    /* The mapping in use. */
    const struct form *form;
    struct names fields;

    /* The row being mapped; NULL between rows. */
    const struct row *row;
    struct warnings *warnings; /* of the row */
    struct host_doubts doubts; /* about Lua's own string functions */
    const struct input *input;
    struct names columns; /* of input */
    uint64_t serial;      /* of the row: an old row has an older one */
    bool ordered;         /* a row may leave something for the next one */
    struct errs missing;  /* columns that it asked for and are not there */
    bool seeded;          /* math.random follows from this row already */
};

static inline struct host *host_of(lua_State *L)
{
    return (struct host *)(void *)budget_of(L);
}

/* The registry's key of the native table. */
extern const char host_native;

/* Opens the libraries and bindings; scripts' environment is from then on the
 * state's global table. Raises. */
void host_open(lua_State *L);
/* Pushes the function of a text chunk. Raises, also when the text is not
 * UTF-8; it is read in NFC. */
void host_load(lua_State *L, const char *text, size_t len, const char *chunk);
/* luaL_loadbufferx for texts, which the watch can end. */
int host_parse(lua_State *L, const char *text, size_t len, const char *chunk);

/* Raises "FILE:LINE: …", of the script's innermost line. */
int host_error(lua_State *L, const char *format, ...) PRINTF_LIKE(2, 3);
/* Stops the run: fills host->failure, FILE:LINE in front, and raises; no
 * pcall gets past it. */
int host_stop(lua_State *L, enum exit_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* A column is not there, as `why` says: noted in host->missing, which ends the
 * run after this row, or after setup. Pushes a blank in its place (row.c). */
int host_miss(lua_State *L, const struct err *why);
/* Stops where that is not about a row: nothing is made of blanks but the rest
 * of what was being read. Who called Lua says host->missing. */
void host_stop_missing(lua_State *L);
/* The nearest of the names for "did you mean", or NULL; names ends in NULL. */
const char *host_nearest(const char *name, const char *const *names);

/* Pushes a name of the program's own: no data, no NUL in it. NULL: nil. */
static inline void name_push(lua_State *L, const char *name)
{
    if (name == NULL)
        lua_pushnil(L);
    else
        lua_pushlstring(L, name, strlen(name));
}

/* Pushes the value at `at` as text, without an address (show.c); answers it.
 * len may be NULL. */
const char *show_push(lua_State *L, int at, size_t *len);
/* A walk (gmatch, env.rows) that was begun at the turn `begun` may be gone on
 * with now; raises where it is another row's, as the row before it would have
 * left it somewhere. */
static inline uint64_t host_turn(const struct host *host)
{
    return host->row != NULL && !host->ordered ? host->serial : 0;
}
void host_same_turn(lua_State *L, uint64_t begun, const char *what);

/* Values between Lua and the host (value.c). */

/* Reads the value at stack index `at`. Text borrows from Lua, or lies in the
 * arena where it had to be made NFC. Answers NULL, or why it is no value.
 * Never raises; sequences become VALUE_LIST, maps are refused. */
const char *value_take(lua_State *L, int at, struct arena *arena,
                       struct value *value);
/* Pushes a value; raises, also when a list or map costs more than the budget.
 * A decimal is an integer where 64 bits hold it, else a string of its digits.
 * A list is a sequence, null (not nil) where it holds nothing; a map is a table
 * that pairs goes through by name, without the members that are nil. */
void value_push(lua_State *L, const struct value *value);
/* Shown (base/screen/show.h), in the arena, for messages; cut where too long.
 */
const char *value_line(struct arena *arena, const char *text, size_t len);
/* The error object at `at`, as fast.reject made it: true, and its parts. */
bool reject_read(lua_State *L, int at, const char **reason, size_t *len,
                 const char **field);

/* The current row as Lua sees it, and its `at` (row.c); neither allocates. */
void row_push(lua_State *L);
void at_push(lua_State *L);

/* Fills one value for each of the form's fields from the record table at
 * stack index `at`; adds what is wrong to faults. Answers how many fields it
 * names, right or wrong; -1: a key is no name, which is then all that is said.
 * Never raises; needs ten free stack slots (record.c). */
int record_take(lua_State *L, int at, const struct form *form,
                struct names *names, struct value *values,
                struct faults *faults);
/* The form whose name is the argument; raises where there is none. */
const struct form *record_form(lua_State *L, int argument);

/* Expressions and mappings, as the script makes them (expression.c). */

/* Notes the one at `at`; raises where no script is being loaded. */
void expression_note(lua_State *L, int at);
/* Raises when an expression of the mapping's own file is in no mapping, and
 * forgets all that was noted. */
void expression_check(lua_State *L);

/* Is the value at `at` an expression? */
bool expression_is(lua_State *L, int at);

/* Names of expressions that are compared (compared.c), while the script's own
 * file, whose text is given, is loaded. */
void compared_begin(struct host *host, const char *text, size_t len);
void compared_end(struct host *host); /* also where it did not begin */
/* A line of a script is come to. Raises where it compares an expression. */
void compared_line(lua_State *L, lua_Debug *ar);

/* Source tables, as fast.csv makes them (source.c). */

/* How many inputs the value at `at` names: sources, paths, lists of them.
 * Fills specs (NULL: only counts). Stops with script and line on nonsense. */
unsigned source_specs(lua_State *L, int at, struct spec *specs, unsigned max);
/* Pushes the `env` that setup gets (lookup/rows.c). */
void env_push(lua_State *L);
/* The column whose name stands at `at`; stops where there is none
 * (lookup/lookup.c). */
uint32_t lookup_column_at(lua_State *L, const struct lookup *lookup, int at);
/* Pushes the table of what `require` has loaded, by name (require.c). */
void modules_push(lua_State *L);
/* Pushes what a JSON text says; null is fast.null. Raises on bad JSON. */
void json_push(lua_State *L, const char *text, size_t len);
/* First capture, or the match, of a Lua pattern: text_call.match. */
bool match_text(void *host, const struct value *text,
                const struct value *pattern, struct value *found,
                struct text_call *call);
void match_cache_free(struct match_cache *cache);
/* Charges these functions of the library on top of the stack for the texts
 * that they are given (charge.c). */
void charge_texts(lua_State *L, const char *const *names);
/* A lua_CFunction that opens cjson for scripts (cjson.c); only where
 * HAVE_CJSON is set. */
int bind_cjson(lua_State *L);

#endif
