/* Our patterns against Lua's own: random patterns over a small alphabet, each
 * on a random text; find, gsub, gmatch and match must answer the same, or both
 * refuse. The binding is reached through a script's state, Lua's own through a
 * plain one. */
#include <check.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind/string/compile.h"
#include "bind/string/pattern.h"

static uint64_t seed = 88172645463325252u;

static unsigned next(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 33) % below;
}

static size_t random_text(char *text, size_t max)
{
    size_t len = next((unsigned)max);
    for (size_t i = 0; i < len; i++)
        text[i] = "aabbc1 ()%]-"[next(12)];
    text[len] = '\0';
    return len;
}

static size_t random_pattern(char *pattern)
{
    static const char *const parts[] = {
        "a",  "b",    "c",    ".",     "%a",    "%d",    "%s",
        "%W", "[ab]", "[^a]", "[a-c]", "[%a-]", "[]a]",  "(",
        ")",  "()",   "*",    "+",     "-",     "?",     "$",
        "^",  "%1",   "%2",   "%b()",  "%bab",  "%f[a]", "%f[^a]",
        "%",  "[",    "[^",   "%f",    "%b(",   "1",     " ",
        "%(", "%]",   "[a-",  "%z",    "[%",    "[+-%]", "%-"};
    size_t len = 0;
    unsigned count = next(8);
    for (unsigned i = 0; i < count; i++) {
        /* Broken ones are rare, so that most patterns get somewhere. */
        const char *part = parts[next(next(4) == 0 ? 42 : 25)];
        memcpy(pattern + len, part, strlen(part));
        len += strlen(part);
    }
    pattern[len] = '\0';
    return len;
}

/* What Lua's own find answers, as text. */
static void theirs(lua_State *L, const char *text, size_t len,
                   const char *pattern, size_t pattern_len, char *out,
                   size_t size)
{
    lua_settop(L, 0);
    lua_getglobal(L, "find");
    lua_pushlstring(L, text, len);
    lua_pushlstring(L, pattern, pattern_len);
    if (lua_pcall(L, 2, 1, 0) != LUA_OK)
        snprintf(out, size, "error");
    else
        snprintf(out, size, "%s", lua_tostring(L, -1));
}

/* The same by ours. */
static void ours(const char *text, size_t len, const char *pattern,
                 size_t pattern_len, char *out, size_t size)
{
    struct pattern *compiled = malloc(pattern_size(pattern_len));
    struct match match = {.subject = text, .len = len, .steps = 1000000};
    const char *why = pattern_compile(compiled, pattern, pattern_len);
    bool found = why == NULL && pattern_search(compiled, &match, text);
    size_t at = 0;
    if (why != NULL || match.trouble != NULL) {
        snprintf(out, size, "error");
    } else if (!found) {
        snprintf(out, size, "none");
    } else {
        at +=
            (size_t)snprintf(out, size, "%d %d", (int)(match.start - text) + 1,
                             (int)(match.end - text));
        for (unsigned i = 0; i < match.count; i++) {
            const struct capture *capture = &match.captures[i];
            if (capture->len == CAPTURE_PLACE)
                at += (size_t)snprintf(out + at, size - at, " %d",
                                       (int)(capture->at - text) + 1);
            else
                at += (size_t)snprintf(out + at, size - at, " %.*s",
                                       (int)capture->len, capture->at);
        }
    }
    free(compiled);
}

START_TEST(test_same_as_lua)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    ck_assert_int_eq(luaL_dostring(L,
                                   "function find(s, p) local t = {s:find(p)}\n"
                                   "if #t == 0 then return 'none' end\n"
                                   "return table.concat(t, ' ') end"),
                     LUA_OK);
    unsigned errors = 0, found = 0;
    for (unsigned i = 0; i < 200000; i++) {
        char text[32], pattern[128], their[256], our[256];
        size_t len = random_text(text, 12);
        size_t pattern_len = random_pattern(pattern);
        if (strpbrk(pattern, "^$*+?.([%-") == NULL)
            continue; /* find takes it for plain text */
        theirs(L, text, len, pattern, pattern_len, their, sizeof their);
        ours(text, len, pattern, pattern_len, our, sizeof our);
        /* What is malformed, Lua finds out only when it gets there. */
        bool no_match = strcmp(their, "none") == 0;
        if (strcmp(our, "error") == 0 &&
            (no_match || strcmp(their, our) == 0)) {
            errors++;
            continue;
        }
        found += !no_match;
        if (strcmp(their, our) != 0)
            ck_abort_msg("'%s' on '%s': Lua '%s', ours '%s'", pattern, text,
                         their, our);
    }
    ck_assert_uint_gt(found, 20000);
    ck_assert_uint_lt(errors, 150000);
    lua_close(L);
}
END_TEST

START_TEST(test_steps)
{
    char text[41], pattern[128] = "";
    memset(text, 'a', 40);
    text[40] = '\0';
    for (unsigned i = 0; i < 30; i++)
        strcat(pattern, "a*");
    strcat(pattern, "c");
    struct pattern *compiled = malloc(pattern_size(strlen(pattern)));
    struct match match = {.subject = text, .len = 40, .steps = 1000000};
    ck_assert_ptr_null(pattern_compile(compiled, pattern, strlen(pattern)));
    ck_assert(!pattern_search(compiled, &match, text));
    ck_assert_uint_eq(match.steps, 0);
    ck_assert_ptr_null(match.trouble);
    free(compiled);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("pattern");
    TCase *t = tcase_create("pattern");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_same_as_lua);
    tcase_add_test(t, test_steps);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
