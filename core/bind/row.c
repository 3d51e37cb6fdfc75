/* row.c: the row as a script sees it, and where it stood.
 *
 * A row is a light userdata: its serial number, shifted, with a tag. It costs
 * nothing to make and nothing to collect, and one that was kept past its call
 * is known by its old number. All light userdata share one metatable, so
 * fast.null and its like come here too and are told apart. A column is found
 * by the address of its name (names.h). */
#include "bind.h"

#include <stdio.h>

#include "net/secrets.h"

enum { TAG_ROW = 1, TAG_AT = 2, TAG_BITS = 2, METHOD_GET = -3 };

static void *handle(const struct host *host, unsigned tag)
{
    return (void *)(uintptr_t)(host->serial << TAG_BITS | tag);
}

void row_push(lua_State *L)
{
    lua_pushlightuserdata(L, handle(host_of(L), TAG_ROW));
}

void at_push(lua_State *L)
{
    lua_pushlightuserdata(L, handle(host_of(L), TAG_AT));
}

static bool is_now(const struct host *host, const void *pointer, unsigned tag)
{
    return host->row != NULL && pointer == handle(host, tag);
}

/* What it was that is no row, or no longer. */
static int not_now(lua_State *L)
{
    const void *pointer = lua_touserdata(L, 1);
    if (pointer == NULL)
        return host_error(L, "fast.null has no fields");
    if (pointer == text_empty || pointer == text_same)
        return host_error(L, "fast.empty and fast.same have no fields");
    return host_error(L, "this row is over: a row is there only during its "
                         "call, keep its values instead");
}

/* Stops the run, as what is said of no column: no row is right. */
static int repeats(lua_State *L, const struct host *host, int i)
{
    char places[80];
    struct buf all = {0};
    const struct column *column = &host->input->columns.all[i];
    columns_places(&host->input->columns, i, &all);
    snprintf(places, sizeof places, "%s", buf_text(&all));
    buf_release(&all); /* before what raises */
    return host_stop(L, EXIT_SCRIPT,
                     "column \"%s\" stands %u times in %s (columns %s): "
                     "row[%u] is the first, row[\"%s (2)\"] the second",
                     column->name, columns_same(&host->input->columns, i),
                     host->input->path, places, (unsigned)i + 1, column->name);
}

/* `Loại` → 3, and learned; missing: -1. */
static int find_column(lua_State *L, struct host *host, int at)
{
    size_t len;
    const char *name = lua_tolstring(L, at, &len);
    int i = columns_find(&host->input->columns, name, len);
    if (i < 0 && strcmp(name, "get") == 0)
        i = METHOD_GET;
    if (i >= 0 && columns_repeat(&host->input->columns, i))
        return repeats(L, host, i);
    names_learn(L, &host->columns, at, i);
    return i;
}

/* A column that is not there is wrong for every row, and a million rejects
 * would say no more: the run stops after this row, or at the end of setup.
 * Until then the row goes on with a blank, so that other missing ones are told
 * at once. */
int host_miss(lua_State *L, const struct err *why)
{
    char where[160];
    struct err err = *why;
    struct host *host = host_of(L);
    if (host->missing.count == 0 && host->row != NULL) {
        struct buf place = {0};
        input_place(host->input, &host->row->place, &place);
        err_prefix(&err, "%s", buf_text(&place));
        buf_release(&place);
    }
    budget_where(L, where, sizeof where);
    err_prefix(&err, "%s", *where ? where : host->name);
    secrets_scrub(err.text);
    if (host->missing.count == 0 ||
        strstr(host->missing.all.text, why->text) == NULL)
        errs_add(&host->missing, &err);
    lua_pushliteral(L, "");
    return 1;
}

void host_stop_missing(lua_State *L)
{
    const struct host *host = host_of(L);
    if (host->row == NULL && host->missing.count > 0)
        host_stop(L, EXIT_SCRIPT, "columns are missing");
}

static int missing(lua_State *L, struct host *host)
{
    size_t len;
    struct err err;
    const char *name = lua_tolstring(L, 2, &len);
    const struct column *near =
        columns_nearest(&host->input->columns, name, len);
    if (near != NULL)
        err_set(&err, EXIT_SCRIPT,
                "no column \"%s\" in %s: did you mean \"%s\"?", name,
                host->input->path, near->name);
    else
        err_set(&err, EXIT_SCRIPT,
                "no column \"%s\" in %s (row:get(name) answers nil "
                "instead)",
                name, host->input->path);
    return host_miss(L, &err);
}

/* Nearly all cells are text, which is worth a test before the table of types.
 */
static int push_cell(lua_State *L, const struct host *host, int i)
{
    const struct value *cell = &host->row->cells[i];
    if (cell->type == VALUE_TEXT)
        lua_pushlstring(L, cell->text, cell->len);
    else
        value_push(L, cell);
    return 1;
}

/* row:get(name): the cell, or nil. */
static int get(lua_State *L)
{
    struct host *host = host_of(L);
    if (!is_now(host, lua_touserdata(L, 1), TAG_ROW))
        return not_now(L);
    luaL_checklstring(L, 2, NULL);
    int i = names_get(L, &host->columns, 2);
    if (i == NAMES_UNKNOWN)
        i = find_column(L, host, 2);
    if (i < 0) {
        lua_pushnil(L);
        return 1;
    }
    return push_cell(L, host, i);
}

