/* client.c: fast.connect(): the configured server, for a script that drives
 * itself. Records are encoded by the form as everywhere, so nothing goes out
 * that the form refuses; answers come back as tables. */
#include "bind.h"

#include "base/json.h"

/* JSON to Lua. */

/* An integer whose digits no number can hold stays text. */
static void push_number(lua_State *L, const char *digits, size_t len)
{
    bool integral = true;
    for (size_t i = 0; i < len; i++)
        integral = integral && strchr(".eE", digits[i]) == NULL;
    lua_pushlstring(L, digits, len);
    lua_stringtonumber(L, lua_tostring(L, -1));
    lua_remove(L, integral && !lua_isinteger(L, -1) ? -1 : -2);
}

/* JSON has one kind of number, Lua two: what is written as an integer stays
 * one. */
static void push_scalar(lua_State *L, const struct json_reader *reader,
                        enum json_event event)
{
    if (event == JSON_STRING) {
        lua_pushlstring(L, reader->text, reader->len);
    } else if (event == JSON_NUMBER) {
        push_number(L, reader->text, reader->len);
    } else if (event == JSON_NULL) {
        lua_pushlightuserdata(L, NULL);
    } else {
        lua_pushboolean(L, event == JSON_TRUE);
    }
}

/* Stack: the value, +1. Recursion is bounded by the reader's own depth and by
 * Lua's stack. */
static bool push_json(lua_State *L, struct json_reader *reader,
                      enum json_event event)
{
    luaL_checkstack(L, 6, "JSON is nested too deeply");
    if (event != JSON_OBJECT && event != JSON_ARRAY) {
        push_scalar(L, reader, event);
        return true;
    }
    lua_newtable(L);
    for (lua_Integer i = 1;; i++) {
        enum json_event next = json_next(reader);
        if (next == JSON_ERROR || next == JSON_END)
            return false;
        if (next == JSON_OBJECT_END || next == JSON_ARRAY_END)
            return true;
        if (next == JSON_KEY) {
            lua_pushlstring(L, reader->text, reader->len);
            next = json_next(reader);
        } else {
            lua_pushinteger(L, i);
        }
        if (next == JSON_ERROR || !push_json(L, reader, next))
            return false;
        lua_rawset(L, -3);
    }
}

static int collect(lua_State *L)
{
    json_close(lua_touserdata(L, 1));
    return 0;
}

/* The reader may own memory when Lua raises (tables need some), so the
 * collector closes it. */
void json_push(lua_State *L, const char *text, size_t len)
{
    struct json_reader *reader = lua_newuserdatauv(L, sizeof *reader, 0);
    json_open_answer(reader, text, len);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    enum json_event first = json_next(reader);
    if (first == JSON_ERROR || first == JSON_END ||
        !push_json(L, reader, first))
        luaL_error(L, "the server's answer is no JSON");
}

/* The client. */

static int expected(lua_State *L, const struct err *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->text);
    return 2;
}

static struct host *connected(lua_State *L)
{
    struct host *host = host_of(L);
    host_stop_missing(L);
    if (host->client == NULL || lua_type(L, 1) != LUA_TTABLE)
        host_error(L, "client:sync and client:get want the client that "
                      "fast.connect() answered");
    return host;
}

/* The answer in host->scratch; with success false it is nil and a message. */
static int push_reply(lua_State *L, struct host *host)
{
    json_push(L, buf_text(&host->scratch), host->scratch.len);
    if (lua_type(L, -1) != LUA_TTABLE)
        return 1;
    lua_getfield(L, -1, "success");
    if (lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        return 1;
    }
    lua_getfield(L, -2, "messages");
    if (lua_type(L, -1) != LUA_TSTRING)
        lua_pushliteral(L, "the server refused");
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
}

/* nil and all that is wrong with a record. */
static int refused(lua_State *L, lua_Integer record, struct faults *faults,
                   const struct form *form)
{
    luaL_Buffer message;
    lua_pushnil(L);
    faults_sort(faults, form);
    luaL_buffinit(L, &message);
    lua_pushfstring(L, "record %I: ", record);
    luaL_addvalue(&message);
    for (unsigned i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->all[i];
        luaL_addstring(&message, i > 0 ? "; " : "");
        luaL_addstring(&message, fault->field);
        luaL_addstring(&message, *fault->field ? ": " : "");
        luaL_addstring(&message, fault->text);
    }
    luaL_pushresult(&message);
    return 2;
}

