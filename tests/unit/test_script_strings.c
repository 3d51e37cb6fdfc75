/* find, match, gmatch, gsub and rep against Lua's own: each expression is
 * evaluated by a plain state and by a script's, and must come to the same. */
#include <lauxlib.h>
#include <lualib.h>

#include "script_run.h"

static const char *const expressions[] = {
    "('hello'):find('l')",
    "('hello'):find('l', -2)",
    "('hello'):find('')",
    "('hello'):find('', 6)",
    "('hello'):find('', 7)",
    "('hello'):find('', -99)",
    "('a.b'):find('.', 2, true)",
    "('a+b'):find('+', 1, true)",
    "('aXb'):find('(%u)()')",
    "('x'):find('y')",
    "('a\\0b'):find('\\0')",
    "('a\\0b'):find('%z')",
    "('a\\0b'):find('[\\0]b')",
    "('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
    "('key'):match('()')",
    "('key'):match('k', 2)",
    "('2024-01-02'):match('(%d+)-(%d+)-(%d+)')",
    "('  trim  '):match('^%s*(.-)%s*$')",
    "('f(a(b)c)d'):match('%b()')",
    "('THE (quick) fox'):find('%((%a+)%)')",
    "('THE quick'):gsub('%f[%a]%a+', string.len)",
    "('abc'):gsub('', '-')",
    "('abc'):gsub('.', {a = 1, b = true})",
    "('abc'):gsub('%w', '%0%0')",
    "('abc def'):gsub('(%w+) (%w+)', '%2 %1')",
    "('abc'):gsub('b', '%%')",
    "('abc'):gsub('b', '%x')",
    "('abc'):gsub('b', '%2')",
    "('abc'):gsub('b', 7)",
    "('abc'):gsub('b', print, 0)",
    "('abc'):gsub('(b)()', function(a, p) return a .. p end)",
    "('abc'):gsub('b', function() return {} end)",
    "('aaa'):gsub('a', 'b', 2)",
    "('aaa'):gsub('^a', 'b')",
    "('abc'):gsub('b*', '-')",
    "('hello world'):gsub('o', {o = false})",
    "('x'):gsub('x', '%')",
    "('abc'):gsub()",
    "('abc'):gsub('a', nil)",
    "('abc'):gsub('%', '')",
    "('abc'):gsub('[a', '')",
    "('abc'):gsub('a)', '')",
    "('abc'):gsub('%1', '')",
    "('abc'):rep(3)",
    "('abc'):rep(3, ', ')",
    "('abc'):rep(0, ', ')",
    "('abc'):rep(-1)",
    "(''):rep(10, 'x')",
    "('x'):rep(1, 'yy')",
    "all(('k=v, a=b'):gmatch('(%w+)=(%w+)'))",
    "all(('abc'):gmatch(''))",
    "all(('abc'):gmatch('%w', 2))",
    "all(('^a^a'):gmatch('^a'))",
    "all(('abc'):gmatch('b*'))",
    "all((12321):gmatch('2'))",
    "string.find(12321, 3)",
    "string.gsub(12321, 2, 5)",
    "table.concat({1, 2, 3}, '-', 2)",
    "table.unpack({1, 2, 3}, 2)",
    "table.unpack(table.move({1, 2, 3}, 2, 3, 1))",
    ("(function() local t = {3, 1, 2} table.sort(t) table.insert(t, 1, 9) "
     "table.insert(t, 7) return table.remove(t, 2), table.concat(t, ' ') "
     "end)()"),
    "xpcall(function(a, b) return a + b end, print, 1, 2)",
    "xpcall(function() error('x', 0) end, function(e) return e .. '!' end)",
    "xpcall(error, function(e) return e, 2 end, 'x')",
    "select('#', xpcall(function() end, print))",
};

static const char prelude[] =
    "local function show(...) local t = table.pack(...)\n"
    "for i = 1, t.n do t[i] = tostring(t[i]) end\n"
    "return table.concat(t, '|') end\n"
    "local function all(next, ...) local t = {}\n"
    "for a, b in next, ... do t[#t + 1] = a .. ':' .. tostring(b) end\n"
    "return table.concat(t, ' ') end\n";

START_TEST(test_same)
{
    char text[2048];
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    snprintf(text, sizeof text,
             "%s local ok, s = pcall(function() return show(%s) end) "
             "return ok and s or 'error'",
             prelude, expressions[_i]);
    ck_assert_int_eq(luaL_dostring(L, text), LUA_OK);
    snprintf(text, sizeof text,
             HEAD "%s return fast.setCustomer { map = function(row) "
                  "local ok, s = pcall(function() return show(%s) end) "
                  "return { CustomerCode = '1', CustomerName = ok and s or "
                  "'error', Status = 1 } end }",
             prelude, expressions[_i]);
    make_folder();
    if (!open_text(text) || !run_rows(1))
        ck_abort_msg("%s: %s", expressions[_i], err.text);
    ck_assert_uint_eq(chunk->record_count, *lua_tostring(L, -1) != '\0');
    struct buf expected = {0};
    buf_addf(&expected, "\"CustomerName\":\"%s\",\"status\"",
             lua_tostring(L, -1));
    if (chunk->record_count > 0 && strstr(json(), buf_text(&expected)) == NULL)
        ck_abort_msg("%s: %s, Lua %s", expressions[_i], json(),
                     buf_text(&expected));
    buf_release(&expected);
    lua_close(L);
    close_all();
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_loop_test(t, test_same, 0,
                        sizeof expressions / sizeof *expressions);
    return script_suite(t);
}
