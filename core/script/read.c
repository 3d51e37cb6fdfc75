/* read.c: what a script returned, made into mappings.
 *
 * fast.setCustomer and its like checked the table where it was written, with
 * the line at hand; what is left here is to take it apart, and to see that it
 * is still what was checked, as a script can change it or write such a table
 * itself. `fields` and `where` are compiled to a plan, functions go to the
 * registry. */
#include "read.h"

#include <stdio.h>
#include <stdlib.h>

#include "function.h"

enum {
    MAPPINGS_MAX = 256,
    SOURCES_MAX = 4096,
    OPTIONS_MAX = 100,
    PREFERENCE_MAX = 4096 /* bytes */
};

void script_release_use(struct use *use)
{
    struct mapping *mapping = &use->mapping;
    for (unsigned i = 0; i < mapping->source_count; i++)
        spec_release(&mapping->sources[i]);
    for (unsigned i = 0; i < mapping->option_count; i++) {
        free(mapping->options[i].name);
        free(mapping->options[i].value);
    }
    free(mapping->sources);
    free(mapping->options);
    plan_free(use->plan);
}

/* Pushes the mapping's part of that name; its type. */
static int part(lua_State *L, int at, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, at);
}

/* Read raw, as all of a mapping: its metatable is init.lua's and a script's
 * own may raise. */
static bool is_mapping(lua_State *L, int at)
{
    bool is = lua_type(L, at) == LUA_TTABLE &&
              part(L, at, "kind") == LUA_TSTRING &&
              strcmp(lua_tostring(L, -1), "mapping") == 0;
    if (lua_type(L, at) == LUA_TTABLE)
        lua_pop(L, 1);
    return is;
}

/* Says what was returned, and what a mapping script ends with. Does not
 * return. */
static void nothing_to_run(lua_State *L, int at)
{
    static const char *const wanted =
        "it ends with `return fast.setCustomer { … }`, a list of those, or a "
        "function";
    if (lua_type(L, at) == LUA_TNIL)
        host_stop(L, EXIT_SCRIPT, "the script returns nothing: %s", wanted);
    if (lua_type(L, at) == LUA_TTABLE)
        host_stop(L, EXIT_SCRIPT,
                  "the script returns a table that is no mapping: %s", wanted);
    host_stop(L, EXIT_SCRIPT, "the script returns a %s: %s",
              luaL_typename(L, at), wanted);
}

/* A function's place in the registry, or LUA_NOREF. */
static int reference(lua_State *L, int at, const char *name)
{
    if (part(L, at, name) == LUA_TFUNCTION)
        return luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
    return LUA_NOREF;
}

/* Where the function `map` begins: lines of Lua's own functions are none. */
static int line_of(lua_State *L, const struct use *use)
{
    lua_Debug info = {.linedefined = 0};
    if (use->map == LUA_NOREF)
        return use->line;
    lua_rawgeti(L, LUA_REGISTRYINDEX, use->map);
    lua_getinfo(L, ">S", &info);
    return info.linedefined > 0 ? info.linedefined : use->line;
}

/* Twice: counted, then filled. Between the two nothing of the script's runs,
 * so the count holds. */
static void read_sources(lua_State *L, int at, struct mapping *mapping)
{
    if (part(L, at, "source") != LUA_TNIL) {
        unsigned count = source_specs(L, -1, NULL, 0);
        if (count > SOURCES_MAX)
            host_stop(L, EXIT_SCRIPT, "more than %d sources", SOURCES_MAX);
        mapping->sources = mem_zero(count, sizeof(struct spec));
        mapping->source_count = count;
        source_specs(L, -1, mapping->sources, count);
    }
    lua_pop(L, 1);
}

/* Sorted: configuration complains of the first that is wrong, and which one
 * that is must not depend on how Lua stores a table. */
static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct preference *)a)->name,
                  ((const struct preference *)b)->name);
}

/* What is none is told by its type. A NUL would end the text for those who read
 * it, and "1\0002" be 1: it is spelled, and refused with the rest. */