static int no_at(lua_State *L, const char *name, const char *near)
{
    return host_error(L,
                      "at has no '%s': it has file, sheet, line and index"
                      "%s%s%s",
                      name, near ? " (did you mean '" : "", near ? near : "",
                      near ? "'?)" : "");
}

/* Few and seldom asked, so texts are compared; strings are names of the
 * program's own here. */
static int at_field(lua_State *L, const struct host *host)
{
    static const char *const names[] = {"file", "index", "line", "sheet", NULL};
    const char *name = show_push(L, 2, NULL);
    if (strcmp(name, "file") == 0)
        name_push(L, host->input->path);
    else if (strcmp(name, "line") == 0 && host->row->place.line > 0)
        lua_pushinteger(L, (lua_Integer)host->row->place.line);
    else if (strcmp(name, "index") == 0)
        lua_pushinteger(L, (lua_Integer)host->row->place.index);
    else if (strcmp(name, "sheet") == 0 && host->row->place.sheet > 0)
        name_push(L, input_sheet(host->input, host->row->place.sheet));
    else if (strcmp(name, "line") == 0 || strcmp(name, "sheet") == 0)
        lua_pushnil(L);
    else
        return no_at(L, name, host_nearest(name, names));
    return 1;
}

static int by_position(lua_State *L, struct host *host)
{
    int whole;
    lua_Integer i = lua_tointegerx(L, 2, &whole);
    if (lua_type(L, 2) != LUA_TNUMBER || !whole)
        return host_error(L,
                          "a column is named by its header or its number, "
                          "not by a %s",
                          luaL_typename(L, 2));
    if (i < 1 || i > (lua_Integer)host->row->count) {
        struct err err;
        err_set(&err, EXIT_SCRIPT, "no column %lld in %s: it has %u",
                (long long)i, host->input->path, host->row->count);
        return host_miss(L, &err);
    }
    return push_cell(L, host, (int)i - 1);
}

/* The first two tests decide nearly every access of a map: the row is the
 * current one, and the name was met before. */
static int index_row(lua_State *L)
{
    struct host *host = host_of(L);
    const void *pointer = lua_touserdata(L, 1);
    if (!is_now(host, pointer, TAG_ROW))
        return is_now(host, pointer, TAG_AT) ? at_field(L, host) : not_now(L);
    int i = names_get(L, &host->columns, 2);
    if (i >= 0)
        return push_cell(L, host, i);
    if (lua_type(L, 2) != LUA_TSTRING)
        return by_position(L, host);
    i = find_column(L, host, 2);
    if (i == METHOD_GET) {
        lua_pushcfunction(L, get);
        return 1;
    }
    return i < 0 ? missing(L, host) : push_cell(L, host, i);
}

static int no_new_field(lua_State *L)
{
    return host_error(L, "a row cannot be changed");
}

static int row_length(lua_State *L)
{
    struct host *host = host_of(L);
    if (!is_now(host, lua_touserdata(L, 1), TAG_ROW))
        return not_now(L);
    lua_pushinteger(L, host->row->count);
    return 1;
}

/* The text is copied before anything may raise. */
static void place_push(lua_State *L, const struct host *host)
{
    char text[512];
    struct buf place = {0};
    input_place(host->input, &host->row->place, &place);
    snprintf(text, sizeof text, "row %s", buf_text(&place));
    buf_release(&place);
    name_push(L, text);
}

/* Without an address in it: what is printed must be the same in every run. */
static int row_text(lua_State *L)
{
    struct host *host = host_of(L);
    const void *pointer = lua_touserdata(L, 1);
    if (is_now(host, pointer, TAG_ROW) || is_now(host, pointer, TAG_AT))
        place_push(L, host);
    else
        name_push(L, pointer == NULL         ? "null"
                     : pointer == text_empty ? "fast.empty"
                     : pointer == text_same  ? "fast.same"
                                             : "row (over)");
    return 1;
}

/* Upvalue: the number of columns told already. */
static int next_cell(lua_State *L)
{
    struct host *host = host_of(L);
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(1));
    if (!is_now(host, lua_touserdata(L, 1), TAG_ROW))
        return not_now(L);
    if (i >= (lua_Integer)host->row->count ||
        i >= (lua_Integer)host->input->columns.count)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(1));
    const struct column *column = &host->input->columns.all[i];
    lua_pushlstring(L, column->name, column->len);
    push_cell(L, host, (int)i);
    return 2;
}

/* for name, text in pairs(row): in the order of the columns. */
static int row_pairs(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_cell, 1);
    lua_pushvalue(L, 1);
    return 2;
}

/* Light userdata have one metatable in all; __metatable keeps scripts from it.
 */
static void open_row(lua_State *L, int globals)
{
    static const luaL_Reg methods[] = {
        {"__index", index_row}, {"__newindex", no_new_field},
        {"__len", row_length},  {"__tostring", row_text},
        {"__pairs", row_pairs}, {NULL, NULL}};
    (void)globals;
    lua_pushlightuserdata(L, NULL);
    lua_createtable(L, 0, 8);
    luaL_setfuncs(L, methods, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "row");
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

const struct binding binding_row = {.open = open_row};
