/* compile.c: a form's Lua table, made into a struct form: run, checked and
 * copied inside one protected call, so that every complaint is one luaL_error.
 * What has been made of the form by then hangs on the form itself and is freed
 * with it. */
#include "compile.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/embed.h"
#include "kind.h"
#include "types.h"

enum { MAX_INSTRUCTIONS = 1000000, MAX_UNITS = 100000 };

/* What the protected call works on. */
struct compilation {
    struct form *form;
    const char *name;
    const char *chunk;
    const char *text;
    size_t len;
};

static void stop_endless(lua_State *L, lua_Debug *where)
{
    (void)where;
    luaL_error(L, "runs without end");
}

/* The text under `key` of the table on top, copied into *to; nil leaves it
 * NULL where `optional`. Stack: unchanged. */
static void take_text(lua_State *L, const char *key, bool optional, char **to)
{
    int type = lua_getfield(L, -1, key);
    if (type == LUA_TSTRING)
        *to = mem_text(lua_tostring(L, -1));
    else if (type != LUA_TNIL || !optional)
        luaL_error(L, "%s must be a text", key);
    lua_pop(L, 1);
}

/* Column `n` of the row on top. Stack: +1. */
static void column(lua_State *L, int n, int type, const char *what)
{
    if (lua_rawgeti(L, -1, n) != type)
        luaL_error(L, "column %d must be %s", n, what);
}

/* luaL_error does not come back, which the compiler is not told. */
static void take_type(lua_State *L, struct field *field)
{
    char names[80];
    column(L, 2, LUA_TSTRING, "a type");
    const char *type = lua_tostring(L, -1);
    field->type = field_type_find(type);
    if (field->type == NULL) {
        luaL_error(L, "unknown type %s; there are %s", type,
                   field_type_names(names, sizeof names));
        return;
    }
    field->quoted = field->type->quoted;
    lua_pop(L, 1);
}

/* A type without sizes is one character: Byte. */
static void take_size(lua_State *L, struct field *field)
{
    field->max = 1;
    if (!field->type->sized)
        return;
    column(L, 3, LUA_TNUMBER, "the longest text");
    lua_Integer max = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (max < 1 || max > MAX_UNITS)
        luaL_error(L, "the longest text must be from 1 to %d", MAX_UNITS);
    field->max = (uint32_t)max;
}

/* Choices are single characters so that the encoder needs no list: one look
 * into a short text tells. */
static void take_choices(lua_State *L, struct field *field)
{
    take_text(L, "choices", true, &field->choices);
    if (field->choices == NULL && field->type->choices != NULL)
        field->choices = mem_text(field->type->choices);
    if (field->choices == NULL)
        return;
    if (field->max != 1 || field->choices[0] == '\0')
        luaL_error(L, "choices are characters of a String(1)");
    for (const char *at = field->choices; *at != '\0'; at++) {
        if (*at <= 0x20 || *at > 0x7E || *at == '"' || *at == '\\')
            luaL_error(L, "choices must be visible ASCII");
    }
}

/* Choices say all that there is to say of a field. */
static void take_kind(lua_State *L, struct field *field)
{
    char names[120];
    char *kind = NULL;
    take_text(L, "kind", true, &kind);
    if (kind == NULL) {
        field->kind = field->choices != NULL || !field->quoted
                          ? field_kind_none()
                          : field_kind_usual();
        return;
    }
    lua_pushstring(L, kind);
    free(kind);
    field->kind = field_kind_find(lua_tostring(L, -1));
    if (field->kind == NULL || field->choices != NULL)
        luaL_error(L,
                   field->kind == NULL ? "unknown kind %s; there are %s"
                                       : "kind %s: a field with choices has "
                                         "none",
                   lua_tostring(L, -1), field_kind_names(names, sizeof names));
    lua_pop(L, 1);
}

/* The wire's name may differ in letter case alone, or the server would not
 * know the field. */
static void take_wire(lua_State *L, struct field *field)
{
    take_text(L, "wire", true, &field->wire);
    if (field->wire == NULL)
        field->wire = mem_text(field->name);
    if (strcasecmp(field->wire, field->name) != 0)
        luaL_error(L, "wire must be the name in another letter case");
}

static bool is_name(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return len > 0 && name[len] == '\0';
}

/* Two names that differ in letter case alone would be one field to the server.
 */
static void take_name(lua_State *L, const struct form *form,
                      struct field *field)
{
    column(L, 1, LUA_TSTRING, "a name");
    field->name = mem_text(lua_tostring(L, -1));
    field->name_len = (uint32_t)strlen(field->name);
    lua_pop(L, 1);
    if (!is_name(field->name))
        luaL_error(L, "a name is made of letters, digits and _");
    for (const struct field *at = form->fields; at < field; at++) {
        if (strcasecmp(at->name, field->name) == 0)
            luaL_error(L, "there are two of it");
    }
}

/* Padded to whole steps, so that the encoder copies it without asking for its
 * length. */
static void make_lead(struct field *field)
{
    char *lead =
        mem_format(",\"%s\":%s", field->wire, field->quoted ? "\"" : "");
    field->lead_len = (uint32_t)strlen(lead);
    field->lead = mem_zero(field->lead_len / LEAD_STEP + 1, LEAD_STEP);
    memcpy(field->lead, lead, field->lead_len);
    free(lead);
}

