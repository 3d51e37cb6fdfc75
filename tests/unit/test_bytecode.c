/* What functions write to, as the reader of dumps sees it, against what the
 * library in use compiles: a function a row, and what it writes. */
#include <check.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "script/bytecode.h"

static int add_piece(lua_State *L, const void *piece, size_t len, void *out)
{
    (void)L;
    buf_add(out, piece, len);
    return 0;
}

struct seen {
    lua_State *L;
    struct buf writes, reads, names;
    unsigned answers;
};

/* `assign a 2; change t 3;` in the order of the code. */
static void note(void *owner, const struct bytecode_use *use)
{
    static const char *const words[] = {[USE_ASSIGN] = "assign",
                                        [USE_CHANGE] = "change",
                                        [USE_INNER] = "inner"};
    struct seen *seen = owner;
    if (use->kind == USE_NAME) {
        buf_addf(&seen->names, "%.*s;", (int)use->len, use->text);
        return;
    }
    if (use->kind == USE_ANSWER) {
        seen->answers++;
        return;
    }
    const char *name = lua_getupvalue(seen->L, -1, use->upvalue);
    ck_assert_ptr_nonnull(name);
    lua_pop(seen->L, 1);
    if (use->kind == USE_READ) {
        buf_addf(&seen->reads, "%s", name);
        if (use->text != NULL)
            buf_addf(&seen->reads, ".%.*s", (int)use->len, use->text);
        buf_puts(&seen->reads, ";");
        return;
    }
    buf_addf(&seen->writes, "%s %s %d;", words[use->kind], name, use->line);
}

/* The function that the text returns, dumped. */
static void dump(lua_State *L, const char *text, struct buf *out)
{
    ck_assert_msg(luaL_dostring(L, text) == LUA_OK, "%s", lua_tostring(L, -1));
    ck_assert_int_eq(lua_dump(L, add_piece, out, 0), 0);
}

static void look(const char *text, struct seen *seen)
{
    struct buf bytes = {0};
    *seen = (struct seen){.L = luaL_newstate()};
    luaL_openlibs(seen->L);
    dump(seen->L, text, &bytes);
    ck_assert_msg(bytecode_read(bytes.at, bytes.len, note, seen), "%s", text);
    buf_release(&bytes);
}

static void done(struct seen *seen)
{
    lua_close(seen->L);
    buf_release(&seen->writes);
    buf_release(&seen->reads);
    buf_release(&seen->names);
}

#define OUTSIDE "local a, b, t, u = 0, 0, {}, {}\nreturn function(row, k)\n"

static const struct {
    const char *body, *writes;
} rows[] = {
    {"a = a + 1", "assign a 3;"},
    {"\n\n\na = row; b = k", "assign a 6;assign b 6;"},
    {"a, b = b, a", NULL},
    {"t.x = 1", "change t 3;"},
    {"t[row] = true", "change t 3;"},
    {"t[7] = true", "change t 3;"},
    {"t[row.mail] = (t[row.mail] or 0) + 1", "change t 3;"},
    {"t[k] = row == nil", "change t 3;"},
    {"t[k] = row and row.x or #u", "change t 3;"},
    {"t[#t + 1] = row", "change t 3;"},
    {"t[k] = function() return row end", "change t 3;"},
    {"t[k](row).x = 1", ""},
    {"t.list[k] = 1", "inner t 3;"},
    {"t.list.of.x = 1", "inner t 3;"},
    {"local s = t\ns.x = 1", "change t 4;"},
    {"local s = t\ns = {}\ns.x = 1", ""},
    {"string.n = 1", "inner _ENV 3;"},
    {"n = 1", "change _ENV 3;"},
    /* Locals of the call are its own, wherever they are written to. */
    {"local n = 0\nreturn (function() n = n + 1; return n end)()", ""},
    {"local s = {}\n(function() s.x = a end)()", ""},
    {"for i = 1, 3 do local f = function() i = 2 end end", ""},
    {"local a = 1\na = 2\nreturn function() a = 3 end", ""},
    /* What an inner function has from outside of both is not. */
    {"return (function()\na = 1 end)()", "assign a 4;"},
    {"return (function() return function()\nt.x = 1 end end)()", "change t 4;"},
    {"local b\nreturn function() b = 1; a = 1 end", "assign a 4;"},
    {"return a + b + #t", ""},
    {"return string.format('%d', a)", ""},
    {"local r = {}\nfor x, y in pairs(t) do r[x] = y end\nreturn r", ""},
    {"row.x = t", ""},
};

