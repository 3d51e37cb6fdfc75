/* rows.c: env.rows(source): the rows of another file, for tables of a script's
 * own.
 *
 *     setup = function(env)
 *       for row in env.rows(fast.csv "addresses.csv") do
 *         cities[row.PARTNERID] = row.CITY
 *       end
 *     end
 *
 * Both halves of the format run here, in the script's own thread. Unlike the
 * row of a map these rows are tables, made to be kept. A row that cannot be
 * used, or a file that cannot be read, stops the run: a lookup that lacks
 * something would send wrong records. In setup each row begins a new budget,
 * as files may be long; so there must not be any number of files. */
#include "bind/bind.h"

#include <stdlib.h>

#include "base/interrupt.h"
#include "decode/cursor.h"
#include "decode/paths/pattern.h"
#include "source/taken.h"

/* Files a state may open, and what it costs while a row is mapped. */
enum { FILES_MAX = 10000, OPEN_STEPS = 100000 };

struct lookup {
    struct spec spec;    /* here, as errors jump: __gc releases it */
    struct input *input; /* NULL: closed */
    struct cursor cursor;
    uint64_t turn; /* in which it was begun */
};

static const char lookup_key;

/* At the end of the rows or by the collector, whichever comes first. */
static void close_lookup(struct lookup *lookup)
{
    if (lookup->input == NULL)
        return;
    cursor_close(&lookup->cursor);
    input_close(lookup->input);
    lookup->input = NULL;
}

static int collect(lua_State *L)
{
    struct lookup *lookup = lua_touserdata(L, 1);
    close_lookup(lookup);
    spec_release(&lookup->spec);
    return 0;
}

/* The next row; false at the end. */
static bool next_row(lua_State *L, struct lookup *lookup, struct row *row)
{
    struct err err;
    enum step step = cursor_next(&lookup->cursor, row, &err);
    if (step == STEP_FAIL)
        host_stop(L, err.code, "%s", err.text);
    return step == STEP_ITEM;
}

/* A column that is not there is a mistake of the script's here too. It goes on
 * with a blank as far as the next row, so that other missing ones are told at
 * once. Upvalue: the lookup. */
static int no_column(lua_State *L)
{
    const struct lookup *lookup = lua_touserdata(L, lua_upvalueindex(1));
    size_t len;
    struct err err;
    const char *name = show_push(L, 2, &len);
    if (lookup->input == NULL) {
        err_set(&err, EXIT_SCRIPT, "no column \"%s\" in %s", name,
                lookup->spec.path);
        return host_miss(L, &err);
    }
    const struct column *near =
        columns_nearest(&lookup->input->columns, name, len);
    err_set(&err, EXIT_SCRIPT, "no column \"%s\" in %s%s%s%s", name,
            lookup->input->path, near ? ": did you mean \"" : "",
            near ? near->name : "", near ? "\"?" : "");
    return host_miss(L, &err);
}

static int unusable(lua_State *L, const struct input *input,
                    const struct row *row)
{
    struct err err;
    struct buf place = {0};
    input_place(input, &row->place, &place);
    err_set(&err, EXIT_INPUT, "%s: %s", buf_text(&place), row->fault);
    buf_release(&place);
    return host_stop(L, err.code, "%s", err.text);
}

/* The iterator. Upvalues: the lookup, the metatable of its rows. */
static int step(lua_State *L)
{
    struct lookup *lookup = lua_touserdata(L, lua_upvalueindex(1));
    struct row row;
    host_same_turn(L, lookup->turn, "env.rows");
    host_stop_missing(L);
    if (lookup->input == NULL || !next_row(L, lookup, &row)) {
        close_lookup(lookup);
        return 0;
    }
    if (row.fault != NULL)
        return unusable(L, lookup->input, &row);
    const struct columns *columns = &lookup->input->columns;
    lua_createtable(L, 0, (int)columns->count);
    for (unsigned i = 0; i < columns->count && i < row.count; i++) {
        lua_pushlstring(L, columns->all[i].name, columns->all[i].len);
        value_push(L, &row.cells[i]);
        lua_rawset(L, -3);
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_setmetatable(L, -2);
    if (host_of(L)->row != NULL)
        return 1;
    if (atomic_load(&interrupted)) /* no row lasts long enough to be told */
        return host_stop(L, EXIT_INTERRUPTED, "interrupted");
    budget_begin(budget_of(L));
    return 1;
}

/* A script that drives itself has no budget, and may open as many. */
static void charge_file(lua_State *L)
{
    struct host *host = host_of(L);
    if (host->row != NULL)
        budget_charge(L, OPEN_STEPS);
    if (host->client == NULL && ++host->opened > FILES_MAX)
        host_stop(L, EXIT_SCRIPT, "env.rows: more than %d files", FILES_MAX);
}

/* Leaves the one file's path in the spec. */
static bool find_file(struct spec *spec, struct err *err)
{
    struct paths paths;
    bool good = pattern_paths(spec, &paths, err);
    if (good && paths.files.count > 1)
        good = err_set(err, EXIT_INPUT,
                       "%s: env.rows reads one file, and %u have a name like "
                       "this; pick = \"newest\" takes one",
                       spec->path, paths.files.count);
    if (good) {
        free(spec->path);
        spec->path = mem_text(paths.files.all[0]);
    }
    paths_release(&paths);
    return good;
}

/* The userdata stands before anything is opened into it, so that whatever
 * raises, the collector closes what is open. */
static int rows(lua_State *L)
{
    struct err err;
    luaL_checkany(L, 1);
    if (source_specs(L, 1, NULL, 0) != 1)
        return host_error(L, "env.rows: one source is wanted");
    charge_file(L);
    struct lookup *lookup = lua_newuserdatauv(L, sizeof *lookup, 0);
    *lookup = (struct lookup){.turn = host_turn(host_of(L))};
    spec_init(&lookup->spec);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &lookup_key);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, no_column, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcclosure(L, step, 2);
    source_specs(L, 1, &lookup->spec, 1);
    if (spec_calls(&lookup->spec)) /* in the middle of what calls env.rows */
        return host_stop(L, EXIT_SCRIPT,
                         "env.rows: an option cannot be a function here");
    struct input *input = NULL;
    if (find_file(&lookup->spec, &err) && taken_read(lookup->spec.path, &err))
        input = input_open(&lookup->spec, &err);
    if (input == NULL)
        return host_stop(L, err.code, "%s", err.text);
    cursor_open(&lookup->cursor, input);
    lookup->cursor.silent = host_of(L)->quiet; /* each state reads it */
    lookup->input = input;
    return 1;
}

void env_push(lua_State *L)
{
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, rows);
    lua_setfield(L, -2, "rows");
}

static void open_rows(lua_State *L, int globals)
{
    (void)globals;
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &lookup_key);
}

const struct binding binding_rows = {.open = open_rows};
