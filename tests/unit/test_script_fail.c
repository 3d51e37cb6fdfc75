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
    {FAIL_LOAD("require 'outside'"), EXIT_USAGE, "leads by a link outside"},
    {FAIL_LOAD("require 'm'"), EXIT_SCRIPT, "requires itself"},
    {FAIL_LOAD("local t = {} while true do t[#t+1] = ('x'):rep(60000) .. #t "
               "end"),
     EXIT_SCRIPT, "/m.lua:1: ran out of its memory of 8388608 bytes"},
    {FAIL_MAP("local function f() return 1 + f() end return f()"), EXIT_SCRIPT,
     "ran out of its "},
    {FAIL_MAP(""), EXIT_SCRIPT,
     "/m.lua:1: khach-hang.csv:2: map answered nothing at all: a `return` was "
     "forgotten"},
    {FAIL_MAP("return"), EXIT_SCRIPT, "map answered nothing at all"},
    {FAIL_MAP("if row.Code == 'other' then return {} end"), EXIT_SCRIPT,
     "map answered nothing at all"},
    {FAIL_MAP("return (function() end)()"), EXIT_SCRIPT,
     "map answered nothing at all"},
    {FAIL_MAP("local r = {} r[1] = r return r"), EXIT_SCRIPT,
     "had answered before"},
    {FAIL_MAP("local r = {CustomerCode='a', CustomerName='b', Status=1} "
              "return { r, r }"),
     EXIT_SCRIPT,
     "/m.lua:1: khach-hang.csv:2: map answered a table that it had answered "
     "before"},
    {FAIL_MAP("local r = {CustomerCode='a', CustomerName='b', Status=1} "
              "return { {CustomerCode='c', CustomerName='b', Status=1}, r, "
              "{CustomerCode='d', CustomerName='b', Status=1}, r }"),
     EXIT_SCRIPT, "had answered before"},
    {FAIL_MAP("return row.Kode"), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: no column \"Kode\" in khach-hang.csv: did "
     "you mean \"Code\"?"},
    {FAIL_MAP("pcall(function() return row.Kode end) " RECORD("")), EXIT_SCRIPT,
     "no column \"Kode\""},
    {FAIL_MAP("local a = row.Kode\nlocal b = row[9] .. row.Notes .. row.Kode "
              "error('x')"),
     EXIT_SCRIPT,
     "m.lua:2: khach-hang.csv:2: no column \"Kode\" in khach-hang.csv: did you "
     "mean \"Code\"?; "},
    {FAIL_MAP("local a = row.Kode\nlocal b = row[9] .. row.Notes .. row.Kode "
              "error('x')"),
     EXIT_SCRIPT,
     "m.lua:3: no column \"Notes\" in khach-hang.csv: did you mean \"Note\"?"},
    {FAIL_MAP("while row.Kode do end"), EXIT_SCRIPT, "no column \"Kode\""},
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
    {HEAD "return fast.setCustomer { fields = { CustomerName = 'x', "
          "Status = 1, CustomerCode = function(row) while true do end return 1 "
          "end } }",
     true, EXIT_SCRIPT, "khach-hang.csv:2: ran out of its budget"},
    {HEAD "return fast.setCustomer { fields = { CustomerName = 'x', "
          "Status = 1, CustomerCode = col 'Kode' } }",
     true, EXIT_SCRIPT, "Code"},
    {HEAD "return fast.setCustomer { fields = {\nCustomerCode = col 'Kode',"
          "\nCustomerName = col 'Ten':trim(),\nStatus = col(7), Fax = 'x' } }",
     true, EXIT_SCRIPT,
     "/m.lua:2: no column \"Kode\" in khach-hang.csv; did you mean "
     "\"Code\"?; "},
    {HEAD "return fast.setCustomer { fields = {\nCustomerCode = col 'Kode',"
          "\nCustomerName = col 'Ten':trim(),\nStatus = col(7), Fax = 'x' } }",
     true, EXIT_SCRIPT, "/m.lua:4: there is no column 7 in khach-hang.csv"},
    {HEAD "return fast.setCustomer { fields = { CustomerName = 'x', "
          "Status = 1, CustomerCode = function(row) pcall(function() return "
          "row.Kode end) "
          "return 'a' end } }",
     true, EXIT_SCRIPT, "no column \"Kode\""},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Email = 'x' } }"),
     EXIT_SCRIPT,
     "/m.lua:2: fields: CustomerCode, CustomerName, Status have no value in "
     "any row, and are required"},
    {FAIL_LOAD(HEAD "return fast.setCustomer { fields = { CustomerCode = "
                    "col 'Code', CustomerName = ' ', Status = 1 } }"),
     EXIT_SCRIPT, "fields: CustomerName has no value in any row, and is "},
    {FAIL_LOAD(HEAD "return fast.setCustomer { fields = { CustomerCode = "
                    "col 'Code', CustomerName = fast.null, Status = 1 } }"),
     EXIT_SCRIPT, "fields: CustomerName has no value"},
    {FAIL_LOAD(HEAD
               "return fast.setCustomer { key = 'TaxCode', fields = { "
               "CustomerCode = col(1), CustomerName = 'x', Status = 1 } }"),
     EXIT_SCRIPT, "fields: TaxCode has no value"},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Zz = 'x', "
                    "Emial = 'x', Adress = col(1) } }"),
     EXIT_SCRIPT,
     "/m.lua:2: setCustomer has no field \"Adress\"; did you mean "
     "\"Address\"?; "},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Zz = 'x', "
                    "Emial = 'x', Adress = col(1) } }"),
     EXIT_SCRIPT,
     "/m.lua:2: setCustomer has no field \"Emial\"; did you mean \"Email\"?; "},
    {FAIL_LOAD(HEAD "\nreturn fast.setCustomer { fields = { Zz = 'x', "
                    "Emial = 'x', Adress = col(1) } }"),
     EXIT_SCRIPT, "/m.lua:2: setCustomer has no field \"Zz\""},
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
