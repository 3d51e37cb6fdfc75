/* The sandbox: attempts to reach outside, to outlast the budgets, and to
 * swallow the error that says so. */
#include "base/watch.h"

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
    /* Budgets, and attempts to swallow them. */
    {FAIL_MAP("\n\nwhile true do end"), EXIT_SCRIPT,
     "/m.lua:4: khach-hang.csv:2: ran out of its budget of 1000000 "
     "instructions for one row; --max-instructions raises it"},
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
    {FAIL_MAP(
         "pcall(fast.match, ('a'):rep(30), ('a-'):rep(30) .. 'c') " RECORD("")),
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
    {FAIL_MAP("local s = ('x'):rep(1 << 19) while true do "
              "for m in s:gmatch('x') do end end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local t = {} for i = 1, 9000 do t[i] = 9000 - i end "
              "while true do table.sort(t) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    /* What walks through a text in C, where no hook runs. */
    {FAIL_MAP("local s = ('x'):rep(1 << 20) while true do utf8.len(s) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('x'):rep(1 << 15) while true do s:upper() end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('x'):rep(1 << 15) while true do s:byte(1, -1) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("local s = ('1'):rep(1 << 20) while true do tonumber(s) end"),
     EXIT_SCRIPT, "ran out of its budget"},
    {FAIL_MAP("while true do load('return 1') end"), EXIT_SCRIPT,
     "ran out of its budget"},
    /* Rows of other files renew the budget, in setup alone. */
    {HEAD "local rows return fast.setCustomer { map = function() "
          "while true do for _ in rows('a.csv') do end end end, "
          "setup = function(env) rows = env.rows end }",
     true, EXIT_SCRIPT, "ran out of its budget"},
    {HEAD "return fast.setCustomer { map = print, setup = function(env) "
          "while true do for _ in env.rows('a.csv') do end end end }",
     true, EXIT_SCRIPT, "env.rows: more than 10000 files"},
    {FAIL_MAP("('x'):rep(1 << 30)"), EXIT_SCRIPT, "ran out of its "},
    {FAIL_MAP("local s = 'x' while true do s = s .. s end"), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: ran out of its memory of 8388608 bytes; "
     "--max-memory raises it"},
    {FAIL_MAP("pcall(function() local s = 'x' while true do s = s .. s end "
              "end) " RECORD("")),
     EXIT_SCRIPT, "ran out of its memory"},
    {FAIL_MAP("while true do pcall(function() local s = 'x' while true do "
              "s = s .. s end end) end"),
     EXIT_SCRIPT, "ran out of its "},
    {FAIL_MAP("pcall(string.rep, 'x', 9 << 20) " RECORD("")), EXIT_SCRIPT,
     "/m.lua:2: khach-hang.csv:2: ran out of its memory"},
    {FAIL_MAP("\nlocal s = ('x'):rep(9 << 20)"), EXIT_SCRIPT,
     "/m.lua:3: khach-hang.csv:2: ran out of its memory"},
};

static struct err thread_err;

START_TEST(test_fail)
{
    const struct fail_case *each = &fail_cases[_i];
    char outside[200];
    make_folder();
    snprintf(outside, sizeof outside, "%s/outside.lua", folder);
    ck_assert_int_eq(symlink("/etc/passwd", outside), 0);
    write_file("a.csv", "a,b\n1,2\n");
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

/* The same with a large budget, which is counted only once a row is late. (Not
 * under ThreadSanitizer, which holds signals back while nothing is called.) */
#ifdef __SANITIZE_THREAD__
enum { LATE_CASES = 0 };
#else
enum { LATE_CASES = sizeof fail_cases / sizeof *fail_cases };
#endif

START_TEST(test_late)
{
    const struct fail_case *each = &fail_cases[_i];
    make_folder();
    write_file("a.csv", "a,b\n1,2\n");
    limits.instructions = 20000000;
    if (open_text(each->text)) {
        ck_assert(watch_begin(&thread_err));
        script_enter(script);
        if (run_rows(1))
            ck_abort_msg("%s\nran: %s", each->text, json());
        script_leave(script);
        watch_end();
    }
    bool files = strstr(each->message, "files") != NULL;
    contains(err.text, files ? each->message : "ran out of its ");
    ck_assert_int_eq(err.code, each->code);
    ck_assert_uint_eq(chunk->record_count, 0);
    close_all();
    remove_folder();
}
END_TEST

/* A late row that is not too late ends well, and so do those after it. */
START_TEST(test_late_but_good)
{
    make_folder();
    limits.instructions = 1000000000;
    ck_assert(open_text(MAP("if row.Code == 'KH1' then for i = 1, 3e7 do end "
                            "end " RECORD(""))));
    ck_assert(watch_begin(&thread_err));
    script_enter(script);
    if (!run_rows(2))
        ck_abort_msg("%s", err.text);
    script_leave(script);
    watch_end();
    ck_assert_uint_eq(chunk->record_count, 2);
    close_all();
    remove_folder();
}
END_TEST

/* Everything that reaches outside must be absent: each is tried from inside
 * and must raise or be nil. */
static const char *const escapes[] = {
    "io.open('/etc/passwd')",
    "os.execute('true')",
    "os.remove('x')",
    "os.rename('x', 'y')",
    "os.tmpname()",
    "os.exit()",
    "os.setlocale('C')",
    "debug.getregistry()",
    "debug.sethook()",
    "package.loadlib('x', 'y')",
    "package.loaded.io.open('x')",
    "dofile('/etc/passwd')",
    "loadfile('/etc/passwd')",
    "string.dump(print)",
    "coroutine.create(print)",
    "coroutine.wrap(print)",
    "load('\\27Lua')()",
    "load(function() return 'x' end)",
    "load('return io')().open('x')",
    "load('x = 1')()",
    "getmetatable('').__index.x()",
    "getmetatable(_G).__index.x()",
    "getmetatable(row).__index(row, 'Code')",
    "setmetatable({}, {__gc = print})",
    "setmetatable(_G, nil)",
    "getmetatable(fast).__index.x()",
    "fast.setCustomer.x()",
    "rawget(_G, 'print')()",
    "_G.io.open('x')",
    "_ENV.io.open('x')",
    "require('io').open('x')",
    "require('debug').getregistry()",
    "require('fastsync.nothing').x()",
    "fast.connect().x()",
    "collectgarbage('stop')",
    ("table.insert(setmetatable({}, "
     "{__len = function() return 1 << 60 end}), 1, 'x')"),
    "kept.Code()",
    "string.rep('x', -1).x.y()",
};

START_TEST(test_escape)
{
    char text[1024];
    snprintf(text, sizeof text,
             HEAD "local kept return fast.setCustomer { ordered = true, map = "
                  "function(row) "
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

int main(void)
{
    TCase *t = script_case();
    tcase_add_loop_test(t, test_fail, 0,
                        sizeof fail_cases / sizeof *fail_cases);
    tcase_add_loop_test(t, test_late, 0, LATE_CASES);
    tcase_add_test(t, test_late_but_good);
    tcase_add_loop_test(t, test_escape, 0, sizeof escapes / sizeof *escapes);
    return script_suite(t);
}
