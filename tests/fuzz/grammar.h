/* grammar.h: bytes to a mapping script: each byte chooses what comes next, so
 * that any bytes are a script, and a longer one has more statements. Names of
 * functions are those that the program itself has (names.h), so that a new
 * binding is called without a word here; arguments are of every type there is.
 */
#ifndef FASTSYNC_TESTS_FUZZ_GRAMMAR_H
#define FASTSYNC_TESTS_FUZZ_GRAMMAR_H

#include "base/buf.h"
#include "fuzz.h"
#include "names.h"

enum { DEPTH_MAX = 4, STATEMENTS_MAX = 40, SCRIPT_BYTES = 24 * 1024 };

struct grammar {
    struct bytes from;
    struct buf *out;
    unsigned depth, statements;
    bool loads; /* what is written runs while the script loads */
    bool calm;  /* it runs without bounds of time: no calls, no loops */
};

static const char *const atoms[] = {
    "nil",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "2",
    "7",
    "255",
    "1000000",
    "math.mininteger",
    "math.maxinteger",
    "9007199254740993",
    "0/0",
    "1/0",
    "-1/0",
    "-0.0",
    "0.5",
    "1e308",
    "2^53",
    "30.0",
    "\"\"",
    "\"KH1\"",
    "\"x\"",
    "\"Tên\"",
    "\"Nguyễn Văn A\"",
    "\"e\\u{301}\\u{202E}\\u{200B}\"",
    "\"a\\0b\"",
    "\"\\xff\\xfe\\xC0\"",
    "\"\\xED\\xA0\\x80\"",
    "\"0912 345 678\"",
    "\"0101243150-001\"",
    "\"31/12/2024\"",
    "\"45657.5\"",
    "\"1.234.567,89\"",
    "\"a@b.vn; c@d\"",
    "\"Quận 1, TP. Hồ Chí Minh\"",
    "\"&amp;&#0;&#x110000;\"",
    "\"%\"",
    "\"%1\"",
    "\"(a*)*b\"",
    "\".-.-.-x\"",
    "\"%f[%w]%b()\"",
    "\"[%\"",
    "\"()()\"",
    "\"%d/%m/%Y\"",
    "\"%5.1f%s%q%c%i\"",
    "\"%-99.99s\"",
    "\"!*t\"",
    "\"<i8s4z\"",
    "\"data.csv\"",
    "\"*.csv\"",
    "\"../x\"",
    "\"part\"",
    "\",\"",
    "\"setCustomer\"",
    "\"Email\"",
    "\"CustomerCode\"",
    "\"optional\"",
    "\"{\\\"a\\\":[1,2.50,null,{\\\"b\\\":\\\"x\\\"}]}\"",
    "(\"x\"):rep(300)",
    "(\"ấ\"):rep(5000)",
    "(\"a \"):rep(100000)",
    "(\"[\"):rep(5000)",
    "{}",
    "{ 1, 2, 3 }",
    "{ \"b\", \"a\", nil, \"c\" }",
    "{ x = \"1\", [7] = \"seven\", [true] = {} }",
    "{ decimal = \",\" }",
    "{ \"phone\", \"mail\" }",
    "cyclic()",
    "deep(10)",
    "deep(3000)",
    "wide()",
    "odd()",
    "function(...) return ... end",
    "function() end",
    "function(x) error(x) end",
    "function(s) return #s, s end",
    "print",
    "string.rep",
    "fast.null",
    "fast.empty",
    "fast.same",
    "row",
    "row.Code",
    "row[\"Tên\"]",
    "row.Note",
    "row.List",
    "row.Map",
    "row.Map.Name",
    "row.Decimal",
    "row[1]",
    "at",
    "at.line",
    "a",
    "b",
    "c",
    "a",
    "b",
    "col \"Code\"",
    "col(1)",
    "col \"Tên\"",
    "col(\"None\", \"optional\")",
    "col \"Map.Name\"",
    "col \"List[1]\"",
    "fast",
    "string",
    "_G",
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void put(struct grammar *g, const char *text)
{
    buf_puts(g->out, text);
}

static void write_value(struct grammar *g);

/* A text of the bytes themselves. */
static void write_bytes_text(struct grammar *g)
{
    unsigned len = take_below(&g->from, 12);
    put(g, "\"");
    for (unsigned i = 0; i < len; i++)
        buf_addf(g->out, "\\x%02X", take(&g->from));
    put(g, "\"");
}

static void write_arguments(struct grammar *g)
{
    unsigned count = take_below(&g->from, 5);
    put(g, "(");
    for (unsigned i = 0; i < count; i++) {
        put(g, i > 0 ? ", " : "");
        write_value(g);
    }
    put(g, ")");
}

static void write_call(struct grammar *g)
{
    put(g, name_at(CALLS, take(&g->from) << 8 | take(&g->from)));
    write_arguments(g);
}

static void write_method(struct grammar *g)
{
    put(g, "(");
    write_value(g);
    buf_addf(g->out, "):%s", name_at(METHODS, take(&g->from)));
    write_arguments(g);
}

/* An expression of the library's: a column and what is done with it. */
static void write_column(struct grammar *g)
{
    static const char *const columns[] = {"col \"Code\"",
                                          "col(2)",
                                          "col \"Note\"",
                                          "col \"List[1]\"",
                                          "col \"Map.Name\"",
                                          "col \"Decimal\"",
                                          "col(\"None\", \"optional\")"};
    unsigned count = 1 + take_below(&g->from, 3);
    put(g, columns[take_below(&g->from, COUNT(columns))]);
    for (unsigned i = 0; i < count; i++) {
        buf_addf(g->out, ":%s", name_at(METHODS, take(&g->from)));
        write_arguments(g);
    }
}

static void write_table(struct grammar *g)
{
    unsigned count = take_below(&g->from, 4);
    put(g, "{ ");
    for (unsigned i = 0; i < count; i++) {
        unsigned kind = take_below(&g->from, 3);
        if (kind == 1)
            buf_addf(g->out, "%s = ", name_at(FIELDS, take(&g->from)));
        if (kind == 2) {
            put(g, "[");
            write_value(g);
            put(g, "] = ");
        }
        write_value(g);
        put(g, ", ");
    }
    put(g, "}");
}

static void write_operator(struct grammar *g)
{
    static const char *const operators[] = {
        " + ",  " - ",  " * ",  " / ",  " // ", " % ",   " ^ ",
        " .. ", " == ", " ~= ", " < ",  " <= ", " and ", " or ",
        " & ",  " | ",  " ~ ",  " << ", " >> "};
    static const char *const before[] = {"", "", "", "", "not ", "#", "-", "~"};
    put(g, before[take_below(&g->from, COUNT(before))]);
    put(g, "(");
    write_value(g);
    put(g, operators[take_below(&g->from, COUNT(operators))]);
    write_value(g);
    put(g, ")");
}

static void write_index(struct grammar *g)
{
    put(g, "(");
    write_value(g);
    put(g, ")[");
    write_value(g);
    put(g, "]");
}

static void write_meta(struct grammar *g)
{
    static const char *const events[] = {
        "__index", "__newindex", "__call", "__len",      "__tostring",
        "__pairs", "__concat",   "__eq",   "__lt",       "__name",
        "__close", "__mode",     "__unm",  "__metatable"};
    put(g, "setmetatable({}, { ");
    put(g, events[take_below(&g->from, COUNT(events))]);
    put(g, " = ");
    write_value(g);
    put(g, " })");
}

static void write_source(struct grammar *g)
{
    put(g, "fast.csv { \"data.csv\", ");
    put(g, name_at(OPTIONS, take(&g->from)));
    put(g, " = ");
    write_value(g);
    put(g, " }");
}

static void write_atom(struct grammar *g)
{
    unsigned which = take_below(&g->from, COUNT(atoms) + 8);
    if (which >= COUNT(atoms))
        write_bytes_text(g);
    else
        put(g, atoms[which]);
}

static void write_value(struct grammar *g)
{
    typedef void write(struct grammar * g);
    static write *const kinds[] = {
        write_atom,   write_call,     write_method,    write_column,
        write_table,  write_operator, write_index,     write_meta,
        write_source, write_call,     write_bytes_text};
    unsigned which = take_below(&g->from, 3 * COUNT(kinds));
    if (g->calm || g->depth >= DEPTH_MAX || g->out->len > SCRIPT_BYTES)
        which = 0;
    g->depth++;
    (which < COUNT(kinds) ? kinds[which] : write_atom)(g);
    g->depth--;
}

static void write_block(struct grammar *g, unsigned most);

static void write_loop(struct grammar *g)
{
    switch (take_below(&g->from, 4)) {
    case 0:
        put(g, "for i = 1, 20 do ");
        break;
    case 1:
        put(g, "for k, v in pairs(");
        write_value(g);
        put(g, ") do ");
        break;
    case 2:
        put(g, "for a, b in string.gmatch(");
        write_value(g);
        put(g, ", ");
        write_value(g);
        put(g, ") do ");
        break;
    default:
        put(g, "for r in env.rows(");
        write_value(g);
        put(g, ") do local row = r ");
    }
    write_block(g, 2);
    put(g, " end\n");
}

/* Most of them go on after what is raised. */
static void write_statement(struct grammar *g)
{
    static const char *const names[] = {"a", "b", "c"};
    unsigned kind = take_below(&g->from, g->calm ? 10 : 16);
    g->statements++;
    g->depth++;
    if (kind < 10) {
        buf_addf(g->out, "%s = try(function() return ",
                 names[take_below(&g->from, 3)]);
        write_value(g);
        put(g, " end)\n");
    } else if (kind < 12) {
        put(g, "do local _ = ");
        write_value(g);
        put(g, " end\n");
    } else if (kind == 12 && g->depth < DEPTH_MAX) {
        write_loop(g);
    } else if (kind == 13) {
        put(g, "if a then return ");
        write_value(g);
        put(g, " end\n");
    } else {
        put(g, "try(function() a[");
        write_value(g);
        put(g, "] = ");
        write_value(g);
        put(g, " end)\n");
    }
    g->depth--;
}

static void write_block(struct grammar *g, unsigned most)
{
    for (unsigned i = 0;
         i < most && g->from.left > 0 && g->statements < STATEMENTS_MAX &&
         g->out->len < SCRIPT_BYTES;
         i++)
        write_statement(g);
}

static void write_fields(struct grammar *g, bool columns)
{
    unsigned count = take_below(&g->from, 6);
    put(g, "{ CustomerCode = ");
    put(g, columns ? "col \"Code\"" : "row.Code");
    put(g, ", CustomerName = \"x\", Status = 1, ");
    for (unsigned i = 0; i < count; i++) {
        buf_addf(g->out, "%s = ", name_at(FIELDS, take(&g->from)));
        if (columns)
            write_column(g);
        else
            write_value(g);
        put(g, ", ");
    }
    put(g, "}");
}

#endif
