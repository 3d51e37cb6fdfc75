/* constant.c: Lua values as constants of a plan.
 *
 * What the script wrote is copied into the plan's memory once, checked to be
 * UTF-8 and put in NFC, so that a row never looks at a Lua value. Tables are
 * read raw: an expression has metamethods that must not run here. */
#include "constant.h"

#include <lauxlib.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"

enum { SHARED = 64 }; /* bytes: longer ones are shared */

/* A copy in the plan's memory, in NFC, with a NUL after it. */
static struct value own_text(struct plan_compiler *compiler, const char *text,
                             size_t len)
{
    struct buf *scratch = &compiler->plan->call.scratch;
    if (!utf8_is_nfc(text, len)) {
        buf_clear(scratch);
        utf8_nfc(scratch, text, len);
        text = buf_text(scratch);
        len = scratch->len;
    }
    char *copy = arena_alloc(compiler->memory, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return (struct value){.text = copy,
                          .len = (uint32_t)len,
                          .type = VALUE_TEXT,
                          .flags = value_flags(copy, len)};
}

/* What was made of a long text is there for all who hold it. */
static bool share(struct plan_compiler *compiler, int index,
                  const struct value *value)
{
    struct value *made = arena_alloc(compiler->memory, sizeof *made);
    *made = *value;
    plan_share(compiler, index, made);
    return plan_goes_on(compiler);
}

bool plan_text(struct plan_compiler *compiler, int index, const char *what,
               struct value *value)
{
    size_t len;
    const char *text = lua_tolstring(compiler->L, index, &len);
    if (len > TEXT_MAX)
        return plan_fault(compiler, "%s is longer than %d bytes", what,
                          TEXT_MAX);
    const struct value *made =
        len > SHARED ? plan_shared(compiler, index) : NULL;
    if (made != NULL) {
        *value = *made;
        return true;
    }
    if (utf8_valid(text, len) != len)
        return plan_fault(compiler, "%s is not UTF-8 text", what);
    *value = own_text(compiler, text, len);
    return len <= SHARED || share(compiler, index, value);
}

/* A light userdata is one of the program's own marks, or nothing that a plan
 * knows. */
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
    case LUA_TTABLE:
        lua_pushvalue(L, index);
        if (plan_push(L, -1, "kind") == LUA_TSTRING)
            return plan_fault(compiler,
                              "%s is an expression, not a value "
                              "(fast.with(…, function(value) … end) chooses "
                              "among values)",
                              what);
        lua_pop(L, 2);
        break;
    default:
        break;
    }
    return plan_fault(compiler, "%s is a %s, not a value", what,
                      luaL_typename(L, index));
}
