/* The script host: every case is a script and what must come of it. The input
 * is made here, row by row, so that nothing but the host is on trial. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script.h"

static char folder[64];
static char path[128];

static void make_folder(void)
{
    strcpy(folder, "/tmp/fastsync-script-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/m.lua", folder);
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void write_file(const char *name, const char *text)
{
    char full[200];
    snprintf(full, sizeof full, "%s/%s", folder, name);
    FILE *file = fopen(full, "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(text, 1, strlen(text), file);
    ck_assert_int_eq(fclose(file), 0);
}

/* The input: three columns and up to four rows. */

static struct column columns[] = {
    {"Code", 4}, {"Tên", 4}, {"Note", 4}};
static struct value cells[4][3];
static struct row rows[4];
static struct input input;
static const char *const texts[4][3] = {
    {"KH1", "Công ty A", "x"},
    {"kh2", "B \"quoted\"", ""},
    {"KH3", "", "5"},
    {"KH4", "D", "NCC"},
};

static void make_input(void)
{
    input = (struct input){.path = (char *)(uintptr_t) "khach-hang.csv",
                           .columns = {columns, 3}};
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned c = 0; c < 3; c++)
            cells[i][c] = value_text(texts[i][c], strlen(texts[i][c]));
        rows[i] = (struct row){.cells = cells[i],
                               .count = 3,
                               .line = i + 2,
                               .index = i + 1,
                               .source = "source",
                               .source_len = 6};
    }
}

/* A run of a script over the first `count` rows. */

static struct script *script;
static struct chunk *chunk;
static struct err err;

static const struct script_limits limits = {.memory = 8 << 20,
                                            .instructions = 1000000};

static bool open_text(const char *text)
{
    make_input();
    write_file("m.lua", text);
    err = (struct err){0};
    chunk = chunk_new();
    chunk->input = &input;
    script = script_open(path, &limits, true, &err);
    return script != NULL;
}

static void close_all(void)
{
    script_free(script);
    chunk_free(chunk);
    script = NULL;
}

static bool run_rows(unsigned count)
{
    if (!script_use(script, 0, &err))
        return false;
    for (unsigned i = 0; i < count; i++) {
        if (!script_map(script, chunk, &rows[i])) {
            err = chunk->failure;
            return false;
        }
    }
    return true;
}

static const char *json(void)
{
    return chunk->json.len > 0 ? buf_text(&chunk->json) : "";
}

static void contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        ck_abort_msg("\"%s\" does not contain \"%s\"", text, part);
}

static void ledger(unsigned seen, unsigned records, unsigned rejected,
                   unsigned skipped, unsigned extra)
{
    ck_assert_uint_eq(chunk->rows, seen);
    ck_assert_uint_eq(chunk->record_count, records);
    ck_assert_uint_eq(chunk->reject_count, rejected);
    ck_assert_uint_eq(chunk->skipped, skipped);
    ck_assert_uint_eq(chunk->extra, extra);
    ck_assert_uint_eq(chunk->rows + chunk->extra,
                      chunk->skipped + rejected + records);
}

#define HEAD                                                                   \
    "local fast = require 'fastsync' local vn = require 'fastsync.vn' "        \
    "local col = fast.col "
#define MAP(body)                                                              \
    HEAD "return fast.setCustomer { map = function(row, at)\n" body "\nend }"
