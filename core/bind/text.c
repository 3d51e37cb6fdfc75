/* text.c: the text functions, on values and on expressions.
 *
 * A row of the table of text.h becomes a function: upvalue 1 is the row,
 * upvalue 2 the metatable of expressions. Where an argument is an expression
 * the call builds one (plan.h); else it is made at once. An answer that is one
 * of the arguments is that argument's own Lua string again. */
#include "bind.h"

#include <stdlib.h>

#include "plan/lookup/handle.h"

/* Upvalues; and from which length on a text is charged for being read. */
enum { FUNCTION = 1, EXPRESSION = 2, CHARGED = 4096, BYTES_A_STEP = 8 };

/* A Lua table as pick's lookup. */
struct lua_lookup {
    lua_State *L;
    struct arena *arena;
    int at; /* the table's stack index; the text looked up stands at 1 */
};

/* Pushes the key: as the string that it came from, where it still is one. */
static void push_key(lua_State *L, const struct value *key)
{
    size_t len;
    if (lua_type(L, 1) == LUA_TSTRING &&
        lua_tolstring(L, 1, &len) == key->text && len == key->len)
        lua_pushvalue(L, 1);
    else
        lua_pushlstring(L, key->text, key->len);
}

/* The key stands on top and is replaced by what is found, which is looked at
 * while it stands there. */
static bool find_here(struct lua_lookup *lookup, struct value *found)
{
    bool there = lua_rawget(lookup->L, lookup->at) != LUA_TNIL;
    const char *why =
        value_take(lookup->L, lua_gettop(lookup->L), lookup->arena, found);
    lua_pop(lookup->L, 1); /* the table keeps it */
    if (why != NULL)
        host_error(lookup->L, "pick: the table holds %s", why);
    return there;
}

/* The text first, then the number or boolean that reads as it. */
static bool pick_find(void *table, const struct value *key, struct value *found)
{
    struct lua_lookup *lookup = table;
    lua_State *L = lookup->L;
    push_key(L, key);
    if (find_here(lookup, found))
        return true;
    push_key(L, key);
    const char *text = lua_tolstring(L, -1, NULL);
    bool is_true = strcmp(text, "true") == 0;
    bool there = false;
    if (is_true || strcmp(text, "false") == 0) {
        lua_pushboolean(L, is_true);
        there = find_here(lookup, found);
    } else if (lua_stringtonumber(L, text) == (size_t)key->len + 1) {
        struct value number, back;
        value_take(L, lua_gettop(L), lookup->arena, &number);
        struct text_call call = {.arena = lookup->arena};
        if (text_of(&call, &number, &back) && back.len == key->len &&
            memcmp(back.text, key->text, key->len) == 0)
            there = find_here(lookup, found);
        else
            lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return there;
}

/* Keys that have no text (a table, a function) can never be met, and are not
 * shown as known ones. */
static void pick_keys(void *table, struct text_known *known)
{
    struct lua_lookup *lookup = table;
    lua_State *L = lookup->L;
    struct text_call call = {.arena = lookup->arena};
    lua_pushnil(L);
    while (lua_next(L, lookup->at)) {
        struct value key, text;
        lua_pop(L, 1);
        if (value_take(L, lua_gettop(L), lookup->arena, &key) == NULL &&
            text_of(&call, &key, &text))
            text_known_add(known, text);
    }
}

/* What a call on values is made of. */
struct calling {
    struct value all[TEXT_MAX_ARGS + TEXT_SHAPE];
    struct value options[TEXT_MAX_OPTIONS];
    struct text_args args;
    struct lua_lookup table;
    struct text_lookup lookup;
    struct text_rows rows;
};

static bool is_expression(lua_State *L, int at)
{
    if (lua_type(L, at) != LUA_TTABLE || !lua_getmetatable(L, at))
        return false;
    bool is = lua_rawequal(L, -1, lua_upvalueindex(EXPRESSION)) != 0;
    lua_pop(L, 1);
    return is;
}

/* An unknown option is an error, as one that is silently ignored is looked for
 * longest. */
static void take_options(lua_State *L, const struct text_function *function,
                         int at, struct calling *calling)
{
    luaL_checktype(L, at, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, at)) {
        const char *name =
            lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, NULL) : "";
        unsigned i = 0;
        while (function->options[i] && strcmp(function->options[i], name))
            i++;
        if (function->options[i] == NULL)
            host_error(L, "%s: there is no option '%s' (%s)", function->usage,
                       name, function->options[0]);
        const char *why = value_take(L, lua_gettop(L), &host_of(L)->arena,
                                     &calling->options[i]);
        if (why != NULL)
            host_error(L, "%s: %s is %s", function->usage, name, why);
        lua_pop(L, 1);
    }
}