START_TEST(test_writes)
{
    struct seen seen;
    struct buf text = {0};
    buf_addf(&text, "%s%s\nend", OUTSIDE, rows[_i].body);
    look(buf_text(&text), &seen);
    const char *wanted = rows[_i].writes;
    if (wanted != NULL)
        ck_assert_str_eq(buf_text(&seen.writes), wanted);
    else /* in any order */
        ck_assert(strstr(buf_text(&seen.writes), "assign a 3;") != NULL &&
                  strstr(buf_text(&seen.writes), "assign b 3;") != NULL);
    buf_release(&text);
    done(&seen);
}
END_TEST

START_TEST(test_reads_and_names)
{
    struct seen seen;
    look("local a, m = 1, {}\nreturn function() return a, m.city('x') end",
         &seen);
    ck_assert_str_eq(buf_text(&seen.reads), "a;m.city;");
    ck_assert_str_eq(buf_text(&seen.names), "city;x;");
    done(&seen);
}
END_TEST

static const struct {
    const char *body;
    bool answers;
} answering[] = {
    {"row = k", false},
    {"return", false},
    {"if row then return end", false},
    {"return nil", true},
    {"if row then return k end", true},
    {"return row, k", true},
    {"return ...", true},
    {"return row(k)", true},
    {"local f = function() return row end", false},
    {"local f <close> = nil\nlocal g = function() return f end", false},
    {"local f = function() return row end\nreturn f()", true},
    {"do local x = row; local f = function() return x end end\nreturn k", true},
};

START_TEST(test_answers)
{
    struct seen seen;
    struct buf text = {0};
    buf_addf(&text, "return function(row, k, ...)\n%s\nend",
             answering[_i].body);
    look(buf_text(&text), &seen);
    ck_assert_msg((seen.answers > 0) == answering[_i].answers, "%s",
                  answering[_i].body);
    done(&seen);
    buf_release(&text);
}
END_TEST

/* A long function: lines that are written down elsewhere, jumps, more
 * constants than an instruction has room for. */
START_TEST(test_long)
{
    struct seen seen;
    struct buf text = {0}, wanted = {0};
    buf_puts(&text, OUTSIDE);
    for (int i = 0; i < 400; i++)
        buf_addf(&text, "k = 'k%d' .. row\n", i);
    for (int i = 0; i < 200; i++)
        buf_puts(&text, "\n");
    buf_puts(&text, "if k then a = 5 end\nt.last = row\nend");
    buf_addf(&wanted, "assign a %d;change t %d;", 603, 604);
    look(buf_text(&text), &seen);
    ck_assert_str_eq(buf_text(&seen.writes), buf_text(&wanted));
    buf_release(&text);
    buf_release(&wanted);
    done(&seen);
}
END_TEST

/* Whatever is not just such a dump is not understood; nothing is read beyond
 * its end. */
START_TEST(test_broken)
{
    struct seen seen = {.L = luaL_newstate()};
    struct buf bytes = {0};
    luaL_openlibs(seen.L);
    dump(seen.L, OUTSIDE "a = a + 1; t.x = function() b = 2 end\nend", &bytes);
    for (size_t len = 0; len < bytes.len; len++) {
        char *copy = malloc(len + 1); /* so that tools see what is beyond */
        memcpy(copy, bytes.at, len);
        ck_assert(!bytecode_read(copy, len, note, &seen));
        free(copy);
    }
    for (size_t at = 0; at < 31; at++) { /* the head */
        bytes.at[at] ^= 1;
        ck_assert(!bytecode_read(bytes.at, bytes.len, note, &seen));
        bytes.at[at] ^= 1;
    }
    ck_assert(bytecode_read(bytes.at, bytes.len, note, &seen));
    buf_release(&bytes);
    done(&seen);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bytecode");
    TCase *tests = tcase_create("bytecode");
    tcase_add_loop_test(tests, test_writes, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tests, test_reads_and_names);
    tcase_add_loop_test(tests, test_answers, 0,
                        sizeof answering / sizeof *answering);
    tcase_add_test(tests, test_long);
    tcase_add_test(tests, test_broken);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
