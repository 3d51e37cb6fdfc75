/* The script host: every case is a script, a row, and what must come of it. */
#include "script_run.h"

/* Outcomes. */

static const struct outcome_case {
    const char *text;
    unsigned records, rejects, skipped, extra;
    const char *json;  /* whole, or NULL */
    const char *fault; /* part of the first reject's first fault, or NULL */
} outcome_cases[] = {
    {MAP(RECORD("")), 1, 0, 0, 0,
     "{\"CustomerCode\":\"KH1\",\"CustomerName\":\"Công ty A\","
     "\"status\":\"1\"}",
     NULL},
    {MAP("return nil, 'why'"), 0, 0, 1, 0, "", NULL},
    {MAP("return false"), 0, 0, 1, 0, "", NULL},
    {MAP("return fast.null"), 0, 0, 1, 0, "", NULL},
    {MAP("return fast.reject('bad\\nrow')"), 0, 1, 0, 0, "", "bad\\u{A}row"},
    {MAP("fast.reject('bad', 'email')"), 0, 1, 0, 0, "", "bad"},
    {MAP("error('oh')"), 0, 1, 0, 0, "", "/m.lua:2: oh"},
    {MAP("error('oh', 0)"), 0, 1, 0, 0, "", "/m.lua:2: oh"},
    {MAP("error(setmetatable({}, {__tostring=function() return 'mine' end}))"),
     0, 1, 0, 0, "", "mine"},
    {MAP("error({})"), 0, 1, 0, 0, "",
     "/m.lua:2: the error is a table, not a text"},
    {MAP("local x = nil; return x.y"), 0, 1, 0, 0, "",
     "/m.lua:2: attempt to index a nil value (local 'x')"},
    {MAP("local function f(s) return (s:gsub('.', f)) end return f('x')"), 0, 1,
     0, 0, "", "stack overflow"},
    {MAP("return {}"), 0, 1, 0, 0, "",
     "map answered a table without fields: it answers a record, a list of "
     "records, or nil and why the row is skipped"},
    {MAP("return 5"), 0, 1, 0, 0, "", "map answered a number: it answers a"},
    {MAP("return true"), 0, 1, 0, 0, "", "map answered a boolean"},
    {MAP("return 'x'"), 0, 1, 0, 0, "", "map answered a string"},
    {MAP("return print"), 0, 1, 0, 0, "", "map answered a function"},
    {MAP("return row"), 0, 1, 0, 0, "", "map answered the row itself"},
    {MAP("return fast.same"), 0, 1, 0, 0, "", "map answered the row itself"},
    {MAP("return fast.null"), 0, 0, 1, 0, "", NULL},
    {MAP("return nil"), 0, 0, 1, 0, "", NULL},
    {MAP("return row.Code == 'x' and {}"), 0, 0, 1, 0, "", NULL},
    {MAP("return nil, 'not wanted'"), 0, 0, 1, 0, "", NULL},
    {MAP("return nil, 5"), 0, 0, 1, 0, "", NULL},
    {MAP("return nil, {CustomerCode='a', CustomerName='b', Status=1}"), 0, 1, 0,
     0, "", "map answered nil, and a table after it"},
    {MAP("local r = {CustomerCode='a', CustomerName='b', Status=1} "
         "return r, {CustomerCode='c', CustomerName='b', Status=1}"),
     0, 1, 0, 0, "", "two values (a list of records is one: return { a, b })"},
    {MAP(RECORD("") ", nil"), 1, 0, 0, 0, NULL, NULL},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1}, false }"), 0,
     1, 0, 0, "", "a list with holes, or with other things than records"},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1}, 'x' }"), 0,
     1, 0, 0, "", "other things than records"},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1}, nil, {} }"),
     0, 1, 0, 0, "", "a list with holes"},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1}, x = {} }"),
     0, 1, 0, 0, "", "a list with holes"},
    {MAP("return { nil, {CustomerCode='a', CustomerName='b', Status=1} }"), 0,
     1, 0, 0, "", "a record has field names alone, this one a number as key"},
    {MAP("return { 'a', 'b', 'c' }"), 0, 1, 0, 0, "", "a number as key"},
    {MAP("return { false, {CustomerCode='a', CustomerName='b'} }"), 0, 1, 0, 0,
     "", "a number as key"},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1}, {} }"), 1, 1,
     0, 1, NULL, "a table without fields"},
    {MAP("local r = {CustomerCode='a', CustomerName='b', Status=1} "
         "r.Email = r return r"),
     0, 1, 0, 0, "", "is a table with a metatable"},
    {HEAD "local name = col 'Code' return fast.setCustomer { where = name, "
          "map = function(row) return {CustomerCode='a', CustomerName=name, "
          "Status=1} end }",
     0, 1, 0, 0, "", "is an expression, which only"},
    {MAP(RECORD("[{}] = 'a'")), 0, 1, 0, 0, "", "a table as key"},
    {MAP(RECORD("[true] = 'a'")), 0, 1, 0, 0, "", "a boolean as key"},
    {MAP(RECORD("CustomerCode = 0/0")), 0, 1, 0, 0, "", "nan"},
    {MAP("return setmetatable({CustomerCode='a', CustomerName='b'}, "
         "{__index = {Status=1}})"),
     0, 1, 0, 0, "", "a table with a metatable"},
    {MAP("return { setmetatable({CustomerCode='a'}, {__index = {}}) }"), 0, 1,
     0, 0, "", "a table with a metatable"},
    {MAP("return setmetatable({CustomerCode='a', CustomerName='b', Status=1}, "
         "{})"),
     1, 0, 0, 0, NULL, NULL},
    {MAP("return col 'Code'"), 0, 1, 0, 0, "",
     "an expression is for `fields` and `where`"},
    {HEAD "local code = col 'Code' return fast.setCustomer { where = code, "
          "map = function(row) return code end }",
     0, 1, 0, 0, "", "(an expression, or "},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1},"
         "{CustomerCode='c', CustomerName='d', Status=true} }"),
     2, 0, 0, 1,
     "{\"CustomerCode\":\"a\",\"CustomerName\":\"b\",\"status\":\"1\"},"
     "{\"CustomerCode\":\"c\",\"CustomerName\":\"d\",\"status\":\"1\"}",
     NULL},
    {MAP("return { {CustomerCode='a', CustomerName='b', Status=1},"
         "{CustomerCode='c'}, {CustomerCode='e', CustomerName='f', Status=0}"
         "}"),
     2, 1, 0, 2, NULL, "required"},
    {MAP(RECORD("email = 'a', EMAIL = 'b'")), 0, 1, 0, 0, "", "two spellings"},
    {MAP(RECORD("Emial = 'a'")), 0, 1, 0, 0, "", "did you mean 'Email'"},
    {MAP(RECORD("[7] = 'a'")), 0, 1, 0, 0, "", "a number as key"},
    {MAP(RECORD("Email = {}")), 0, 1, 0, 0, "", "a list of 0: must be text"},
    {MAP(RECORD("Email = { a = 1 }")), 0, 1, 0, 0, "", "is a table"},
    {MAP(RECORD("Fax = fast.join(',', 'a', fast.split('', ','), 'b')")), 1, 0,
     0, 0,
     "{\"CustomerCode\":\"KH1\",\"CustomerName\":\"Công ty A\","
     "\"Fax\":\"a,b\",\"status\":\"1\"}",
     NULL},
    {MAP(RECORD("Email = print")), 0, 1, 0, 0, "", "is a function"},
    {MAP(RECORD("Email = row")), 0, 1, 0, 0, "", "the row itself"},
    {MAP(RECORD("Email = col 'Code'")), 0, 1, 0, 0, "", "an expression"},
    {MAP(RECORD("Email = '\\xff'")), 0, 1, 0, 0, "", "valid UTF-8"},
    {MAP(RECORD("Email = ('Tên'):sub(1, 2)")), 0, 1, 0, 0, "", "valid UTF-8"},
    {MAP(RECORD("Email = 1/0")), 0, 1, 0, 0, "", "inf"},
    {MAP(RECORD("Email = fast.empty, Fax = fast.null, TaxCode = ''")), 1, 0, 0,
     0, NULL, NULL},
    {MAP(RECORD("Email = ('x'):rep(131)")), 0, 1, 0, 0, "",
     "131 characters, at most 128"},
    {MAP(RECORD("OtherName = 'e\\u{301}'")), 1, 0, 0, 0,
     "{\"CustomerCode\":\"KH1\",\"CustomerName\":\"Công ty A\","
     "\"OtherName\":\"\u00e9\",\"status\":\"1\"}",
     NULL},
    {MAP("return { CustomerCode = 9007199254740993, CustomerName = 2.0, "
         "Status = false, EmployeeYN = true }"),
     1, 0, 0, 0,
     "{\"CustomerCode\":\"9007199254740993\",\"CustomerName\":\"2\","
     "\"status\":\"0\",\"EmployeeYN\":1}",
     NULL},
    {MAP(RECORD("Description = at.file .. ' ' .. at.line .. ' ' .. at.index, "
                "Fax = #row .. row[1] .. (row:get('none') or '-')")),
     1, 0, 0, 0,
     "{\"CustomerCode\":\"KH1\",\"CustomerName\":\"Công ty A\","
     "\"Fax\":\"3KH1-\",\"status\":\"1\","
     "\"Description\":\"khach-hang.csv 2 1\"}",
     NULL},
    {MAP("local t = {} for k, v in pairs(row) do t[#t+1] = k .. '=' .. v "
         "end " RECORD("Description = table.concat(t, ';')")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local ok, e = fast.validate('setCustomer', {CustomerCode='a', "
         "Email=('x'):rep(200)}) assert(ok == nil) " RECORD(
             "Description = #e .. e[1] .. e.Email:sub(1, 3)")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("assert(fast.validate('setCustomer', "
         "{CustomerCode='a', "
         "CustomerName='b', status=1}) == true) " RECORD("")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local cjson = require 'cjson' assert(cjson.null == "
         "fast.null) " RECORD("Email = cjson.null")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local ok, why = pcall(fast.number, 'abc') assert(not ok) " RECORD(
         "Fax = tostring(fast.number('1.234,5', {decimal=','}))")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("fast.pick('zz', {a='1'})"), 0, 1, 0, 0, "", "zz"},
    {MAP(RECORD("Fax = fast.pick('7', {[7]='seven'}, fast.same)")), 1, 0, 0, 0,
     NULL, NULL},
    {MAP("error(('x'):rep(2000))"), 0, 1, 0, 0, "", "xxx\u2026"},
    {MAP("fast.replace(('a'):rep(1 << 14), 'a', ('b'):rep(1 << 14))"), 0, 1, 0,
     0, "", "grows too long"},
    {MAP("local t = {} for i = 1, 2000 do t[i] = 'x' end "
         "fast.join(('a'):rep(1 << 14), t)"),
     0, 1, 0, 0, "", "grows too long"},
    {MAP("row.Code = 'x'"), 0, 1, 0, 0, "", "cannot be changed"},
    {MAP("return fast.null.x"), 0, 1, 0, 0, "", "fast.null"},
    {MAP("return at.lien"), 0, 1, 0, 0, "", "did you mean 'line'"},
    {MAP("return fast.uper('x')"), 0, 1, 0, 0, "", "did you mean 'upper'"},
    {MAP("return fast.upper()"), 0, 1, 0, 0, "", "is missing"},
    {MAP("return fast.upper('a', 'b')"), 0, 1, 0, 0, "", "too many"},
    {MAP("return nothing_here"), 0, 1, 0, 0, "",
     "there is no global 'nothing_here'"},
    {MAP("tostrin('x')"), 0, 1, 0, 0, "", "did you mean 'tostring'"},
    {MAP("leak = 1"), 0, 1, 0, 0, "", "write `local leak`"},
    {MAP("print = nil"), 0, 1, 0, 0, "", "write `local print`"},
    {HEAD "return fast.setCustomer { where = col 'Note':blank(), "
          "map = function() error('never') end }",
     0, 0, 1, 0, "", NULL},
    {HEAD "return fast.setCustomer { where = function(row) return "
          "row.Note == 'x' end, map = function(row) " RECORD("") " end }",
     1, 0, 0, 0, NULL, NULL},
    {HEAD "return fast.setCustomer { fields = { CustomerCode = col 'Code', "
          "CustomerName = function(row) return fast.reject('no name') end, "
          "Status = 1, Email = ('x'):rep(130) } }",
     0, 1, 0, 0, "", "no name"},
    {HEAD "return fast.setCustomer { fields = { CustomerCode = col 'Code', "
          "CustomerName = function(row) return {} end, Status = 1 } }",
     0, 1, 0, 0, "", "a list of 0: must be text"},
};

START_TEST(test_outcome)
{
    const struct outcome_case *each = &outcome_cases[_i];
    make_folder();
    if (!open_text(each->text) || !run_rows(1))
        ck_abort_msg("%s\n%s", each->text, err.text);
    if (chunk->record_count != each->records)
        ck_abort_msg("%s\n%s %s", each->text, json(),
                     chunk->reject_count ? chunk->rejects[0].faults[0].text
                                         : "");
    ledger(1, each->records, each->rejects, each->skipped, each->extra);
    if (each->json != NULL)
        ck_assert_str_eq(json(), each->json);
    if (each->fault != NULL) {
        contains(chunk->rejects[0].faults[0].text, each->fault);
        ck_assert_uint_eq(chunk->rejects[0].place.line, 2);
    }
    close_all();
    remove_folder();
}
END_TEST

/* Both ways of writing a mapping send the same. */
START_TEST(test_fields_equal_map)
{
    static const char *const texts_of[] = {
        HEAD
        "return fast.setCustomer { where = col 'Note':replace('NCC', ''), "
        "fields = { CustomerCode = col 'Code', CustomerName = col 'Tên',"
        "OtherName = col 'Tên':upper(), Address = fast.join(', ', col 'Code',"
        "col 'Tên', col(3)), PhoneNumber = vn.phone('0912 345 678'),"
        "GroupCode1 = col 'Note':pick({x = 'one', ['5'] = 5}, fast.same), "
        "Status = '1', EmployeeYN = true, Fax = col 'Code':match '%d+',"
        "Description = fast.with(col 'Code', col 'Note', function(a, b) "
        "return a .. '/' .. b end),"
        "Partner = function(row, at) return at.line end } }",
        HEAD
        "return fast.setCustomer { where = function(row) return "
        "fast.replace(row.Note, 'NCC', '') end, map = function(row, at) "
        "return { CustomerCode = row.Code, CustomerName = row['Tên'],"
        "OtherName = fast.upper(row['Tên']), Address = fast.join(', ', "
        "row.Code, row['Tên'], row[3]), "
        "PhoneNumber = vn.phone('0912 345 678'),"
        "GroupCode1 = fast.pick(row.Note, {x = 'one', [5] = 5}, fast.same), "
        "Status = '1', EmployeeYN = true, Fax = fast.match(row.Code, '%d+'),"
        "Description = row.Code .. '/' .. row.Note,"
        "Partner = at.line } end }"};
    char *first = NULL;
    make_folder();
    for (unsigned i = 0; i < 2; i++) {
        if (!open_text(texts_of[i]) || !run_rows(4))
            ck_abort_msg("%s", err.text);
        ck_assert_uint_eq(chunk->rows, 4);
        ck_assert_uint_gt(chunk->record_count, 0);
        if (first == NULL)
            first = strdup(json());
        else
            ck_assert_str_eq(json(), first);
        close_all();
    }
    free(first);
    remove_folder();
}
END_TEST

/* A reject knows the row, the key, and every fault. */
START_TEST(test_reject)
{
    make_folder();
    ck_assert(open_text(HEAD
                        "return fast.setCustomer { fields = { CustomerCode = "
                        "col 'Code', CustomerName = col 'Tên', Status = '1', "
                        "Email = fast.join('', col 'Tên', ('x'):rep(140)), "
                        "Fax = function() error('oh') end } }"));
    ck_assert(run_rows(3));
    ledger(3, 0, 3, 0, 0);
    const struct reject *reject = &chunk->rejects[2];
    ck_assert_uint_eq(reject->place.line, 4);
    ck_assert_str_eq(reject->key, "KH3");
    ck_assert_uint_eq(reject->origin.len, 6);
    ck_assert_uint_eq(reject->count, 3);
    unsigned found = 0;
    for (unsigned i = 0; i < 3; i++) {
        const struct fault *fault = &reject->faults[i];
        if (strcmp(fault->field, "CustomerName") == 0) {
            contains(fault->text, "(column \"Tên\")");
            found++;
        }
        if (strcmp(fault->field, "Fax") == 0) {
            contains(fault->text, "/m.lua:1: oh");
            found++;
        }
        found += strcmp(fault->field, "Email") == 0;
    }
    ck_assert_uint_eq(found, 3);
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_record)
{
    make_folder();
    ck_assert(open_text(MAP(RECORD(""))));
    ck_assert(run_rows(2));
    ledger(2, 2, 0, 0, 0);
    const struct record *record = &chunk->records[1];
    ck_assert_uint_eq(record->place.line, 3);
    ck_assert_uint_eq(record->key_len, 3);
    ck_assert_mem_eq(record->key, "kh2", 3);
    uint64_t hash[2];
    form_key_hash("KH2", 3, hash);
    ck_assert_mem_eq(record->key_hash, hash, sizeof hash);
    const char *text = json() + record->json;
    ck_assert_mem_eq(text, "{\"CustomerCode\":\"kh2\"", 21);
    ck_assert_int_eq(text[record->json_len - 1], '}');
    ck_assert_int_eq(text[-1], ',');
    ck_assert_uint_ne(record->content, chunk->records[0].content);
    close_all();
    remove_folder();
}
END_TEST

/* A row that was kept is over; the next call's row is another. */
START_TEST(test_kept_row)
{
    make_folder();
    ck_assert(open_text(HEAD
                        "local kept return fast.setCustomer { ordered = true, "
                        "map = function(row, at) kept = kept or "
                        "{row, at} local x = kept[1].Code "
                        "x = kept[2].line " RECORD("") " end }"));
    ck_assert(run_rows(2));
    ledger(2, 1, 1, 0, 0);
    contains(chunk->rejects[0].faults[0].text, "this row is over");
    close_all();
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_loop_test(t, test_outcome, 0,
                        sizeof outcome_cases / sizeof *outcome_cases);
    tcase_add_test(t, test_fields_equal_map);
    tcase_add_test(t, test_reject);
    tcase_add_test(t, test_record);
    tcase_add_test(t, test_kept_row);
    return script_suite(t);
}