/* A lookup, and the column that is named after it. */
static void take_rows(lua_State *L, const struct text_function *function,
                      int at, struct calling *calling)
{
    const struct lookup *lookup = lookup_read(L, at);
    if (lookup == NULL)
        host_error(L,
                   "%s: argument %d is what fast.lookup { … } answers, not "
                   "a %s",
                   function->usage, at, luaL_typename(L, at));
    calling->rows = (struct text_rows){.lookup = lookup, .find = lookup_find};
    if (lookup_ready(lookup))
        calling->rows.column = lookup_column_at(L, lookup, at + 1);
    calling->args.rows = &calling->rows;
}

/* False: it is an expression. */
static bool take_argument(lua_State *L, const struct text_function *function,
                          unsigned kind, int at, struct calling *calling)
{
    struct value *value = &calling->all[calling->args.count++];
    *value = (struct value){.type = VALUE_NIL};
    if (kind == ARG_OPTIONS || kind == ARG_LOOKUP) {
        if (is_expression(L, at))
            return false;
        calling->table.at = at;
        if (kind == ARG_LOOKUP)
            luaL_checktype(L, at, LUA_TTABLE);
        else if (!lua_isnoneornil(L, at))
            take_options(L, function, at, calling);
        return true;
    }
    if (kind == ARG_ROWS) {
        take_rows(L, function, at, calling);
        return true;
    }
    const char *why = value_take(L, at, &host_of(L)->arena, value);
    if (why != NULL && is_expression(L, at))
        return false;
    if (why != NULL)
        host_error(L, "%s: argument %d is %s", function->usage, at, why);
    if (value->type == VALUE_TEXT && value->len > CHARGED)
        budget_charge(L, value->len / BYTES_A_STEP);
    if (value->type == VALUE_TEXT && value->len > TEXT_MAX)
        host_error(L, "%s: argument %d is longer than %d bytes",
                   function->usage, at, TEXT_MAX);
    return true;
}

/* False: one of them is an expression. */
static bool take_arguments(lua_State *L, const struct text_function *function,
                           struct calling *calling)
{
    int given = lua_gettop(L), at = 1;
    bool rest = false;
    for (unsigned i = 0; i < TEXT_SHAPE && function->shape[i]; i++) {
        unsigned kind = function->shape[i] & ARG_KIND;
        if (kind == ARG_REST) {
            rest = true;
            break;
        }
        if (at > given && (function->shape[i] & ARG_OPTIONAL) == 0)
            host_error(L, "%s: argument %d is missing", function->usage, at);
        if (!take_argument(L, function, kind, at++, calling))
            return false;
    }
    if (given >= at && !rest)
        host_error(L, "%s: one argument too many", function->usage);
    if (given > TEXT_MAX_ARGS)
        host_error(L, "%s: more than %d arguments", function->usage,
                   TEXT_MAX_ARGS);
    for (; at <= given; at++)
        if (!take_argument(L, function, ARG_ANY, at, calling))
            return false;
    return true;
}

static int push_answer(lua_State *L, const struct value *answer,
                       const struct calling *calling)
{
    /* Only the arguments that the shape names stand at their stack index. */
    for (unsigned i = 0; i < calling->args.count; i++) {
        const struct value *value = &calling->all[i];
        if (answer->type == VALUE_TEXT && value->type == VALUE_TEXT &&
            value->text == answer->text && value->len == answer->len &&
            lua_type(L, (int)i + 1) == LUA_TSTRING) {
            lua_pushvalue(L, (int)i + 1);
            return 1;
        }
    }
    value_push(L, answer);
    return 1;
}

/* The line that the script is at. */
static int line(lua_State *L)
{
    char where[160];
    budget_where(L, where, sizeof where);
    const char *colon = strrchr(where, ':');
    lua_pushinteger(L, colon ? (lua_Integer)strtol(colon + 1, NULL, 10) : 0);
    return 1;
}

/* { kind = "call", name = …, n = …, line = …, … } of the arguments. */
static int build(lua_State *L, const struct text_function *function)
{
    int count = lua_gettop(L);
    luaL_checkstack(L, 4, NULL);
    lua_createtable(L, count, 4);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushliteral(L, "call");
    lua_setfield(L, 1, "kind");
    name_push(L, function->name);
    lua_setfield(L, 1, "name");
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    line(L);
    lua_setfield(L, 1, "line");
    lua_pushvalue(L, lua_upvalueindex(EXPRESSION));
    lua_setmetatable(L, 1);
    expression_note(L, 1);
    return 1;
}

