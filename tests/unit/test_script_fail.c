/* What a script may get wrong, from its first line to its answer: each ends
 * the run with one message that says where and what. */
#include "script_run.h"

/* What stops a run: never loads, or breaks a rule. */

#define FAIL_MAP(body)  MAP(body), true
#define FAIL_LOAD(text) text, false

static const struct fail_case {
    const char *text;
    bool loads;
    enum exit_code code;
    const char *message;
} fail_cases[] = {
    {FAIL_LOAD("return {"), EXIT_SCRIPT, "/m.lua:1: unexpected symbol"},
    {FAIL_LOAD(""), EXIT_SCRIPT, "returns nothing"},
    {FAIL_LOAD("return 5"), EXIT_SCRIPT, "returns a number"},
    {FAIL_LOAD("return {}"), EXIT_SCRIPT, "no mapping"},
    {FAIL_LOAD("return { 5 }"), EXIT_SCRIPT, "no mapping"},
    {FAIL_LOAD("error('oh')"), EXIT_SCRIPT, "/m.lua:1: oh"},
    {FAIL_LOAD("error({})"), EXIT_SCRIPT, "table"},
    {FAIL_LOAD("x = 1"), EXIT_SCRIPT, "a script sets no globals"},
    {FAIL_LOAD("return \"\xff\""), EXIT_SCRIPT, "m.lua:1: not valid UTF-8"},
    {FAIL_LOAD("\x1bLua"), EXIT_SCRIPT, "binary chunk"},
    {FAIL_LOAD("while true do end"), EXIT_SCRIPT, "budget of 1000000"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { feilds = {} }"), EXIT_SCRIPT,
     "/m.lua:1: fast.setCustomer: there is no key 'feilds': did you mean "
     "'fields'?"},
    {FAIL_LOAD(HEAD "return fast.setCustomer {}"), EXIT_SCRIPT,
     "`fields` or `map`"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { fields = {}, map = print }"),
     EXIT_SCRIPT, "not both"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = 5 }"), EXIT_SCRIPT,
     "map: a function"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, key = 'Emial' }"),
     EXIT_SCRIPT, "did you mean 'Email'"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, source = 5 }"),
     EXIT_SCRIPT, "/m.lua:1: a source is a path"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, source = "
                    "fast.csv { 'x.csv', delimitr = ';' } }"),
     EXIT_SCRIPT, "did you mean 'delimiter'"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, source = "
                    "fast.csv { 'x.csv', delimiter = 'ab' } }"),
     EXIT_SCRIPT, "m.lua:1: "},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, "
                    "duplicates = 'first' }"),
     EXIT_SCRIPT, "duplicates"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { map = print, "
                    "options = { batch = {} } }"),
     EXIT_SCRIPT, "batch is a table"},
    {FAIL_LOAD(HEAD "return fast.setCustmer {}"), EXIT_SCRIPT,
     "did you mean 'setCustomer'"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { fields = { Emial = 'x' } }"),
     EXIT_SCRIPT, "/m.lua:1: setCustomer has no field \"Emial\""},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Email = 'x', "
                    "EMAIL = 'y' } }"),
     EXIT_SCRIPT, "/m.lua:2: \"EMAIL\" and \"Email\" are the same field"},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Email = {} } }"),
     EXIT_SCRIPT, "/m.lua:2: Email: this is a table, not a value"},
    {FAIL_LOAD(HEAD "local x = col 'A' .. 'b'"), EXIT_SCRIPT, "fast.join"},
    {FAIL_LOAD(HEAD "local x = col 'A':uper()"), EXIT_SCRIPT,
     "did you mean 'upper'"},
    {FAIL_LOAD(HEAD "local x = vn.fone('A')"), EXIT_SCRIPT,
     "did you mean 'vn.phone'"},
    {FAIL_LOAD(HEAD "local x = col ''"), EXIT_SCRIPT, "a column is named"},
    {FAIL_LOAD(HEAD "local x = fast.with(col 'A')"), EXIT_SCRIPT, "with"},
    {FAIL_LOAD("require 'none'"), EXIT_SCRIPT,
     "/m.lua:1: require: there is "
     "no 'none'"},
    {FAIL_LOAD("require '../m'"), EXIT_SCRIPT, "is no module"},
    {FAIL_LOAD("require '/etc/passwd'"), EXIT_SCRIPT, "is no module"},
    {FAIL_LOAD("require 'a..b'"), EXIT_SCRIPT, "is no module"},
    {FAIL_LOAD("require 'outside'"), EXIT_SCRIPT, "leads out"},
    {FAIL_LOAD("require 'm'"), EXIT_SCRIPT, "requires itself"},
    {FAIL_LOAD("local t = {} while true do t[#t+1] = ('x'):rep(60000) .. #t "
               "end"),
     EXIT_SCRIPT, "/m.lua:1: ran out of its memory of 8388608 bytes"},
    {FAIL_MAP("local function f() return 1 + f() end return f()"), EXIT_SCRIPT,
     "ran out of its "},
    {FAIL_MAP("return 5"), EXIT_SCRIPT,
     "/m.lua:1: khach-hang.csv:2: map "
     "answered a number"},
    {FAIL_MAP("return true"), EXIT_SCRIPT, "map answered a boolean"},
    {FAIL_MAP("return 'x'"), EXIT_SCRIPT, "map answered a string"},
    {FAIL_MAP("return row"), EXIT_SCRIPT, "map answered a userdata"},
    {FAIL_MAP("return { {}, 5 }"), EXIT_SCRIPT, "other things than records"},
    {FAIL_MAP("return { {}, nil, {} , x = {} }"), EXIT_SCRIPT, "holes"},
    {FAIL_MAP("return row.Kode"), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: no column \"Kode\" in khach-hang.csv: did "
     "you mean \"Code\"?"},
    {FAIL_MAP("pcall(function() return row.Kode end) " RECORD("")), EXIT_SCRIPT,
     "no column \"Kode\""},
    {FAIL_MAP("return row[4]"), EXIT_SCRIPT, "no column 4 in khach-hang.csv"},
    {HEAD "return fast.setCustomer { setup = function() while true do end "
          "end, map = print }",
     true, EXIT_SCRIPT, "instructions for setup"},
    {HEAD "return fast.setCustomer { setup = function(env) "
          "fast.reject('no codes') end, map = print }",
     true, EXIT_SCRIPT, "/m.lua:1: fast.reject outside of a row: no codes"},
    {HEAD "return fast.setCustomer { setup = function(env) error('oh') end, "
          "map = print }",
     true, EXIT_SCRIPT, "/m.lua:1: oh"},
    {HEAD "return fast.setCustomer { setup = function(env) "
          "for r in env.rows(fast.csv 'none.csv') do end end, map = print }",
     true, EXIT_INPUT, "none.csv"},
    {HEAD "return fast.setCustomer { fields = { CustomerCode = "
          "function(row) while true do end end } }",
     true, EXIT_SCRIPT, "khach-hang.csv:2: ran out of its budget"},
    {HEAD "return fast.setCustomer { fields = { CustomerCode = "
          "col 'Kode' } }",
     true, EXIT_SCRIPT, "Code"},
    {HEAD "return fast.setCustomer { fields = { CustomerCode = "
          "function(row) pcall(function() return row.Kode end) "
          "return 'a' end } }",
     true, EXIT_SCRIPT, "no column \"Kode\""},
};

START_TEST(test_fail)
{
    const struct fail_case *each = &fail_cases[_i];
    char outside[200];
    make_folder();
    snprintf(outside, sizeof outside, "%s/outside.lua", folder);
    ck_assert_int_eq(symlink("/etc/passwd", outside), 0);
    bool loaded = open_text(each->text);
    if (loaded != each->loads)
        ck_abort_msg("%s\n%s", each->text, err.text);
    if (loaded && run_rows(1))
        ck_abort_msg("%s\nran: %s %s", each->text, json(),
                     chunk->reject_count ? chunk->rejects[0].faults[0].text
                                         : "");
    contains(err.text, each->message);
    ck_assert_int_eq(err.code, each->code);
    ck_assert_uint_eq(chunk->record_count, 0);
    close_all();
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_loop_test(t, test_fail, 0,
                        sizeof fail_cases / sizeof *fail_cases);
    return script_suite(t);
}
