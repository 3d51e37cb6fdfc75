/* plan_calls.h: compiling and running plans, for their tests.
 *
 * The host of these tests calls Lua with the row as a table of texts by
 * position, and matches with Lua's own string.match. */
#ifndef FASTSYNC_TEST_PLAN_CALLS_H
#define FASTSYNC_TEST_PLAN_CALLS_H

#include <check.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"

static struct field fields[] = {
    {.name = (char *)"CustomerCode", .max = 32, .required = true},
    {.name = (char *)"CustomerName", .max = 256, .required = true},
    {.name = (char *)"Address", .max = 256},
    {.name = (char *)"PhoneNumber", .max = 32},
    {.name = (char *)"TaxCode", .max = 32},
    {.name = (char *)"GroupCode1", .max = 32},
    {.name = (char *)"Status", .max = 1, .required = true},
    {.name = (char *)"SuplierYN"},
    {.name = (char *)"Description", .max = 512},
};
enum { CODE, NAME, ADDRESS, PHONE, TAX, GROUP, STATUS, SUPPLIER, NOTE, FIELDS };

static struct form form = {
    .name = (char *)"setCustomer", .count = FIELDS, .fields = fields};

static lua_State *L;
static struct arena arena;
static struct faults faults;
static struct err err;
static struct value values[FIELDS];
static struct plan *plan;

/* What the script library does, in short. */
static const char prelude[] =
    "local function line() return debug.getinfo(3, 'l').currentline end\n"
    "function col(name, optional)\n"
    "  local c = {kind = 'column', optional = optional and true or nil,\n"
    "             line = line()}\n"
    "  c[math.type(name) and 'position' or 'name'] = name\n"
    "  return c\n"
    "end\n"
    "function call(name, ...)\n"
    "  local c = {kind = 'call', name = name, line = line(), ...}\n"
    "  c.n = select('#', ...)\n"
    "  return c\n"
    "end\n"
    "function with(...)\n"
    "  local c = {kind = 'with', line = line(), ...}\n"
    "  c.n = select('#', ...) - 1\n"
    "  c.call = table.remove(c)\n"
    "  return c\n"
    "end\n";

/* ---- the host ---- */

static inline void push_value(const struct value *value)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        lua_pushlstring(L, value->text, value->len);
        break;
    case VALUE_INT:
        lua_pushinteger(L, value->integer);
        break;
    case VALUE_NUMBER:
        lua_pushnumber(L, value->number);
        break;
    case VALUE_BOOL:
        lua_pushboolean(L, value->truth);
        break;
    default:
        lua_pushnil(L);
    }
}