/* Everything lives in the host's arena, which is emptied when the next call
 * begins: a function that raises leaves nothing to free. */
static int call_text(lua_State *L)
{
    const struct text_function *function =
        lua_touserdata(L, lua_upvalueindex(FUNCTION));
    struct host *host = host_of(L);
    struct text_call *call = &host->text;
    struct calling calling;
    struct value answer = {.type = VALUE_NIL};
    arena_reset(&host->arena);
    for (unsigned i = 0; i < TEXT_MAX_OPTIONS; i++)
        calling.options[i].type = VALUE_NIL;
    calling.table = (struct lua_lookup){.L = L, .arena = &host->arena};
    calling.lookup = (struct text_lookup){&calling.table, pick_find, pick_keys};
    calling.args = (struct text_args){.name = function->name,
                                      .all = calling.all,
                                      .lookup = &calling.lookup,
                                      .options = calling.options};
    if (!take_arguments(L, function, &calling))
        return build(L, function);
    call->reason = call->remark = NULL;
    call->remarks = function->remark;
    if (!function->call(call, &calling.args, &answer)) {
        if (call->reason == NULL)
            return budget_raise(L);
        return host_error(L, "%s", call->reason);
    }
    push_answer(L, &answer, &calling);
    if (!function->remark || call->remark == NULL)
        return 1;
    name_push(L, call->remark);
    return 2;
}

/* A method's own value comes first; it belongs where the subject stands. */
static int call_with(lua_State *L)
{
    const struct text_function *function =
        lua_touserdata(L, lua_upvalueindex(FUNCTION));
    int subject = function->subject + 1;
    if (lua_gettop(L) < subject)
        return host_error(L, "%s: argument %d is missing", function->usage,
                          lua_gettop(L));
    lua_pushvalue(L, 1);
    lua_remove(L, 1);
    lua_insert(L, subject);
    return call_text(L);
}

/* With a dot for the colon the method's own value does not come at all. */
static int no_colon(lua_State *L, const char *owner)
{
    const struct text_function *function =
        lua_touserdata(L, lua_upvalueindex(FUNCTION));
    return host_error(L, "%s: write a colon, not a dot: %s:%s(…)",
                      function->name, owner, function->name);
}

static int call_method(lua_State *L)
{
    return is_expression(L, 1) ? call_with(L) : no_colon(L, "col \"…\"");
}

static int call_string_method(lua_State *L)
{
    return lua_type(L, 1) == LUA_TSTRING ? call_with(L) : no_colon(L, "text");
}

/* Pushes a text function in one of its shapes, for the native table at
 * `native`, after which the metatable of expressions stands. */
static void push_function(lua_State *L, lua_CFunction shape,
                          const struct text_function *function, int native)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)function);
    lua_pushvalue(L, native + 1);
    lua_pushcclosure(L, shape, 2);
}

/* Text functions are methods of strings too, but for the names that Lua's own
 * library has. */
static void string_methods(lua_State *L, int globals, int native)
{
    const struct text_function *const *all = text_functions();
    lua_getfield(L, globals, "string");
    for (; *all != NULL; all++) {
        name_push(L, (*all)->name);
        bool luas = lua_rawget(L, -2) != LUA_TNIL;
        lua_pop(L, 1);
        if (luas || strchr((*all)->name, '.') != NULL)
            continue;
        push_function(L, call_string_method, *all, native);
        lua_setfield(L, -2, (*all)->name);
    }
    lua_pop(L, 1);
}

/* native.text: by name; native.methods: for expressions; native.expression:
 * their metatable, which init.lua completes. */
static void open_text(lua_State *L, int globals)
{
    struct host *host = host_of(L);
    host->text.arena = &host->arena;
    host->text.match = match_text;
    host->text.host = host;
    int native = lua_gettop(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    const struct text_function *const *all = text_functions();
    for (; *all != NULL; all++) {
        push_function(L, call_text, *all, native);
        lua_setfield(L, native + 2, (*all)->name);
        push_function(L, call_method, *all, native);
        lua_setfield(L, native + 3, (*all)->name);
    }
    string_methods(L, globals, native);
    lua_setfield(L, native, "methods");
    lua_setfield(L, native, "text");
    lua_setfield(L, native, "expression");
}

const struct binding binding_text = {
    .functions = (const luaL_Reg[]){{"line", line}, {NULL, NULL}},
    .open = open_text,
};
