/* Plans that are wrong: what the script is told, and that nothing is left. */
#include "plan_calls.h"

START_TEST(columns_that_are_not_there)
{
    ck_assert(compile("return {\n"
                      "  CustomerName = call('trim', col 'Tên khach') }"));
    ck_assert(!BIND("Mã", "Tên khách"));
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    ck_assert_str_eq(err.text,
                     "kh.lua:2: no column \"Tên khach\" in kh.csv; did "
                     "you mean \"Tên khách\"?");
    ck_assert(!BIND("q"));
    ck_assert_str_eq(
        err.text, "kh.lua:2: no column \"Tên khach\" in kh.csv (it has \"q\")");
    ck_assert(compile("return {Address = col(3)}"));
    ck_assert(!BIND("a", "b"));
    ck_assert_str_eq(err.text, "kh.lua:1: there is no column 3 in kh.csv, "
                               "which has 2");
    ck_assert(BIND("a", "b", "c"));
    ck_assert(compile("return {Address = col('no', 'optional'),\n"
                      "  Description = call('upper', col('no', 'optional')),\n"
                      "  GroupCode1 = col(9, true)}"));
    ck_assert(BIND("a"));
    ck_assert_int_eq(ROW("a"), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(ADDRESS), "");
    ck_assert_str_eq(text_at(NOTE), "");
    ck_assert_str_eq(text_at(GROUP), "");
    ck_assert_str_eq(plan_column(plan, ADDRESS), "no");
    /* Names are compared in NFC, without white space at the ends. */
    ck_assert(compile("return {Address = col ' Ma\xcc\x83  số\\n'}"));
    ck_assert(BIND("Mã số"));
}
END_TEST

START_TEST(wrong_fields)
{
    WRONG("return {Adress = col 'A'}",
          "kh.lua:1: setCustomer has no field \"Adress\"; did you mean "
          "\"Address\"?");
    WRONG("return {\nQqqqqqqqqq = function() end}",
          "kh.lua:2: setCustomer has no field \"Qqqqqqqqqq\"");
    WRONG("return {Status = '1', status = '1'}",
          "kh.lua: \"Status\" and \"status\" are the same field");
    WRONG("return {'a'}", "kh.lua: fields: the name of a field is a text");
    WRONG("return 'x'", "kh.lua: fields must be a table");
    WRONG("return {Address = {}}",
          "kh.lua: Address: this is a table, not a value");
    WRONG("return {Address = same}",
          "kh.lua: Address: fast.same is for pick alone");
    WRONG("return {Address = coroutine.create(print)}",
          "kh.lua: Address: this is a thread, not a value");
    WRONG("return {Address = io.stdout}",
          "kh.lua: Address: this is a userdata, not a value");
    WRONG("return {Address = 'a\\xffb'}",
          "kh.lua: Address: this is not UTF-8 text");
    WRONG("return {Address = {kind = 'column'}}",
          "kh.lua: Address: a column has a name or a number");
    WRONG("return {Address = col(0)}",
          "kh.lua:1: Address: columns are counted from 1");
    WRONG("local e = col 'A'\nfor i = 1, 100 do e = call('trim', e) end\n"
          "return {Address = e}",
          "kh.lua:2: Address: expressions are nested too deep");
    WRONG("return {}, {}", "kh.lua: where: this is a table, not a value");
}
END_TEST

START_TEST(wrong_calls)
{
    WRONG("return {Address = call('uper', col 'A')}",
          "kh.lua:1: Address: there is no text function \"uper\"");
    WRONG("return {Address = call('trim')}",
          "kh.lua:1: Address: trim(s): argument 1 is missing");
    WRONG("return {Address = call('trim', col 'A', 1)}",
          "kh.lua:1: Address: trim(s): at most 1 argument, not 2");
    WRONG("return {Address = call('sub', col 'A', 'x')}",
          "kh.lua:1: Address: sub(s, i, j): argument 2 must be a whole "
          "number, not a string");
    WRONG("return {Address = call('sub', col 'A', col 'B')}",
          "kh.lua:1: Address: sub(s, i, j): argument 2 must be a whole "
          "number, not an expression (only a Lua function can do that)");
    WRONG("return {Address = call('replace', col 'A', true, '')}",
          "kh.lua:1: Address: replace(s, what, with): argument 2 must be a "
          "text, not a boolean");
    WRONG("return {Address = call('pick', col 'A', 'x')}",
          "kh.lua:1: Address: pick(s, table, otherwise): the table is a "
          "string");
    WRONG("return {Address = call('pick', col 'A', {a = {}})}",
          "kh.lua:1: Address: pick(s, table, otherwise): [\"a\"] is a table, "
          "not a value");
    WRONG("return {Address = call('pick', col 'A', {[1] = 'x', ['1'] = 'y'})}",
          "kh.lua:1: Address: pick(s, table, otherwise): [\"1\"] is there "
          "twice");
    WRONG("return {Address = call('number', col 'A', {decimals = ','})}",
          "kh.lua:1: Address: number has no option \"decimals\"");
    WRONG("return {Address = call('number', col 'A', {decimal = ',,'})}",
          "kh.lua:1: Address: number: decimal is \",,\", not one sign");
    WRONG("return {Address = call('number', col 'A', 1)}",
          "kh.lua:1: Address: number(s, { decimal = \",\" }): options must be "
          "a table, not a number");
    WRONG("return {Address = call('date', col 'A', 'dd/mm')}",
          "kh.lua:1: Address: date: \"dd/mm\" is no pattern (such as "
          "dd/mm/yyyy)");
    WRONG("return {Address = call('split', col 'A', '')}",
          "kh.lua:1: Address: split: the separator is empty");
    WRONG("return {Address = call('truncate', col 'A', -1)}",
          "kh.lua:1: Address: truncate: -1 is no length");
    WRONG("return {\nAddress = call('trim',\n call('match', col 'A', '(')) }",
          "kh.lua:3: Address: unfinished capture");
    WRONG("local a = {} for i = 1, 40 do a[i] = col(i) end\n"
          "return {Address = call('first', table.unpack(a))}",
          "kh.lua:2: Address: first(a, b, …): at most 32 arguments, not 40");
    WRONG("return {Address = with(col 'A', 'x')}",
          "kh.lua:1: Address: with: its last argument is a function");
}
END_TEST

/* A Lua error while compiling leaves nothing behind. */
static int limit;

static void *capped(void *from, void *at, size_t old, size_t size)
{
    (void)from;
    (void)old;
    if (size == 0) {
        free(at);
        return NULL;
    }
    if (limit > 0 && --limit == 0)
        return NULL;
    return realloc(at, size);
}

START_TEST(out_of_lua_memory)
{
    void *before;
    lua_Alloc allocate = lua_getallocf(L, &before);
    const char *script =
        "return {Address = call('pick', col 'A', {a = 1, b = 2}),\n"
        " Description = with(col 'B', function(b) return b end),\n"
        " Status = function() end}";
    for (int at = 1; at < 60; at++) {
        lua_settop(L, 0);
        ck_assert(luaL_dostring(L, script) == LUA_OK);
        lua_setallocf(L, capped, NULL);
        limit = at;
        plan = plan_compile(L, 1, 0, &form, "kh.lua", &host, &err);
        limit = 0;
        lua_setallocf(L, allocate, before);
        ck_assert(plan != NULL || err.code == EXIT_SCRIPT);
        plan_free(plan);
        plan = NULL;
    }
}
END_TEST

RUN("plan_errors", columns_that_are_not_there, wrong_fields, wrong_calls,
    out_of_lua_memory)