static inline void push_row(const struct row *row)
{
    lua_createtable(L, (int)row->count, 0);
    for (unsigned i = 0; i < row->count; i++) {
        push_value(&row->cells[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static inline struct value taken(int index)
{
    size_t len;
    switch (lua_type(L, index)) {
    case LUA_TSTRING: {
        const char *text = lua_tolstring(L, index, &len);
        char *copy = arena_alloc(&arena, len);
        memcpy(copy, text, len);
        return value_text(copy, len);
    }
    case LUA_TBOOLEAN:
        return (struct value){.truth = lua_toboolean(L, index),
                              .type = VALUE_BOOL};
    case LUA_TNUMBER:
        return (struct value){.number = lua_tonumber(L, index),
                              .type = VALUE_NUMBER};
    default:
        return (struct value){.type = VALUE_NIL};
    }
}

static int called;
static enum outcome forced = OUTCOME_RECORD;

static inline enum outcome enter(void *script, int function,
                                 const struct row *row,
                                 const struct value *args, unsigned count,
                                 const char *field, struct value *answer,
                                 struct faults *into, struct err *error)
{
    called++;
    ck_assert_ptr_eq(script, &called);
    ck_assert_ptr_nonnull(row);
    if (forced == OUTCOME_FAIL) {
        err_set(error, EXIT_SCRIPT, "stopped");
        return forced;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, function);
    if (args == NULL)
        push_row(row);
    for (unsigned i = 0; args != NULL && i < count; i++)
        push_value(&args[i]);
    if (lua_pcall(L, args ? (int)count : 1, 1, 0) != LUA_OK) {
        faults_add(into, field, "%s", lua_tostring(L, -1));
        lua_pop(L, 1);
        return OUTCOME_REJECT;
    }
    *answer = taken(-1);
    lua_pop(L, 1);
    return OUTCOME_RECORD;
}

static inline bool match(void *matcher, const struct value *text,
                         const struct value *pattern, struct value *found,
                         struct text_call *call)
{
    ck_assert_ptr_eq(matcher, &forced);
    if (text->len > 0 && forced == OUTCOME_FAIL)
        return false;
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_getfield(L, -1, "string");
    lua_getfield(L, -1, "match");
    lua_pushlstring(L, text->text, text->len);
    lua_pushlstring(L, pattern->text, pattern->len);
    bool good = lua_pcall(L, 2, 1, 0) == LUA_OK;
    if (good)
        *found = taken(-1);
    else
        text_refuse(call, "%s", lua_tostring(L, -1));
    lua_settop(L, 0);
    return good;
}

static const struct plan_host host = {
    .script = &called, .call = enter, .match = match, .matcher = &forced};

static inline void begin(void)
{
    L = luaL_newstate();
    luaL_openlibs(L);
    for (unsigned i = 0; i < FIELDS; i++)
        fields[i].name_len = (uint32_t)strlen(fields[i].name);
    ck_assert(luaL_dostring(L, prelude) == LUA_OK);
    lua_pushlightuserdata(L, (void *)(uintptr_t)text_same);
    lua_setglobal(L, "same");
    lua_pushlightuserdata(L, (void *)(uintptr_t)text_empty);
    lua_setglobal(L, "empty");
    lua_pushlightuserdata(L, NULL);
    lua_setglobal(L, "null");
    arena_init(&arena);
    faults.arena = &arena;
    forced = OUTCOME_RECORD;
}

static inline void end(void)
{
    plan_free(plan);
    plan = NULL;
    lua_close(L);
    arena_release(&arena);
}

/* ---- what a test says ---- */

/* Compiles `return { fields }, where`. */
static inline bool compile(const char *script)
{
    plan_free(plan);
    err.text[0] = '\0';
    lua_settop(L, 0);
    if (luaL_dostring(L, script) != LUA_OK)
        ck_abort_msg("%s", lua_tostring(L, -1));
    lua_settop(L, 2);
    plan = plan_compile(L, lua_isnil(L, 1) ? 0 : 1, lua_isnil(L, 2) ? 0 : 2,
                        &form, "kh.lua", &host, &err);
    ck_assert_int_eq(lua_gettop(L), 2);
    lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT);
    ck_assert(plan != NULL || err.code == EXIT_SCRIPT);
    return plan != NULL;
}

#define WRONG(script, says)                                                    \
    do {                                                                       \
        ck_assert_msg(!compile(script), "%s", script);                         \
        ck_assert_str_eq(err.text, says);                                      \
    } while (0)

static struct column names[32];
static struct input input;

static inline bool bind(const char *const *all)
{
    input.path = (char *)"kh.csv";
    input.named = true;
    input.columns.all = names;
    input.columns.count = 0;
    for (; *all != NULL; all++)
        names[input.columns.count++] =
            (struct column){*all, (uint32_t)strlen(*all)};
    return plan_bind(plan, &input, &err);
}

#define BIND(...) bind((const char *const[]){__VA_ARGS__, NULL})

static struct value cells[32];
static struct row row;

static inline enum outcome run(bool where, const char *const *texts)
{
    arena_reset(&arena);
    faults.count = 0;
    row = (struct row){.cells = cells, .place = {.line = 1, .index = 1}};
    for (; *texts != NULL; texts++) {
        size_t len = strlen(*texts);
        char *cell = arena_alloc(&arena, len);
        memcpy(cell, *texts, len);
        cells[row.count] = value_text(cell, len);
        cells[row.count++].flags = value_flags(cell, len);
    }
    return where ? plan_where(plan, &row, &faults, &err)
                 : plan_run(plan, &row, values, &faults, &err);
}

#define ROW(...)   run(false, (const char *const[]){__VA_ARGS__, NULL})
#define WHERE(...) run(true, (const char *const[]){__VA_ARGS__, NULL})

static inline const char *text_at(unsigned field)
{
    ck_assert_int_eq(values[field].type, VALUE_TEXT);
    char *text = arena_alloc(&arena, values[field].len + 1);
    memcpy(text, values[field].text, values[field].len);
    text[values[field].len] = '\0';
    return text;
}

#define RUN(suite_name, ...)                                                   \
    int main(void)                                                             \
    {                                                                          \
        Suite *suite = suite_create(suite_name);                               \
        TCase *tests = tcase_create(suite_name);                               \
        const TTest *all[] = {__VA_ARGS__};                                    \
        tcase_add_checked_fixture(tests, begin, end);                          \
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)                  \
            tcase_add_test(tests, all[i]);                                     \
        suite_add_tcase(suite, tests);                                         \
        SRunner *runner = srunner_create(suite);                               \
        srunner_run_all(runner, CK_NORMAL);                                    \
        int failed = srunner_ntests_failed(runner);                            \
        srunner_free(runner);                                                  \
        return failed != 0;                                                    \
    }

#endif