/* Row `field` of the form, on top of the stack, called "field N" (name). */
static int take_field(lua_State *L)
{
    struct compilation *compilation = lua_touserdata(L, 2);
    struct form *form = compilation->form;
    struct field *field = &form->fields[form->count++];
    lua_settop(L, 1);
    take_name(L, form, field);
    take_type(L, field);
    take_size(L, field);
    column(L, 4, LUA_TBOOLEAN, "true where required, else false");
    field->required = lua_toboolean(L, -1);
    lua_pop(L, 1);
    column(L, 5, LUA_TSTRING, "its meaning");
    field->help = mem_text(lua_tostring(L, -1));
    lua_pop(L, 1);
    take_choices(L, field);
    take_kind(L, field);
    field->road = (uint8_t)field->kind->road;
    take_wire(L, field);
    make_lead(field);
    return 0;
}

/* Stack: the form's table on top, unchanged. */
static void take_fields(lua_State *L, struct compilation *compilation)
{
    struct form *form = compilation->form;
    if (lua_getfield(L, -1, "fields") != LUA_TTABLE)
        luaL_error(L, "fields must be a list of rows");
    lua_Unsigned count = lua_rawlen(L, -1);
    if (count < 1 || count > FORM_MAX_FIELDS)
        luaL_error(L, "there must be from 1 to %d fields", FORM_MAX_FIELDS);
    form->fields = mem_zero((size_t)count, sizeof *form->fields);
    for (int i = 1; i <= (int)count; i++) {
        lua_pushcfunction(L, take_field);
        if (lua_rawgeti(L, -2, i) != LUA_TTABLE)
            luaL_error(L, "field %d must be a row", i);
        lua_pushlightuserdata(L, compilation);
        if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
            const char *name = form->fields[i - 1].name;
            luaL_error(L, "field %d (%s): %s", i, name ? name : "?",
                       lua_tostring(L, -1));
        }
    }
    lua_pop(L, 1);
}

/* A key without quotes would be a number to the server, and a leading zero
 * would be lost. */
static void take_key(lua_State *L, struct form *form)
{
    if (lua_getfield(L, -1, "key") != LUA_TSTRING)
        luaL_error(L, "key must be a text");
    const char *name = lua_tostring(L, -1);
    int key = form_field(form, name, strlen(name));
    if (key < 0 || !form->fields[key].quoted || !form->fields[key].required)
        luaL_error(L, "key must name a required String field: %s", name);
    form->key = (unsigned)key;
    lua_pop(L, 1);
}

/* What follows from the fields: `special`, and the room a record takes: a
 * byte of a text may become six (\u001f), and leads are written in steps. */
static void finish(struct form *form)
{
    form->room = 2 + LEAD_STEP;
    for (unsigned i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        field->flag =
            field->choices != NULL && strcmp(field->choices, "10") == 0;
        field->special = i == form->key || field->choices != NULL;
        form->room += field->lead_len + LEAD_STEP + 6 * (size_t)field->max + 1;
    }
}

/* Runs inside the protected call. Stack: the form's table, from lua_call on. */
static int compile(lua_State *L)
{
    struct compilation *compilation = lua_touserdata(L, 1);
    struct form *form = compilation->form;
    lua_settop(L, 0);
    if (luaL_loadbufferx(L, compilation->text, compilation->len,
                         compilation->chunk, "t") != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1))
        return luaL_error(L, "must return the form's table");
    take_text(L, "name", false, &form->name);
    if (strcmp(form->name, compilation->name) != 0)
        return luaL_error(L, "name must be that of the file, %s",
                          compilation->name);
    take_text(L, "reads", true, &form->reads);
    take_text(L, "help", false, &form->help);
    take_fields(L, compilation);
    take_key(L, form);
    finish(form);
    return 0;
}

/* A state of its own, closed at the end: nothing of a form's script can reach
 * a mapping's. */
struct form *form_compile_text(const char *name, const char *chunk,
                               const char *text, size_t len, struct err *err)
{
    struct compilation compilation = {mem_zero(1, sizeof(struct form)), name,
                                      chunk, text, len};
    lua_State *L = luaL_newstate();
    if (L == NULL) {
        form_free(compilation.form);
        err_set(err, EXIT_FAULT, "%s: out of memory", name);
        return NULL;
    }
    lua_sethook(L, stop_endless, LUA_MASKCOUNT, MAX_INSTRUCTIONS);
    lua_pushcfunction(L, compile);
    lua_pushlightuserdata(L, &compilation);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        const char *why = lua_tostring(L, -1);
        err_set(err, EXIT_FAULT, "the form %s: %s", name,
                why ? why : "unknown error");
        form_free(compilation.form);
        compilation.form = NULL;
    }
    lua_close(L);
    return compilation.form;
}

struct form *form_compile(const char *name, struct err *err)
{
    char *path = mem_format("fastsync/forms/%s.lua", name);
    char *chunk = mem_format("=lua/%s", path);
    struct embedded file;
    struct form *form = NULL;
    if (embedded_find(path, &file, err))
        form = form_compile_text(name, chunk, file.text, file.len, err);
    free(chunk);
    free(path);
    return form;
}

void form_free(struct form *form)
{
    if (form == NULL)
        return;
    for (unsigned i = 0; form->fields != NULL && i < form->count; i++) {
        struct field *field = &form->fields[i];
        free(field->name);
        free(field->wire);
        free(field->help);
        free(field->choices);
        free(field->lead);
    }
    free(form->fields);
    free(form->name);
    free(form->reads);
    free(form->help);
    free(form);
}