#define RECORD(more)                                                           \
    "return { CustomerCode = row.Code, CustomerName = row['Tên'], "            \
    "Status = '1', " more "}"

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
    {MAP("return fast.reject('bad\\nrow')"), 0, 1, 0, 0, "", "bad row"},
    {MAP("fast.reject('bad', 'email')"), 0, 1, 0, 0, "", "bad"},
    {MAP("error('oh')"), 0, 1, 0, 0, "", "/m.lua:2: oh"},
    {MAP("error('oh', 0)"), 0, 1, 0, 0, "", "/m.lua:2: oh"},
    {MAP("error(setmetatable({}, {__tostring=function() return 'mine' end}))"),
     0, 1, 0, 0, "", "mine"},
    {MAP("error({})"), 0, 1, 0, 0, "", "table"},
    {MAP("local x = nil; return x.y"), 0, 1, 0, 0, "",
     "/m.lua:2: attempt to index a nil value (local 'x')"},
    {MAP("local function f(s) return (s:gsub('.', f)) end return f('x')"), 0,
     1, 0, 0, "", "stack overflow"},
    {MAP("return {}"), 0, 1, 0, 0, "", "required"},
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
    {MAP(RECORD("email = 'a', EMAIL = 'b'")), 0, 1, 0, 0, "",
     "two spellings"},
    {MAP(RECORD("Emial = 'a'")), 0, 1, 0, 0, "", "did you mean 'Email'"},
    {MAP(RECORD("[7] = 'a'")), 0, 1, 0, 0, "", "a number as key"},
    {MAP(RECORD("Email = {}")), 0, 1, 0, 0, "", "is a table"},
    {MAP(RECORD("Email = print")), 0, 1, 0, 0, "", "is a function"},
    {MAP(RECORD("Email = row")), 0, 1, 0, 0, "", "the row itself"},
    {MAP(RECORD("Email = col 'Code'")), 0, 1, 0, 0, "", "an expression"},
    {MAP(RECORD("Email = '\\xff'")), 0, 1, 0, 0, "", "valid UTF-8"},
    {MAP(RECORD("Email = ('Tên'):sub(1, 2)")), 0, 1, 0, 0, "",
     "valid UTF-8"},
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
    {MAP("local t = {} for k, v in pairs(row) do t[#t+1] = k .. '=' .. v end "
         RECORD("Description = table.concat(t, ';')")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local ok, e = fast.validate('setCustomer', {CustomerCode='a', "
         "Email=('x'):rep(200)}) assert(ok == nil) "
         RECORD("Description = #e .. e[1] .. e.Email:sub(1, 3)")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("assert(fast.validate('setCustomer', " "{CustomerCode='a', "
         "CustomerName='b', status=1}) == true) " RECORD("")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local cjson = require 'cjson' assert(cjson.null == fast.null) "
         RECORD("Email = cjson.null")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("local ok, why = pcall(fast.number, 'abc') assert(not ok) "
         RECORD("Fax = tostring(fast.number('1.234,5', {decimal=','}))")),
     1, 0, 0, 0, NULL, NULL},
    {MAP("fast.pick('zz', {a='1'})"), 0, 1, 0, 0, "", "zz"},
    {MAP(RECORD("Fax = fast.pick('7', {[7]='seven'}, fast.same)")), 1, 0, 0, 0,
     NULL, NULL},
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
     0, 1, 0, 0, "", "the function's answer is a table"},
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
        ck_assert_uint_eq(chunk->rejects[0].line, 2);
    }
    close_all();
    remove_folder();
}
END_TEST

/* What stops a run: never loads, or breaks a rule. */

#define FAIL_MAP(body) MAP(body), true
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
     EXIT_SCRIPT, "Email"},
    {FAIL_LOAD(HEAD "local x = col 'A' .. 'b'"), EXIT_SCRIPT, "fast.join"},
    {FAIL_LOAD(HEAD "local x = col 'A':uper()"), EXIT_SCRIPT,
     "did you mean 'upper'"},
    {FAIL_LOAD(HEAD "local x = vn.fone('A')"), EXIT_SCRIPT,
     "did you mean 'vn.phone'"},
    {FAIL_LOAD(HEAD "local x = col ''"), EXIT_SCRIPT, "a column is named"},
    {FAIL_LOAD(HEAD "local x = fast.with(col 'A')"), EXIT_SCRIPT, "with"},
    {FAIL_LOAD("require 'none'"), EXIT_SCRIPT, "/m.lua:1: require: there is "
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
    {FAIL_MAP("return 5"), EXIT_SCRIPT, "/m.lua:1: khach-hang.csv:2: map "
                                        "answered a number"},
    {FAIL_MAP("return true"), EXIT_SCRIPT, "map answered a boolean"},
    {FAIL_MAP("return 'x'"), EXIT_SCRIPT, "map answered a string"},
    {FAIL_MAP("return row"), EXIT_SCRIPT, "map answered a userdata"},
    {FAIL_MAP("return { {}, 5 }"), EXIT_SCRIPT, "other things than records"},
    {FAIL_MAP("return { {}, nil, {} , x = {} }"), EXIT_SCRIPT, "holes"},
    {FAIL_MAP("return row.Kode"), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: no column \"Kode\" in khach-hang.csv: did "
     "you mean \"Code\"?"},
    {FAIL_MAP("pcall(function() return row.Kode end) " RECORD("")),
     EXIT_SCRIPT, "no column \"Kode\""},
    {FAIL_MAP("return row[4]"), EXIT_SCRIPT, "no column 4 in khach-hang.csv"},
    /* Budgets, and attempts to swallow them. */
    {FAIL_MAP("\n\nwhile true do end"), EXIT_SCRIPT,
     "/m.lua:4: khach-hang.csv:2: ran out of its budget of 1000000 "
     "instructions for one row; options.max_instructions raises it"},
    {FAIL_MAP("while true do pcall(function() while true do end end) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("pcall(function() while true do end end) " RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("xpcall(function() while true do end end, "
              "function() while true do end end)"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("xpcall(error, function() while true do end end)"), EXIT_SCRIPT,
     "ran out of its budget"},
    {FAIL_MAP("local x <close> = setmetatable({}, {__close = function() "
              "while true do end end}) while true do end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("pcall(pcall, function() local x <close> = setmetatable({}, "
              "{__close = function() while true do end end}) "
              "while true do end end) " RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local t = setmetatable({}, {__index = function() while true "
              "do end end}) pcall(function() return t.x end) " RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("error(setmetatable({}, {__tostring = function() while true do "
              "end end}))"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('a'):rep(30) .. 'b' "
              "pcall(string.find, s, ('a*'):rep(30) .. 'c') " RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("pcall(fast.match, ('a'):rep(30), ('a-'):rep(30) .. 'c') "
              RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = (''):rep(1 << 60) "
              "while true do local s = ('x'):rep(1 << 20) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("table.move({}, 1, 1 << 60, 2)"), EXIT_SCRIPT,
     "ran out of its budget"},
    {FAIL_MAP("pcall(table.concat, setmetatable({}, {__index = function() "
              "return 'x' end}), '', 1, 1 << 60) " RECORD("")),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('x'):rep(1 << 19) while true do s:gsub('.', '') "
              "end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('x'):rep(1 << 19) for m in s:gmatch('x') do end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local t = {} for i = 1, 9000 do t[i] = 9000 - i end "
              "while true do table.sort(t) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("('x'):rep(1 << 30)"), EXIT_SCRIPT, "ran out of its "},
    {FAIL_MAP("local s = 'x' while true do s = s .. s end"), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: ran out of its memory of 8388608 bytes; "
     "options.max_memory raises it"},
    {FAIL_MAP("pcall(function() local s = 'x' while true do s = s .. s end "
              "end) " RECORD("")),
     EXIT_SCRIPT, "ran out of its memory"},
    {FAIL_MAP("while true do pcall(function() local s = 'x' while true do "
              "s = s .. s end end) end"),
     EXIT_SCRIPT, "ran out of its "},
    {FAIL_MAP("pcall(string.rep, 'x', 9 << 20) " RECORD("")), EXIT_SCRIPT,
     "ran out of its memory"},
    {HEAD "return fast.setCustomer { setup = function() while true do end "
          "end, map = print }",
     true, EXIT_SCRIPT, "instructions for setup"},
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

/* Everything that reaches outside must be absent: each is tried from inside
 * and must raise or be nil. */
static const char *const escapes[] = {
    "io.open('/etc/passwd')", "os.execute('true')", "os.remove('x')",
    "os.rename('x', 'y')", "os.tmpname()", "os.exit()", "os.getenv('HOME')",
    "os.setlocale('C')", "debug.getregistry()", "debug.sethook()",
    "package.loadlib('x', 'y')", "package.loaded.io.open('x')",
    "dofile('/etc/passwd')", "loadfile('/etc/passwd')", "string.dump(print)",
    "coroutine.create(print)", "coroutine.wrap(print)",
    "load('\\27Lua')()", "load(function() return 'x' end)",
    "load('return io')().open('x')", "load('x = 1')()",
    "getmetatable('').__index.x()", "getmetatable(_G).__index.x()",
    "getmetatable(row).__index(row, 'Code')",
    "setmetatable({}, {__gc = print})", "setmetatable(_G, nil)",
    "getmetatable(fast).__index.x()", "fast.setCustomer.x()",
    "rawget(_G, 'print')()", "_G.io.open('x')", "_ENV.io.open('x')",
    "require('io').open('x')", "require('debug').getregistry()",
    "require('fastsync.nothing').x()", "fast.connect().x()",
    "collectgarbage('stop')", "table.insert(setmetatable({}, "
    "{__len = function() return 1 << 60 end}), 1, 'x')",
    "kept.Code()", "string.rep('x', -1).x.y()",
};

START_TEST(test_escape)
{
    char text[1024];
    snprintf(text, sizeof text,
             HEAD "local kept return fast.setCustomer { map = function(row) "
                  "if not kept then kept = row return nil end "
                  "local ok = pcall(function() %s end) "
                  "assert(not ok, 'ESCAPED') " RECORD("") " end }",
             escapes[_i]);
    make_folder();
    if (!open_text(text) || !run_rows(2))
        ck_abort_msg("%s: %s", escapes[_i], err.text);
    if (chunk->record_count != 1)
        ck_abort_msg("%s: %s", escapes[_i], chunk->rejects[0].faults[0].text);
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
    ck_assert_uint_eq(reject->line, 4);
    ck_assert_str_eq(reject->key, "KH3");
    ck_assert_uint_eq(reject->source_len, 6);
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
    ck_assert_uint_eq(record->line, 3);
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
    ck_assert(open_text(HEAD "local kept return fast.setCustomer { "
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

START_TEST(test_mappings)
{
    make_folder();
    write_file("regions.lua", "return { north = 'B' }");
    ck_assert(open_text(
        HEAD "local regions = require 'regions' return { "
             "fast.setCustomer { map = function(row) return nil end, "
             "key = 'taxcode', duplicates = 'last', source = { 'a.csv', "
             "fast.csv { 'b.csv', 'c.csv', delimiter = ';' } }, "
             "options = { rate = 5, batch = '10', full = true } }, "
             "fast.setCustomer { source = '/x/y.csv', "
             "fields = { CustomerCode = regions.north } } }"));
    ck_assert_uint_eq(script_count(script), 2);
    const struct mapping *mapping = script_mapping(script, 0);
    ck_assert_str_eq(mapping->form->name, "setCustomer");
    ck_assert_str_eq(mapping->form->fields[mapping->key].name, "TaxCode");
    ck_assert_int_eq(mapping->duplicates, DUPLICATES_LAST);
    ck_assert_uint_eq(mapping->source_count, 3);
    char expected[200];
    snprintf(expected, sizeof expected, "%s/c.csv", folder);
    ck_assert_str_eq(mapping->sources[2].path, expected);
    ck_assert_int_eq(mapping->sources[2].delimiter, ';');
    ck_assert_int_eq(mapping->sources[0].delimiter, -1);
    ck_assert_uint_eq(mapping->option_count, 3);
    ck_assert_str_eq(mapping->options[0].name, "batch");
    ck_assert_str_eq(mapping->options[0].value, "10");
    ck_assert_str_eq(mapping->options[1].value, "yes");
    ck_assert_str_eq(mapping->options[2].value, "5");
    ck_assert_int_eq(mapping->options[0].line, 1);
    mapping = script_mapping(script, 1);
    ck_assert_str_eq(mapping->sources[0].path, "/x/y.csv");
    ck_assert_uint_eq(mapping->key, mapping->form->key);
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_lookup)
{
    make_folder();
    write_file("cities.csv", "code,city\nKH1,Hà Nội\nkh2,Huế\n");
    ck_assert(open_text(
        HEAD "local cities = {} return fast.setCustomer { setup = "
             "function(env) for r in env.rows(fast.csv 'cities.csv') do "
             "cities[r.code] = r.city end end, map = function(row) "
             RECORD("Address = cities[row.Code]") " end }"));
    if (!run_rows(2))
        ck_abort_msg("%s", err.text);
    ledger(2, 2, 0, 0, 0);
    contains(json(), "\"Address\":\"Hà Nội\"");
    contains(json(), "\"Address\":\"Huế\"");
    close_all();
    ck_assert(open_text(
        HEAD "return fast.setCustomer { setup = function(env) "
             "for r in env.rows(fast.csv 'cities.csv') do local x = r.citty "
             "end end, map = print }"));
    ck_assert(!run_rows(1));
    contains(err.text, "did you mean \"city\"");
    close_all();
    remove_folder();
}
END_TEST

/* math.random follows from the row, not from what ran before. */
START_TEST(test_random)
{
    char *first = NULL;
    make_folder();
    for (unsigned i = 0; i < 2; i++) {
        ck_assert(open_text(
            MAP(RECORD("Fax = math.random(1 << 40)"))));
        ck_assert(script_use(script, 0, &err));
        if (i == 0)
            ck_assert(script_map(script, chunk, &rows[0]));
        chunk_clear(chunk);
        chunk->input = &input;
        ck_assert(script_map(script, chunk, &rows[1]));
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

/* Driving: a client that answers what it was given. */

static bool fake_sync(void *client, const struct form *form, const char *text,
                      size_t len, unsigned count, struct buf *reply,
                      struct err *why)
{
    (void)client;
    if (count == 3)
        return err_set(why, EXIT_PENDING, "no server");
    buf_addf(reply, "{\"success\":%s,\"messages\":\"M\",\"records\":%u,"
                    "\"form\":\"%s\",\"big\":12345678901234567890,"
                    "\"data\":[%.*s]}",
             count == 2 ? "false" : "true", count, form->name, (int)len, text);
    return true;
}

static bool fake_get(void *client, const struct form *form, const char *id,
                     size_t len, struct buf *reply, struct err *why)
{
    (void)client;
    (void)form;
    (void)why;
    buf_addf(reply, "{\"success\":true,\"data\":[{\"CustomerCode\":\"%.*s\","
                    "\"x\":null,\"n\":1.5}]}",
             (int)len, id);
    return true;
}

START_TEST(test_drive)
{
    struct script_client client = {NULL, fake_sync, fake_get};
    const char *const inputs[] = {"one.csv", "two.csv", NULL};
    make_folder();
    ck_assert(open_text(
        HEAD "return function(inputs, env) assert(#inputs == 2) "
             "for i = 1, 3000000 do end " /* no budget of a row here */
             "local c = fast.connect() "
             "local r = {CustomerCode='a', CustomerName='b', Status=1} "
             "local answer = assert(c:sync('setCustomer', {r})) "
             "assert(answer.records == 1 and answer.data[1].status == '1') "
             "assert(answer.big == '12345678901234567890') "
             "local no, why = c:sync('setCustomer', {r, r}) "
             "assert(no == nil and why == 'M') "
             "no, why = c:sync('setCustomer', {r, r, r}) "
             "assert(no == nil and why == 'no server') "
             "no, why = c:sync('setCustomer', {r, {}}) "
             "assert(no == nil and why:find('record 2')) "
             "local got = assert(c:get('setCustomer', 'KH1')) "
             "assert(got.CustomerCode == 'KH1' and got.x == fast.null) "
             "if inputs[1] == 'bad' then return nil, 'bad input' end "
             "end"));
    ck_assert_uint_eq(script_count(script), 0);
    if (!script_drive(script, inputs, &client, &err))
        ck_abort_msg("%s", err.text);
    const char *const bad[] = {"bad", "x", NULL};
    ck_assert(!script_drive(script, bad, &client, &err));
    contains(err.text, "bad input");
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_missing_file)
{
    ck_assert_ptr_null(script_open("/nowhere/m.lua", &limits, false, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    contains(err.text, "/nowhere/m.lua: No such file");
    ck_assert_ptr_null(script_open("/tmp", &limits, false, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    struct script_limits tiny = {.memory = 100};
    make_folder();
    write_file("m.lua", "return 1");
    ck_assert_ptr_null(script_open(path, &tiny, false, &err));
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    /* Wherever memory ends while the state is built, it ends well. */
    for (size_t bytes = 1000; bytes < 200000; bytes += 1777) {
        tiny.memory = bytes;
        struct script *opened = script_open(path, &tiny, true, &err);
        ck_assert_ptr_null(opened);
        ck_assert_int_eq(err.code, EXIT_SCRIPT);
    }
    remove_folder();
}
END_TEST

static void load_forms(void)
{
    struct err why;
    ck_assert_ptr_nonnull(forms_load(&why));
}

static Suite *suite(void)
{
    Suite *s = suite_create("script");
    TCase *t = tcase_create("script");
    tcase_add_checked_fixture(t, load_forms, forms_release);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, test_outcome, 0,
                        sizeof outcome_cases / sizeof *outcome_cases);
    tcase_add_loop_test(t, test_fail, 0,
                        sizeof fail_cases / sizeof *fail_cases);
    tcase_add_loop_test(t, test_escape, 0, sizeof escapes / sizeof *escapes);
    tcase_add_test(t, test_fields_equal_map);
    tcase_add_test(t, test_reject);
    tcase_add_test(t, test_record);
    tcase_add_test(t, test_kept_row);
    tcase_add_test(t, test_mappings);
    tcase_add_test(t, test_lookup);
    tcase_add_test(t, test_random);
    tcase_add_test(t, test_drive);
    tcase_add_test(t, test_missing_file);
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