static void add_text(lua_State *L, int at, struct buf *out)
{
    size_t len;
    lua_pushvalue(L, at);
    const char *text = lua_tolstring(L, -1, &len);
    if (text == NULL)
        buf_puts(out, luaL_typename(L, -1));
    for (size_t i = 0; text != NULL && i < len; i++) {
        if (text[i] != '\0')
            buf_putc(out, text[i]);
        else
            buf_puts(out, "\\u{0}");
    }
    lua_pop(L, 1);
}

/* A value as the command line would say it; of a list its texts, with ','
 * between. */
static char *preference_text(lua_State *L, int at)
{
    struct buf text = {0};
    if (lua_type(L, at) == LUA_TBOOLEAN) {
        buf_puts(&text, lua_toboolean(L, at) ? "yes" : "no");
    } else if (lua_type(L, at) == LUA_TTABLE) {
        for (lua_Integer i = 1; lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
            buf_puts(&text, i > 1 ? "," : "");
            add_text(L, lua_gettop(L), &text);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    } else {
        add_text(L, at, &text);
    }
    buf_text(&text);
    return buf_detach(&text, NULL);
}

/* A text, or a list of texts: the command line would not take more either. */
static void check_length(lua_State *L, int at)
{
    int top = lua_gettop(L), type = lua_type(L, at);
    size_t sum = type == LUA_TSTRING ? lua_rawlen(L, at) : 0;
    for (lua_Integer i = 1; type == LUA_TTABLE && sum <= PREFERENCE_MAX &&
                            lua_rawgeti(L, at, i) == LUA_TSTRING;
         i++) {
        sum += lua_rawlen(L, -1) + 1;
        lua_settop(L, top);
    }
    lua_settop(L, top);
    if (sum > PREFERENCE_MAX)
        host_stop(L, EXIT_SCRIPT, "options: a text of more than %d bytes",
                  PREFERENCE_MAX);
}

/* What raises here frees what was read by then, as it hangs on the use
 * already. */
static void add_option(lua_State *L, struct use *use)
{
    struct mapping *mapping = &use->mapping;
    unsigned count = mapping->option_count;
    if (count == OPTIONS_MAX)
        host_stop(L, EXIT_SCRIPT, "options: more than %d", OPTIONS_MAX);
    check_length(L, lua_gettop(L));
    check_length(L, lua_gettop(L) - 1);
    mapping->options =
        mem_resize(mapping->options, (count + 1) * sizeof(struct preference));
    mapping->options[count] =
        (struct preference){.name = preference_text(L, lua_gettop(L) - 1),
                            .value = preference_text(L, lua_gettop(L)),
                            .line = use->line};
    mapping->option_count++;
}

/* The table on top: names and values. `guard` is a table of its own in it;
 * what it holds are settings like the others. */
static void read_preferences(lua_State *L, struct use *use, bool inner)
{
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            host_stop(L, EXIT_SCRIPT, "options: a preference has a name");
        bool guard = !inner && strcmp(lua_tostring(L, -2), "guard") == 0;
        if (guard && lua_type(L, -1) == LUA_TTABLE)
            read_preferences(L, use, true);
        else
            add_option(L, use);
        lua_pop(L, 1);
    }
}

static void read_options(lua_State *L, int at, struct use *use)
{
    struct mapping *mapping = &use->mapping;
    if (part(L, at, "options") == LUA_TTABLE) {
        read_preferences(L, use, false);
        if (mapping->option_count > 0)
            qsort(mapping->options, mapping->option_count,
                  sizeof(struct preference), by_name);
    }
    lua_pop(L, 1);
}

/* What is required and fed by nothing is wrong for every row, and is told
 * once. */
static void check_required(lua_State *L, const struct script *script,
                           const struct use *use)
{
    const struct form *form = use->mapping.form;
    char names[FORM_MAX_FIELDS * 40] = "";
    size_t len = 0;
    unsigned count = 0;
    for (unsigned i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        if ((!field->required && i != use->mapping.key) ||
            plan_feeds(use->plan, i) || len >= sizeof names)
            continue;
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s",
                                count > 0 ? ", " : "", field->name);
        count++;
    }
    if (count == 0)
        return;
    lua_pushfstring(L,
                    "%s:%d: fields: %s ha%s no value in any row, and %s "
                    "required",
                    script->host.name, use->line, names, count > 1 ? "ve" : "s",
                    count > 1 ? "are" : "is");
    lua_error(L);
}

