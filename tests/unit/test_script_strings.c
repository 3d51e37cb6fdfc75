/* The string library: find, match, gmatch, gsub, rep and others against Lua's
 * own: each expression is evaluated by a plain state and by a script's, and
 * must come to the same. */
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
    "('hello'):len(), ('Đặng'):len(), string.len(12)",
    "('hello'):sub(2, -2), ('hello'):sub(-3), ('hello'):sub(9), ('x'):sub(0)",
    "('Đặng'):sub(3), string.sub(12345, 2, 3)",
    "('abc'):byte(1, -1), ('abc'):byte(9), ('Đ'):byte(1, 2)",
    "('hello'):reverse(), ('Đ'):reverse() == '\\x90\\xC4'",
    "('%5s|%-5s|%d'):format('a', 'b', 7)",
    "('%d'):format('x')",
    "('%s'):format('Đ'), ('%.1s'):format('Đ') == '\\xC4'",
    "('Hello'):upper(), ('Hello'):lower(), string.upper(1e15)",
    "('\\xC4a'):upper() == '\\xC4A', ('\\xFFA'):lower() == '\\xFFa'",
    "string.upper(), string.upper({})",
    "string.len(nil)",
    "string.sub()",
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

/* An expression over row['Tên'], what it answers as text, and what of a warning
 * is told of it (NULL: nothing). */
static const struct {
    const char *name, *expression, *answer, *warning;
} letters[] = {
    /* Unicode. */
    {"Đặng Thị", "n:upper()", "ĐẶNG THỊ", NULL},
    {"CÔNG TY", "n:lower()", "công ty", NULL},
    {"CÔNG TY", "string.lower(n)", "công ty", NULL},
    {"Nguyễn An", "(n:gsub('%S+', string.upper))", "NGUYỄN AN", NULL},
    /* Text functions are methods. */
    {"a  b", "n:squeeze()", "a b", NULL},
    {"Đặng", "n:ascii()", "Dang", NULL},
    {"đặng thị", "n:title()", "Đặng Thị", NULL},
    {"Đặng Thị", "n:truncate(5)", "Đặng ", NULL},
    {"A1B2", "n:digits()", "12", NULL},
    {"a;b", "n:split(';')[2]", "b", NULL},
    {"a", "n:join('-', 'b')", "a-b", NULL},
    {"a", "n:prefix('x'):suffix('z')", "xaz", NULL},
    {"a", "n:pick { a = 'one' }", "one", NULL},
    {"1.5", "n:number { decimal = '.' } + 1", "2.5", NULL},
    {"1/2/2024", "n:date('d/m/yyyy')", "2024-02-01", NULL},
    {"A &amp; B", "n:unescape()", "A & B", NULL},
    {" ", "n:default('none'):trim()", "none", NULL},
    {"a", "select(2, pcall(n.squeeze)):match('write a colon.*')",
     "write a colon, not a dot: text:squeeze(…)", NULL},
    {"a", "select(2, pcall(string.prefix, 5, 'x')):match('write a colon')",
     "write a colon", NULL},
    /* Names of Lua's stay Lua's; what they do to letters is told. */
    {"Nguyen", "n:len()", "6", NULL},
    {"Nguyễn", "n:len()", "8", "string.len counts bytes: fast.len"},
    {"Nguyễn", "n:sub(1, 4)", "Nguy", NULL},
    {"Nguyễn", "n:sub(8)", "n", NULL},
    {"Nguyễn", "#n:sub(1, 5)", "5", "string.sub cuts"},
    {"Nguyễn", "#n:sub(6)", "3", "string.sub cuts"},
    {"Đ", "n:byte()", "196", "string.byte answers a part"},
    {"Đ", "select('#', n:byte(1, -1))", "2", NULL},
    {"AĐ", "n:byte()", "65", NULL},
    {"AĐ", "#n:reverse()", "3", "string.reverse takes"},
    {"AB", "n:reverse()", "BA", NULL},
    {"Nguyễn", "#('%.5s'):format(n)", "5", "string.format cuts"},
    {"Nguyễn", "('%s!'):format(n)", "Nguyễn!", NULL},
    /* A class that stops at a letter, or begins behind one. */
    {"Nguyễn", "n:match('%a+')", "Nguy", "stops at a letter"},
    {"Nguyễn", "n:match('%w+')", "Nguy", "stops at a letter"},
    {"Nguyễn", "n:match('[A-Za-z]+')", "Nguy", "stops at a letter"},
    {"Nguyễn", "n:match('%a-$')", "n", "stops at a letter"},
    {"Đặng", "n:match('%l+')", "ng", "stops at a letter"},
    {"Đặng", "n:find('%a')", "6", "stops at a letter"},
    {"Nguyễn", "n:match('^%a+$')", "nil", "stops at a letter"},
    {"Đ", "n:find('%a')", "nil", "stops at a letter"},
    {"Nguyễn", "n:match('%f[%a]n')", "n", "stops at a letter"},
    {"nguyễn", "(n:gsub('%l', string.upper))", "NGUYễN", "stops at a letter"},
    {"an ễ", "(n:gsub('%a+', '-'))", "- ễ", "stops at a letter"},
    {"Lê An", "(n:gmatch('%a+'))()", "L", "stops at a letter"},
    {"KHĐ-1", "n:match('^(%w+)%-')", "nil", "stops at a letter"},
    /* A class that takes a letter for none. */
    {"Lê An", "(n:gsub('%W+', '-'))", "L-An", "takes a letter"},
    {"Lê An", "(n:gsub('[^%w%s]', ''))", "L An", "takes a letter"},
    {"KH1 Lê", "n:match('^%a+%d(%A+)') .. '.'", " .", NULL},
    /* A part of a character. */
    {"Đ", "#n:match('.')", "1", "takes a part"},
    {"aĐ", "n:find('[Đđ]')", "2", "takes a part"},
    {"aĐ", "#n:match('a(.)')", "1", "takes a part"},
    {"Đa", "#(n:gsub('\\xC4', ''))", "2", "takes a part"},
    /* What is right. */
    {"Nguyễn Văn An", "n:match('^(%S+)%s')", "Nguyễn", NULL},
    {"Nguyễn Văn An", "n:match('(%S+)$')", "An", NULL},
    {"Nguyễn, Văn", "n:match('[^,]+')", "Nguyễn", NULL},
    {"Lê An: an@x.vn", "n:match('[%w.]+@[%w.]+')", "an@x.vn", NULL},
    {"Lê An", "n:match('[%w.]+@[%w.]+')", "nil", NULL},
    {"ĐT: 0903", "(n:gsub('%D', ''))", "0903", NULL},
    {"ĐT: 0903", "n:match('%d+')", "0903", NULL},
    {"Đ 1", "(n:gsub('.', function(c) return c end))", "Đ 1", NULL},
    {"Lê", "(n:gsub('^%s*(.-)%s*$', '%1'))", "Lê", NULL},
    {"Lê – An", "n:match('%s%W+%s')", " – ", NULL},
    {"KH1–2", "n:match('^%w+')", "KH1", NULL},
    {"Lê", "n:match('[^%s%p%d]+')", "Lê", NULL},
    {"Lê", "n:match(utf8.charpattern)", "L", NULL},
    {"Lê An", "n:find('ê', 1, true)", "2", NULL},
};

