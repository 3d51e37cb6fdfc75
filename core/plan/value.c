/* value.c: Lua values as constants of a plan.
 *
 * What the script wrote is copied into the plan's memory once, checked to be
 * UTF-8 and put in NFC, so that a row never looks at a Lua value. Tables are
 * read raw: an expression has metamethods that must not run here. */
#include "steps.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

bool plan_fault(struct plan_compiler *compiler, const char *format, ...)
{
    char message[900];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *field = compiler->field ? compiler->field : "";
    const char *colon = compiler->field ? ": " : "";
    if (compiler->line > 0)
        return err_set(compiler->err, EXIT_SCRIPT, "%s:%d: %s%s%s",
                       compiler->plan->script, compiler->line, field, colon,
                       message);
    return err_set(compiler->err, EXIT_SCRIPT, "%s: %s%s%s",
                   compiler->plan->script, field, colon, message);
}

int plan_push(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushlstring(L, name, strlen(name));
    return lua_rawget(L, index);
}

/* A copy in the plan's memory, in NFC, with a NUL behind it. */
static struct value own_text(struct plan *plan, const char *text, size_t len)
{
    struct buf *scratch = &plan->call.scratch;
    if (!utf8_is_nfc(text, len)) {
        buf_clear(scratch);
        utf8_nfc(scratch, text, len);
        text = buf_text(scratch);
        len = scratch->len;
    }
    char *copy = arena_alloc(&plan->memory, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return (struct value){.text = copy,
                          .len = (uint32_t)len,
                          .type = VALUE_TEXT,
                          .flags = text_flags(copy, len)};
}

bool plan_text(struct plan_compiler *compiler, int index, const char *what,
               struct value *value)
{
    size_t len;
    const char *text = lua_tolstring(compiler->L, index, &len);
    if (len > UINT32_MAX / 2)
        return plan_fault(compiler, "%s is too long", what);
    if (utf8_valid(text, len) != len)
        return plan_fault(compiler, "%s is not UTF-8 text", what);
    *value = own_text(compiler->plan, text, len);
    return true;
}

bool plan_constant(struct plan_compiler *compiler, int index, const char *what,
                   struct value *value)
{
    lua_State *L = compiler->L;
    const void *mark;
    *value = (struct value){.type = VALUE_NIL};
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        return true;
    case LUA_TBOOLEAN:
        value->type = VALUE_BOOL;
        value->truth = lua_toboolean(L, index);
        return true;
    case LUA_TNUMBER:
        value->type = lua_isinteger(L, index) ? VALUE_INT : VALUE_NUMBER;
        if (value->type == VALUE_INT)
            value->integer = lua_tointeger(L, index);
        else
            value->number = lua_tonumber(L, index);
        return true;
    case LUA_TSTRING:
        return plan_text(compiler, index, what, value);
    case LUA_TLIGHTUSERDATA:
        mark = lua_touserdata(L, index);
        if (mark == text_empty)
            value->type = VALUE_EMPTY;
        else if (mark == text_same)
            *value = text_same_value();
        if (mark == NULL || mark == text_empty || mark == text_same)
            return true;
        break;
    default:
        break;
    }
    return plan_fault(compiler, "%s is a %s, not a value", what,
                      luaL_typename(L, index));
}

/* A key of pick's table as the text that meets it. */
static bool lookup_key(struct plan_compiler *compiler, int index,
                       const char *what, struct value *key)
{
    struct value constant;
    if (lua_type(compiler->L, index) == LUA_TLIGHTUSERDATA)
        return plan_fault(compiler, "%s has a key that is no text", what);
    if (!plan_constant(compiler, index, what, &constant))
        return false;
    struct text_call *call = &compiler->plan->call;
    call->arena = &compiler->plan->memory;
    return text_of(call, &constant, key);
}

static uint32_t count_entries(lua_State *L, int index)
{
    uint32_t count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        count++;
    return count;
}

/* The entry on the top of the stack: key, value. */
static bool add_entry(struct plan_compiler *compiler, struct plan_table *table,
                      const char *what)
{
    struct value key, found;
    char name[128] = "a key";
    if (!lookup_key(compiler, -2, what, &key))
        return false;
    snprintf(name, sizeof name, "%s: [\"%.*s\"]", what,
             (int)utf8_cut(key.text, key.len, 40), key.text);
    if (!plan_constant(compiler, -1, name, &found))
        return false;
    if (!plan_table_add(table, &key, &found))
        return plan_fault(compiler, "%s is there twice", name);
    return true;
}

bool plan_lookup(struct plan_compiler *compiler, int index, const char *what,
                 const struct text_lookup **lookup)
{
    lua_State *L = compiler->L;
    if (lua_type(L, index) != LUA_TTABLE)
        return plan_fault(compiler, "%s: the table is a %s", what,
                          luaL_typename(L, index));
    index = lua_absindex(L, index);
    struct plan_table *table =
        plan_table_new(compiler->plan, count_entries(L, index));
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        if (!add_entry(compiler, table, what))
            return false;
    *lookup = plan_table_lookup(table);
    return true;
}

static int option_at(const struct text_function *function, const char *name)
{
    for (int i = 0; function->options[i] != NULL; i++)
        if (!strcmp(function->options[i], name))
            return i;
    return -1;
}

bool plan_options(struct plan_compiler *compiler, int index,
                  const struct text_function *function,
                  const struct value **options)
{
    lua_State *L = compiler->L;
    struct value *all =
        arena_alloc(&compiler->plan->memory, TEXT_MAX_OPTIONS * sizeof *all);
    memset(all, 0, TEXT_MAX_OPTIONS * sizeof *all);
    *options = all;
    if (lua_isnil(L, index))
        return true;
    if (lua_type(L, index) != LUA_TTABLE)
        return plan_fault(compiler, "%s: options must be a table, not a %s",
                          function->usage, luaL_typename(L, index));
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        struct value name;
        if (lua_type(L, -2) != LUA_TSTRING)
            return plan_fault(compiler, "%s: options have names",
                              function->usage);
        if (!plan_text(compiler, -2, function->usage, &name))
            return false;
        int at = option_at(function, name.text);
        if (at < 0)
            return plan_fault(compiler, "%s has no option \"%s\"",
                              function->name, name.text);
        if (!plan_constant(compiler, -1, name.text, &all[at]))
            return false;
    }
    return true;
}