/* Encodes the records of the list at 3 into host->scratch; the number of the
 * first bad one, or 0. */
static lua_Integer encode(lua_State *L, struct host *host,
                          const struct form *form, struct faults *faults)
{
    struct value values[FORM_MAX_FIELDS];
    struct names *names = lua_newuserdatauv(L, sizeof *names, 0);
    struct buf json = host->text.scratch; /* free between text functions */
    lua_Integer count = (lua_Integer)lua_rawlen(L, 3), i = 1;
    *names = (struct names){.count = NAMES_MAX};
    buf_clear(&json);
    for (; i <= count; i++) {
        arena_reset(&host->arena);
        *faults = (struct faults){.arena = &host->arena};
        lua_rawgeti(L, 3, i);
        if (lua_type(L, -1) != LUA_TTABLE) {
            faults_add(faults, "", "a %s is no record", luaL_typename(L, -1));
            break;
        }
        record_take(L, -1, form, names, values, faults);
        /* Nothing may raise here, or the memory of `json` is lost. */
        if (budget_over(&host->budget) ||
            json.len > host->budget.bound.max / 4) {
            faults_add(faults, "",
                       "the records are more than fits into "
                       "memory: sync fewer at once");
            break;
        }
        if (i > 1)
            buf_putc(&json, ',');
        if (!form_encode(form, values, faults, &json))
            break;
        lua_pop(L, 1);
    }
    host->text.scratch = json;
    return i > count ? 0 : i;
}

/* client:sync(form, records): the answer, or nil and a message. */
static int sync(lua_State *L)
{
    struct host *host = connected(L);
    const struct form *form = record_form(L, 2);
    if (lua_type(L, 3) != LUA_TTABLE || lua_rawlen(L, 3) == 0)
        return host_error(L, "client:sync wants a list of records: "
                             "{ { CustomerCode = … }, … }");
    luaL_checkstack(L, 20, NULL);
    struct faults *faults = lua_newuserdatauv(L, sizeof *faults, 0);
    lua_Integer bad = encode(L, host, form, faults);
    struct err err;
    if (bad > 0)
        return refused(L, bad, faults, form);
    unsigned count = (unsigned)lua_rawlen(L, 3);
    const struct buf *json = &host->text.scratch;
    buf_clear(&host->scratch);
    budget_begin(&host->budget);
    if (!host->client->sync(host->client->client, form, json->at, json->len,
                            count, &host->scratch, &err))
        return expected(L, &err);
    return push_reply(L, host);
}

/* client:get(form, id): the record, or nil and a message. */
static int get(lua_State *L)
{
    struct host *host = connected(L);
    const struct form *form = record_form(L, 2);
    size_t len;
    const char *id = lua_tolstring(L, 3, &len);
    struct err err;
    if (id == NULL)
        return host_error(L, "client:get wants the key of a record, not a %s",
                          luaL_typename(L, 3));
    buf_clear(&host->scratch);
    budget_begin(&host->budget);
    if (!host->client->get(host->client->client, form, id, len, &host->scratch,
                           &err))
        return expected(L, &err);
    if (push_reply(L, host) == 2)
        return 2;
    if (lua_type(L, -1) == LUA_TTABLE &&
        lua_getfield(L, -1, "data") == LUA_TTABLE &&
        lua_rawgeti(L, -1, 1) == LUA_TTABLE)
        return 1;
    lua_pushnil(L);
    lua_pushfstring(L, "%s has no '%s'", form->reads ? form->reads : form->name,
                    id);
    return 2;
}

/* fast.connect(). */
static int connect(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"sync", sync}, {"get", get}, {NULL, NULL}};
    if (host_of(L)->client == NULL)
        return host_error(L, "fast.connect() is for a script that returns a "
                             "function (a mapping's records are sent by the "
                             "run)");
    luaL_newlib(L, methods);
    return 1;
}

const struct binding binding_client = {
    .functions = (const luaL_Reg[]){{"connect", connect}, {NULL, NULL}}};
