/* bare MAPPING.lua IN BODIES REJECTS: a loop around a Lua `map`, no more.
 *
 * What map.lua costs where nothing stands round it: the row is a userdata that
 * finds a column by the address of the interned name, the text functions are
 * those of words.c, the record that comes back is read once, field by field.
 * No budgets, no messages, no threads. fastsync's `map` may cost 1.4 times
 * that. */
#include "work.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 256 };

/* Names by the address of their interned string. */
struct names {
    const char *name[SLOTS];
    int number[SLOTS];
};

static struct names columns, fields;
static struct rows rows;
static struct row row;
static struct emit emit;

static size_t slot_of(const struct names *names, const char *name)
{
    size_t slot = ((size_t)name >> 4) * 2654435761u % SLOTS;
    while (names->name[slot] != NULL && names->name[slot] != name)
        slot = (slot + 1) % SLOTS;
    return slot;
}

/* Leaves the name in the registry, so that its address stays. */
static void add_name(lua_State *L, struct names *names, const char *name,
                     size_t len, int number)
{
    const char *interned = lua_pushlstring(L, name, len);
    size_t slot = slot_of(names, interned);
    names->name[slot] = interned;
    names->number[slot] = number;
    luaL_ref(L, LUA_REGISTRYINDEX);
}

static int row_index(lua_State *L)
{
    const char *name = lua_tostring(L, 2);
    size_t slot = slot_of(&columns, name);
    if (columns.name[slot] == NULL)
        return luaL_error(L, "no column %s", name);
    const struct cell *cell = &row.cells[columns.number[slot]];
    lua_pushlstring(L, cell->at, cell->len);
    return 1;
}

static struct cell argument(lua_State *L, int at)
{
    size_t len;
    const char *text = luaL_checklstring(L, at, &len);
    return cell_of(text, len);
}

static int answer(lua_State *L, struct cell before, struct cell after)
{
    if (after.at == before.at && after.len == before.len)
        lua_settop(L, 1);
    else
        lua_pushlstring(L, after.at, after.len);
    return 1;
}

#define WRAP(name)                                                             \
    static int call_##name(lua_State *L)                                       \
    {                                                                          \
        struct cell cell = argument(L, 1);                                     \
        return answer(L, cell, cell_##name(&rows.scratch, cell));              \
    }
WRAP(upper)
WRAP(lower)
WRAP(phone)
WRAP(taxcode)

static int call_join(lua_State *L)
{
    struct cell parts[8];
    unsigned count = (unsigned)lua_gettop(L) - 1;
    for (unsigned i = 0; i < count && i < 8; i++)
        parts[i] = argument(L, (int)i + 2);
    struct cell made =
        cell_join(&rows.scratch, lua_tostring(L, 1), parts, count);
    lua_pushlstring(L, made.at, made.len);
    return 1;
}

static int call_pick(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    lua_rawget(L, 2);
    if (lua_isnil(L, -1))
        return luaL_error(L, "not in its table");
    return 1;
}

static int same(lua_State *L)
{
    lua_settop(L, 1);
    return 1;
}

static int open_fast(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"upper", call_upper}, {"lower", call_lower}, {"join", call_join},
        {"pick", call_pick},   {"setCustomer", same}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}

static int open_vn(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"phone", call_phone}, {"taxcode", call_taxcode}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}

/* The table on top of the stack, as cells; its texts live as long as it. */
static bool read_record(lua_State *L, struct cell *cells)
{
    memset(cells, 0, FIELDS * sizeof *cells);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        size_t slot = slot_of(&fields, lua_tostring(L, -2));
        if (fields.name[slot] == NULL)
            return false;
        struct cell *cell = &cells[fields.number[slot]];
        if (lua_type(L, -1) == LUA_TSTRING) {
            size_t len;
            const char *text = lua_tolstring(L, -1, &len);
            *cell = (struct cell){text, (uint32_t)len, cell_flags(text, len)};
        } else {
            *cell = cell_of(lua_tointeger(L, -1) != 0 ? "1" : "0", 1);
        }
        lua_pop(L, 1);
    }
    return true;
}

/* Stack: 1 the mapping's function, 2 the row. */
static void map_row(lua_State *L)
{
    struct cell cells[FIELDS];
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK)
        emit_reject(&emit, &row, "", lua_tostring(L, -1));
    else if (read_record(L, cells))
        emit_record(&emit, &row, cells);
    else
        emit_reject(&emit, &row, "", "unknown field");
    lua_settop(L, 2);
}

static void open_mapping(lua_State *L, const char *path)
{
    luaL_openlibs(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    lua_pushcfunction(L, open_fast);
    lua_setfield(L, -2, "fastsync");
    lua_pushcfunction(L, open_vn);
    lua_setfield(L, -2, "fastsync.vn");
    lua_getglobal(L, "package");
    lua_pushlstring(L, path, (size_t)(strrchr(path, '/') + 1 - path));
    lua_pushliteral(L, "?.lua");
    lua_concat(L, 2);
    lua_setfield(L, -2, "path");
    lua_settop(L, 0);
    if (luaL_dofile(L, path) != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(1);
    }
    lua_getfield(L, 1, "map");
    lua_replace(L, 1);
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    lua_pushcfunction(L, row_index);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

int main(int argc, char **argv)
{
    if (argc != 5 || strchr(argv[1], '/') == NULL) {
        fputs("usage: bare DIR/MAPPING.lua IN BODIES REJECTS\n", stderr);
        return 2;
    }
    lua_State *L = luaL_newstate();
    words_open();
    rows_open(&rows, argv[2], &row);
    emit_open(&emit, argv[3], argv[4]);
    open_mapping(L, argv[1]);
    for (int i = 0; i < COLUMNS; i++)
        add_name(L, &columns, row.cells[i].at, row.cells[i].len, i);
    for (int i = 0; i < FIELDS; i++)
        add_name(L, &fields, field_names[i], strlen(field_names[i]), i);
    add_name(L, &fields, "Status", 6, STATUS);
    while (rows_next(&rows, &row)) {
        if (row.fault != NULL)
            emit_reject(&emit, &row, "", row.fault);
        else
            map_row(L);
    }
    emit_close(&emit);
    rows_close(&rows);
    lua_close(L);
    return 0;
}