/* Stack slots of `fields` and `where` stay until the plan has read them. */
static void compile_plan(lua_State *L, int at, struct script *script,
                         struct use *use)
{
    const struct plan_host host = {.script = script,
                                   .call = script_plan_call,
                                   .match = match_text,
                                   .matcher = &script->host,
                                   .shared = &script->constants,
                                   .bound = &script->host.budget.bound,
                                   .line = use->line};
    int fields = part(L, at, "fields") == LUA_TTABLE ? lua_gettop(L) : 0;
    int where = part(L, at, "where") != LUA_TNIL ? lua_gettop(L) : 0;
    if (fields == 0 && use->map == LUA_NOREF)
        nothing_to_run(L, at);
    if (fields > 0 || where > 0) {
        luaL_checkstack(L, 40, NULL);
        use->plan = plan_compile(L, fields, where, use->mapping.form,
                                 script->host.name, &host, &script->failure);
        if (use->plan == NULL) {
            lua_pushliteral(L, "");
            lua_error(L); /* script->failure says it */
        }
        plan_wanted(use->plan, &use->mapping.wanted);
        use->mapping.wanted.by_position &= use->map == LUA_NOREF;
    }
    if (fields > 0)
        check_required(L, script, use);
    lua_pop(L, 2);
}

/* The use counts from its first line on, so that script_free finds what an
 * error leaves half made. */
static void read_mapping(lua_State *L, int at, struct script *script)
{
    struct use *use = &script->uses[script->count++];
    struct mapping *mapping = &use->mapping;
    use->map = use->setup = LUA_NOREF;
    expression_note(L, at);
    part(L, at, "line");
    use->line = (int)lua_tointeger(L, -1);
    if (part(L, at, "form") == LUA_TSTRING)
        mapping->form = form_find(lua_tostring(L, -1));
    if (mapping->form == NULL) {
        nothing_to_run(L, at);
        return;
    }
    mapping->key = mapping->form->key;
    if (part(L, at, "key") == LUA_TSTRING) {
        size_t len;
        const char *key = lua_tolstring(L, -1, &len);
        int field = form_field(mapping->form, key, len);
        if (field >= 0)
            mapping->key = (unsigned)field;
    }
    if (part(L, at, "duplicates") == LUA_TSTRING &&
        strcmp(lua_tostring(L, -1), "last") == 0)
        mapping->duplicates = DUPLICATES_LAST;
    part(L, at, "ordered");
    mapping->ordered = lua_toboolean(L, -1);
    lua_pop(L, 5);
    read_sources(L, at, mapping);
    read_options(L, at, use);
    use->map = reference(L, at, "map");
    use->map_line = line_of(L, use);
    use->setup = reference(L, at, "setup");
    compile_plan(L, at, script, use);
}

/* One mapping is a list of one, but for the table it stands in. */
void script_read(lua_State *L, struct script *script)
{
    int at = lua_gettop(L);
    if (lua_type(L, at) == LUA_TFUNCTION) {
        script->function = luaL_ref(L, LUA_REGISTRYINDEX);
        return;
    }
    bool one = is_mapping(L, at);
    size_t count = 1;
    if (!one)
        count = lua_type(L, at) == LUA_TTABLE ? lua_rawlen(L, at) : 0;
    if (count > MAPPINGS_MAX)
        host_stop(L, EXIT_SCRIPT, "the script returns a list of more than %d",
                  MAPPINGS_MAX);
    if (count == 0)
        nothing_to_run(L, at);
    script->uses = mem_zero(count, sizeof *script->uses);
    for (size_t i = 0; i < count; i++) {
        lua_pushvalue(L, at);
        if (!one) {
            lua_pop(L, 1);
            lua_rawgeti(L, at, (lua_Integer)i + 1);
        }
        if (!is_mapping(L, at + 1))
            nothing_to_run(L, at);
        read_mapping(L, at + 1, script);
        lua_settop(L, at);
    }
    lua_pushnil(L); /* plans share what they hold no more (plan.h) */
    lua_rawsetp(L, LUA_REGISTRYINDEX, &script->constants);
}
