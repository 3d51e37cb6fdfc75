/* answerless.c: each function is looked through for a `return` with a value. */
#include "answerless.h"

#include "functions.h"

static bool has_purpose(const struct bytecode_use *use)
{
    static const char *const names[] = {"reject", "warn", "error", "assert"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (use->len == strlen(names[i]) &&
            memcmp(use->text, names[i], use->len) == 0)
            return true;
    return false;
}

static void visit(void *owner, const struct bytecode_use *use)
{
    bool *answers = owner;
    if (use->kind == USE_ANSWER || (use->kind == USE_NAME && has_purpose(use)))
        *answers = true;
}

bool script_answerless(lua_State *L, const struct use *use)
{
    int base = lua_gettop(L), reference;
    for (unsigned i = 0; use->plan != NULL; i++) {
        bool answers = false;
        reference = plan_function(use->plan, i);
        if (reference == LUA_NOREF)
            break;
        lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
        if (script_is_own(L, base + 1) &&
            script_uses(L, base + 1, visit, &answers) && !answers) {
            lua_pushfstring(L,
                            "%s: this function never returns a value: a "
                            "`return` was forgotten",
                            script_place(L, base + 1, 0));
            lua_replace(L, base + 1);
            lua_settop(L, base + 1);
            return true;
        }
        lua_settop(L, base);
    }
    return false;
}
