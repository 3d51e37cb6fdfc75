/* record.c: from a record table to one value for each field of a form.
 *
 * Field names are found by their address (names.h), in any letter case the
 * first time. What is wrong with the table is a fault of the record, beside
 * all that the form will find. fast.validate asks the same way. */
#include "bind.h"

static const char *shown_name(struct arena *arena, const char *name, size_t len)
{
    return value_line(arena, name, len < 80 ? len : 80);
}

/* The field that the text at `at` names, or -1 with a fault added. */
static int find_field(lua_State *L, int at, const struct form *form,
                      struct names *names, struct faults *faults)
{
    size_t len;
    int field = names_get(L, names, at);
    if (field >= 0)
        return field;
    const char *name = lua_tolstring(L, at, &len);
    field = form_field(form, name, len);
    if (field >= 0) {
        names_learn(L, names, at, field);
        return field;
    }
    const char *near = form_nearest_field(form, name, len);
    const char *shown = shown_name(faults->arena, name, len);
    if (near != NULL)
        faults_add(faults, "", "no field '%s' in %s: did you mean '%s'?", shown,
                   form->name, near);
    else
        faults_add(faults, "", "no field '%s' in %s", shown, form->name);
    return -1;
}

/* It is no record then, and what its fields hold is no news. */
static int odd_key(lua_State *L, int at, struct faults *faults)
{
    faults->count = 0;
    faults_add(faults, "",
               "a record has field names alone, this one a %s as key (a list "
               "of records holds records alone)",
               luaL_typename(L, at));
    lua_settop(L, at - 1);
    return -1;
}

/* Lua goes through a table in any order, and faults are sorted later; that a
 * field was named twice shows by a bit for each. */
int record_take(lua_State *L, int at, const struct form *form,
                struct names *names, struct value *values,
                struct faults *faults)
{
    uint64_t seen = 0;
    int count = 0;
    at = lua_absindex(L, at);
    for (unsigned i = 0; i < form->count; i++)
        values[i].type = VALUE_NIL;
    lua_pushnil(L);
    int top = lua_gettop(L) + 1;
    for (; lua_next(L, at); count++) {
        /* There is no room to say more. */
        if (faults->count == FORM_MAX_FIELDS) {
            lua_settop(L, top - 2);
            break;
        }
        if (lua_type(L, top - 1) != LUA_TSTRING)
            return odd_key(L, top - 1, faults);
        int i = find_field(L, top - 1, form, names, faults);
        if (i >= 0) {
            struct value *value = &values[i];
            const char *name = form->fields[i].name;
            if ((seen >> i & 1) != 0)
                faults_add(faults, name, "named twice, in two spellings");
            seen |= UINT64_C(1) << i;
            const char *why = value_take(L, top, faults->arena, value);
            if (why != NULL)
                faults_add(faults, name, "is %s", why);
        }
        lua_settop(L, top - 1);
    }
    return count;
}

/* Raises, so there is always a form to go on with. */
const struct form *record_form(lua_State *L, int argument)
{
    const char *name = luaL_checklstring(L, argument, NULL);
    const struct form *form = form_find(name);
    if (form == NULL) {
        const char *near = form_nearest(name);
        host_error(L, "there is no form '%s'%s%s%s", name,
                   near ? ": did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
    }
    return form;
}

/* Pushes { "Email: …", Email = "…" }. */
static void push_faults(lua_State *L, const struct faults *faults)
{
    lua_createtable(L, (int)faults->count, (int)faults->count);
    for (unsigned i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->all[i];
        lua_pushfstring(L, "%s%s%s", fault->field, *fault->field ? ": " : "",
                        fault->text);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
        if (*fault->field == '\0')
            continue;
        name_push(L, fault->text);
        lua_setfield(L, -2, fault->field);
    }
}

/* Each field costs something, however blank it is; and texts are gone through
 * several times. */
static void charge_values(lua_State *L, const struct value *values,
                          unsigned count)
{
    enum { FIELD_STEPS = 20, BYTES_A_STEP = 4 };
    uint64_t steps = (uint64_t)count * FIELD_STEPS;
    for (unsigned i = 0; i < count; i++)
        if (values[i].type == VALUE_TEXT)
            steps += values[i].len / BYTES_A_STEP;
    budget_charge(L, steps);
}

/* fast.validate(form, record): true, or nil and what is wrong with it. */
static int validate(lua_State *L)
{
    struct host *host = host_of(L);
    struct value values[FORM_MAX_FIELDS];
    struct names *names = lua_newuserdatauv(L, sizeof *names, 0);
    struct faults *faults = lua_newuserdatauv(L, sizeof *faults, 0);
    *names = (struct names){.count = NAMES_MAX}; /* learns nothing */
    const struct form *form = record_form(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checkstack(L, 10, NULL);
    arena_reset(&host->arena);
    *faults = (struct faults){.arena = &host->arena};
    record_take(L, 2, form, names, values, faults);
    charge_values(L, values, form->count);
    buf_clear(&host->scratch);
    if (form_encode(form, values, faults, &host->scratch)) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushnil(L);
    faults_sort(faults, form);
    push_faults(L, faults);
    return 2;
}

/* native.field(form, name): the field's name, or nil and the nearest one. */
static int field(lua_State *L)
{
    const struct form *form = record_form(L, 1);
    size_t len;
    const char *name = luaL_checklstring(L, 2, &len);
    int i = form_field(form, name, len);
    if (i >= 0) {
        name_push(L, form->fields[i].name);
        return 1;
    }
    lua_pushnil(L);
    name_push(L, form_nearest_field(form, name, len));
    return 2;
}

const struct binding binding_record = {
    .functions = (const luaL_Reg[]){
        {"validate", validate}, {"field", field}, {NULL, NULL}}};