/* The row's only warning, or none. */
static void told(const char *expression, const char *warning)
{
    unsigned count = chunk->doubt_count;
    ck_assert_msg(count == (warning != NULL), "%s: %u warnings", expression,
                  count);
    if (warning == NULL)
        return;
    const struct warning *doubt = &chunk->doubts[0].warning;
    ck_assert_int_eq(doubt->kind, WARNING_TEXT);
    contains(doubt->text, "m.lua:3: ");
    contains(doubt->text, warning);
}

START_TEST(test_letters)
{
    char text[2048];
    snprintf(text, sizeof text,
             HEAD
             "return fast.setCustomer { map = function(row)\n"
             "local n = row['Tên']\nlocal answer = %s\n"
             "return { CustomerCode = '1', CustomerName = 'A', Status = 1, "
             "Description = 'it is ' .. tostring(answer) .. '.' } end }",
             letters[_i].expression);
    make_folder();
    ck_assert_msg(open_text(text), "%s", err.text);
    const char *name = letters[_i].name;
    cells[0][1] = value_text(name, strlen(name));
    ck_assert_msg(run_rows(1), "%s: %s", letters[_i].expression, err.text);
    struct buf expected = {0};
    buf_addf(&expected, "\"Description\":\"it is %s.\"", letters[_i].answer);
    if (chunk->record_count != 1 || strstr(json(), buf_text(&expected)) == NULL)
        ck_abort_msg("%s: %s", letters[_i].expression, json());
    told(letters[_i].expression, letters[_i].warning);
    buf_release(&expected);
    close_all();
    remove_folder();
}
END_TEST

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
             HEAD
             "%s return fast.setCustomer { map = function(row) "
             "local ok, s = pcall(function() return show(%s) end) "
             "return { CustomerCode = '1', CustomerName = 'A', Status = 1, "
             "Description = 'it is ' .. (ok and s or 'error') .. '.' } "
             "end }",
             prelude, expressions[_i]);
    make_folder();
    if (!open_text(text) || !run_rows(1))
        ck_abort_msg("%s: %s", expressions[_i], err.text);
    ck_assert_uint_eq(chunk->record_count, 1);
    struct buf expected = {0};
    buf_addf(&expected, "\"Description\":\"it is %s.\"", lua_tostring(L, -1));
    if (strstr(json(), buf_text(&expected)) == NULL)
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
    tcase_add_loop_test(t, test_letters, 0, sizeof letters / sizeof *letters);
    return script_suite(t);
}
