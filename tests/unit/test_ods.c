/* ods: what cells of an OpenDocument sheet are read as; rows and cells that
 * are repeated, merged, hidden; what is refused. The documents are flat ones,
 * without an archive around them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sheet_dump.h"

static struct buf out, text;
static struct spec spec;

static void end(void)
{
    spec_release(&spec);
    buf_release(&out);
    buf_release(&text);
}

static void say(const char *name, const char *value)
{
    struct err err;
    ck_assert_msg(spec_override(&spec, name, value, &err), "%s", err.text);
}

static void begin(void)
{
    spec_init(&spec);
    say("header", "1");
}

#define HEAD(more)                                                             \
    "<office:document "                                                        \
    "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\" "      \
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">" more    \
    "<office:body><office:spreadsheet>"
#define SHEETS(sheets) HEAD("") sheets FOOT
#define FOOT           "</office:spreadsheet></office:body></office:document>"
#define SHEET(rows)    SHEETS("<table:table>" rows "</table:table>")
#define ROW(cells)     "<table:table-row>" cells "</table:table-row>"
#define ROWS(attributes, cells)                                                \
    "<table:table-row " attributes ">" cells "</table:table-row>"
#define CELL(attributes, inner)                                                \
    "<table:table-cell " attributes ">" inner "</table:table-cell>"
#define P(inner)    "<text:p>" inner "</text:p>"
#define TEXT(inner) CELL("office:value-type='string'", P(inner))
#define TYPED(type, value, seen)                                               \
    CELL("office:value-type='" type "' office:" value, P(seen))
#define NUMBER(value, seen) TYPED("float", "value='" value "'", seen)
#define BLANKS(count)                                                          \
    "<table:table-cell table:number-columns-repeated='" count "'/>"

static const char *read_text(const char *document, size_t len)
{
    buf_clear(&out);
    sheet_dump(&spec, document, len, &out);
    return buf_text(&out);
}

static const char *read_document(const char *document)
{
    return read_text(document, strlen(document));
}

/* What a cell is read as, its kind told by quotes. */
static const struct {
    const char *cell, *value;
} cells[] = {
    {TEXT("Sao Mai"), "\"Sao Mai\""},
    {TEXT("a &amp; b"), "\"a & b\""},
    {TEXT("\n  a \n b\t c  "), "\"a b c\""},
    {TEXT("a<text:s/>b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e"),
     "\"a b   c\\td\\ne\""},
    {TEXT("a<text:span>b<text:a>c</text:a></text:span>d"), "\"abcd\""},
    {CELL("", P("one") P("") P("two")), "\"one\\n\\ntwo\""},
    {TEXT("a<office:annotation><text:p>x</text:p></office:annotation>b"),
     "\"ab\""},
    {CELL("", "<office:annotation><text:p>x</text:p></office:annotation>"
              "<draw:frame><text:p>y</text:p></draw:frame>" P("a")),
     "\"a\""},
    {CELL("office:value-type='string' office:string-value='said'", ""),
     "\"said\""},
    {CELL("office:value-type='string' office:string-value='said'", P("seen")),
     "\"seen\""},
    {TEXT("  "), "\"\""},
    {NUMBER("12", "12"), "12"},
    {NUMBER("12.0", "12"), "12"},
    {NUMBER("-12", "(12)"), "-12"},
    {NUMBER("1234567.891", "1.234.567,89"), "1234567.891"},
    {NUMBER("0.30000000000000004", "0,3"), "0.3"},
    {NUMBER("4.27E-07", "0"), "0.000000427"},
    {NUMBER("9007199254740993", "9007199254740990"), "9007199254740993"},
    {NUMBER("12345678901234567890", "1,23E+19"), "12345678901234567890"},
    {NUMBER("123", "0000000123"), "\"0000000123\""},
    {NUMBER("912345678", "0912-345-678"), "\"0912345678\""},
    {NUMBER("7", "KH 007"), "\"007\""},
    {NUMBER("-5", "-005"), "\"-005\""},
    {NUMBER("0", "000"), "\"000\""},
    {NUMBER("0", "0,00"), "0"},
    {NUMBER("5", "5,00"), "5"},
    {NUMBER("0.5", "00,5"), "0.5"},
    {NUMBER("5", "0.05"), "\"005\""},
    {NUMBER("1", "TRUE"), "true"},
    {NUMBER("0", "SAI"), "false"},
    {NUMBER("1", "FALSE"), "1"},
    {NUMBER("none", "none"),
     "\"none\" ? none text in a cell whose type is a number, or true "
     "and false: it is kept as it stands"},
    {NUMBER("1e999", "x"),
     "\"x\" ? x text in a cell whose type is a number, or true "
     "and false: it is kept as it stands"},
    {TYPED("percentage", "value='0.05'", "05%"), "0.05"},
    {TYPED("currency", "value='1500000'", "1.500.000 ₫"), "1500000"},
    {TYPED("date", "date-value='2024-02-29'", "29/02/24"), "\"2024-02-29\""},
    {TYPED("date", "date-value='2024-02-29T13:05:00'", ""),
     "\"2024-02-29T13:05:00\""},
    {TYPED("date", "date-value='2024-02-29T00:00:00'", ""), "\"2024-02-29\""},
    {TYPED("date", "date-value='2024-02-28T23:59:59.999999998'", ""),
     "\"2024-02-29\""},
    {TYPED("date", "date-value='2023-12-31T12:59:59.7Z'", ""),
     "\"2023-12-31T13:00:00\""},
    {TYPED("date", "date-value='2023-12-31T23:59:59,5'", ""), "\"2024-01-01\""},
    {TYPED("date", "date-value='2025-07-15T14:35:24.21'", "15/07/2025"),
     "\"2025-07-15\""},
    {TYPED("date", "date-value='2025-07-05T23:59:59.9'", "7-5-25"),
     "\"2025-07-05\""},
    {TYPED("date", "date-value='2025-07-15T14:35:24'", "15/07/2025 14"),
     "\"2025-07-15T14:35:24\""},
    {TYPED("date", "date-value='2025-07-15T14:35:24'", "14.35.24"),
     "\"2025-07-15T14:35:24\""},
    {TYPED("date", "date-value='2023-02-29'", "29.02."), "\"29.02.\""},
    {TYPED("date", "date-value='2024-02-29T24:00:00'", "x"), "\"x\""},
    {TYPED("date", "value=''", "seen"), "\"seen\""},
    {TYPED("float", "x='1'", "12"), "\"12\""},
    {TYPED("time", "time-value='PT13H05M00S'", ""), "\"13:05:00\""},
    {TYPED("time", "time-value='PT13H05M29.9999999S'", ""), "\"13:05:30\""},
    {TYPED("time", "time-value='-PT26H30M'", ""), "\"-26:30:00\""},
    {TYPED("time", "time-value='P1DT2H'", ""), "\"26:00:00\""},
    {TYPED("time", "time-value='PT'", "x"), "\"00:00:00\""},
    {TYPED("time", "time-value='soon'", "soon"), "\"soon\""},
    {TYPED("boolean", "boolean-value='true'", "ĐÚNG"), "true"},
    {TYPED("boolean", "boolean-value='false'", "SAI"), "false"},
    {TYPED("boolean", "boolean-value='maybe'", "x"),
     "\"x\" ? x text in a cell whose type is a number, or true "
     "and false: it is kept as it stands"},
    {CELL("table:formula='of:=1/0' office:value-type='string' "
          "office:string-value='' calcext:value-type='error'",
          P("#DIV/0!")),
     "\"\" ? #DIV/0! the cell holds an error, and is left blank"},
    {CELL("table:formula='of:=NA()' office:value-type='float' office:value='0'",
          P("#N/A")),
     "\"\" ? #N/A the cell holds an error, and is left blank"},
    {CELL("table:formula='of:=A1'", ""),
     "\"\" ?  a formula without a result: open the file in a "
     "spreadsheet program and save it"},
    {TEXT("#N/A"), "\"#N/A\""},
    {"<table:covered-table-cell office:value-type='string'><text:p>hidden"
     "</text:p></table:covered-table-cell>",
     "\"\""},
};

START_TEST(a_cell)
{
    struct buf wanted = {0};
    buf_addf(&text, SHEET(ROW(TEXT("a") TEXT("b")) ROW("%s" TEXT("."))),
             cells[_i].cell);
    const char *rows = read_document(buf_text(&text));
    char cell[200], *at = cell;
    bool quoted = cells[_i].value[0] == '"';
    const char *from = cells[_i].value + quoted;
    for (; *from != '\0' && !(quoted && *from == '"'); from++)
        if (*from == '\\')
            *at++ = *++from == 'n' ? '\n' : '\t';
        else
            *at++ = *from;
    *at = '\0';
    const char *rest = quoted ? from + 1 : "";
    buf_addf(&wanted, "2 %s|.%s\n", cell, rest);
    ck_assert_str_eq(rows, buf_text(&wanted));
    buf_release(&wanted);
}
END_TEST

#define X3                                                                     \
    CELL("table:number-columns-repeated='3' office:value-type='string'", P("x"))
#define TIMES(count) "table:number-rows-repeated='" count "'"

START_TEST(repeated)
{
    static const char document[] =
        SHEET(ROWS(TIMES("4"), BLANKS("16384"))
                  ROW(BLANKS("2") TEXT("a") TEXT("b") TEXT("c") BLANKS("900"))
                      ROWS(TIMES("10000000"), BLANKS("9"))
                          ROWS(TIMES("1"), BLANKS("2") X3 BLANKS("2000000000"))
                              ROWS(TIMES("99999999999999999999"), BLANKS("0")));
    say("header", "5");
    ck_assert_str_eq(read_document(document),
                     "10000006 ||x|x|x\n"
                     "10 000 000 blank rows (first on line 6) are left out");
    say("header", "1");
    ck_assert_str_eq(
        read_document(SHEET(ROW(X3) ROWS(TIMES("3"), TEXT("a") NUMBER("1", "1"))
                                ROW(TEXT("b")))),
        "2 a|1|\n3 a|1|\n4 a|1|\n5 b||\n");
}
END_TEST

/* A million rows of one text. */
START_TEST(many)
{
    static const char document[] =
        SHEET(ROW(TEXT("a")) ROWS(TIMES("1048575"), TEXT("x")));
    const char *rows = read_text(document, sizeof document - 1);
    ck_assert_uint_eq(out.len, 9374652);
    ck_assert_str_eq(rows + out.len - 10, "1048576 x\n");
}
END_TEST

static const struct {
    const char *document, *says;
} refused[] = {
    {SHEET(ROW(X3) ROW(TEXT("a")) ROWS(TIMES("1048575"), TEXT("b"))),
     "4 input: row 3: it is repeated beyond a sheet's last row "
     "(1 048 576)"},
    {SHEET(ROW(X3) ROWS(TIMES("1048575"),
                        CELL("table:number-columns-repeated='100'", P("b")))),
     "4 input: row 2: more than 67 108 864 cells of the sheet are repeated "
     "ones"},
    {SHEET(ROW(TEXT("a")) ROW(TEXT("b")) "<table:table-row>"),
     "4 input: line 1, column "},
    {SHEET(ROW(X3) ROW(BLANKS("16384") TEXT("a")) ROW(TEXT("b"))),
     "2 ! a cell of it stands behind the last column, XFD\n3 b||\n"},
    {SHEET(
         ROW(TEXT("a"))
             ROW(CELL("", "<table:table><table:table-row/></table:table>")) ROW(
                 CELL("", "<draw:object><table:table/></draw:object>" P("b")))),
     "2 ! a cell of it holds a table, which is not read: put what that holds "
     "into cells of the sheet\n3 b\n"},
    {SHEET(ROW(TEXT("a")) ROW(TEXT("<text:s text:c='20000000'/>"))
               ROW(TEXT("b"))),
     "2 ! a cell is longer than 16777216 bytes (max_cell)\n3 b\n"},
    {SHEETS(""), "4 input: it is no OpenDocument spreadsheet: it has no sheet"},
    {SHEET(""), "4 input: empty: no sheet of it holds a row"},
    {HEAD("<!-- -->") "<table:table><a></b>", "4 input: line 1, column "},
    {SHEET(ROW(TEXT("a"))
               ROW("<x><x><x><x><x><x><x><x><x><x></x></x></x></x></x></x></x>"
                   "</x></x></x>" TEXT("b"))),
     "2 b\n"},
};

START_TEST(refusals)
{
    const char *says = read_document(refused[_i].document);
    ck_assert_msg(strncmp(says, refused[_i].says, strlen(refused[_i].says)) ==
                      0,
                  "%s", says);
}
END_TEST

#define NAMED(name, more, inner)                                               \
    "<table:table table:name=\"" name "\"" more ">" inner "</table:table>"

/* Sheets are found whether the document is plain or not. */
START_TEST(sheets)
{
    static const char document[] = HEAD(
        "<office:automatic-styles><style:style style:name='ta2'>"
        "<style:table-properties table:display='false'/></style:style>"
        "</office:automatic-styles>") "<table:calculation-settings/>" NAMED("'f"
                                                                            "il"
                                                                            "e:"
                                                                            "//"
                                                                            "/a"
                                                                            ".o"
                                                                            "ds"
                                                                            "'#"
                                                                            "$"
                                                                            "S",
                                                                            "",
                                                                            ROW(TEXT(
                                                                                "no")))
        NAMED("blank", "", "") NAMED(
            "hidden", " table:style-name='ta2'",
            ROW(TEXT(
                "h"))) "<table:table table:name='self>' />" NAMED("first", "",
                                                                  ROW(CELL(
                                                                      "",
                                                                      NAMED(
                                                                          "in",
                                                                          "",
                                                                          "")
                                                                          P("a")))
                                                                      ROW(TEXT(
                                                                          "1")))
            NAMED("second", "",
                  "<table:shapes><draw:frame/></table:shapes>"
                  "<table:table-header-rows>" ROW(
                      TEXT("a")) "</"
                                 "table:table-header-rows><table:table-row-"
                                 "group>" ROW(TEXT("2")) "</"
                                                         "table:table-row-"
                                                         "group>") "<table:"
                                                                   "named-"
                                                                   "expressions"
                                                                   "/>" FOOT;
    static const char *const more[] = {"", "<!-- <table:table> -->"};
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&text);
        buf_add(&text, document, strlen(document) - strlen(FOOT));
        buf_addf(&text, "%s" FOOT, more[i]);
        say("sheet", "second");
        ck_assert_str_eq(read_document(buf_text(&text)), "second!2 2\n");
        say("sheet", "4");
        ck_assert_str_eq(read_document(buf_text(&text)), "first!2 1\n");
        say("sheet", "third");
        ck_assert_str_eq(read_document(buf_text(&text)),
                         "2 input: it has no sheet \"third\"; there are "
                         "\"blank\", \"hidden\", \"self>\", \"first\", "
                         "\"second\"");
    }
}
END_TEST

/* A plain document, whose blank cells are joined, and one that is not. */
START_TEST(blanks)
{
    static const char *const blank[] = {
        "<table:table-cell/>", "<table:table-cell table:style-name=\"ce1\"/>",
        "<table:table-cell table:number-columns-repeated=\"2\"/>",
        "<table:table-cell table:number-columns-spanned=\"2\"/>"};
    static const char *const more[] = {"", "<!-- -->"};
    static const char *const ends[] = {TEXT("e") "</table:table-row>" FOOT,
                                       "</b>"};
    char *first[2];
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
        for (unsigned count = 1; count <= 99; count += 7)
            for (size_t end = 0; end < 2; end++) {
                for (size_t j = 0; j < 2; j++) {
                    buf_clear(&text);
                    buf_puts(&text, HEAD("") "<table:table>" ROW(TEXT(
                                        "h")) "<table:table-row>" TEXT("a"));
                    for (unsigned k = 0; k < count; k++)
                        buf_puts(&text, blank[i]);
                    buf_addf(&text, "%s%s", ends[end], more[j]);
                    first[j] = mem_text(read_document(buf_text(&text)));
                }
                ck_assert_str_eq(first[0], first[1]);
                free(first[0]);
                free(first[1]);
            }
}
END_TEST

#define COLUMN(attributes) "<table:table-column " attributes "/>"
#define UNSEEN(how)        "table:visibility='" how "'"

/* clang-format off */
static const char with_hidden[] = SHEET(
    COLUMN("table:number-columns-repeated='2'")
    "<table:table-column-group>"
    COLUMN(UNSEEN("collapse") " table:number-columns-repeated='2'")
    "</table:table-column-group>"
    COLUMN(UNSEEN("visible"))
    ROW(TEXT("a") TEXT("b") TEXT("c") TEXT("d") TEXT("e"))
    ROWS(UNSEEN("collapse"), TEXT("1"))
    ROWS(UNSEEN("filter"), TEXT("2"))
    ROW(TEXT("3") TEXT("4") TEXT("5") TEXT("6") TEXT("7")));

static const char with_merged[] = SHEET(
    ROW(TEXT("a") TEXT("b") TEXT("c"))
    ROWS(TIMES("2"), BLANKS("3"))
    ROW(TEXT("x") CELL("table:number-columns-spanned='2' "
                       "table:number-rows-spanned='2'", P("y"))
        "<table:covered-table-cell/>")
    ROW(TEXT("z") "<table:covered-table-cell "
        "table:number-columns-repeated='2'><text:p>old</text:p>"
        "</table:covered-table-cell>"));
/* clang-format on */

START_TEST(hidden)
{
    ck_assert_str_eq(read_document(with_hidden),
                     "2 1||||\n3 2||||\n4 3|4|5|6|7\n");
    say("hidden", "skip");
    ck_assert_str_eq(read_document(with_hidden),
                     "4 3|4|7\n2 hidden rows (first on line 2) are left out");
}
END_TEST

START_TEST(merged)
{
    ck_assert_str_eq(read_document(with_merged),
                     "4 x|y|\n5 z||\n2 blank rows (first on line 2) are left "
                     "out");
    say("merged", "fill");
    ck_assert_str_eq(read_document(with_merged),
                     "4 x|y|y\n5 z|y|y\n2 blank rows (first on line 2) are "
                     "left out");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ods");
    TCase *ods = tcase_create("ods");
    tcase_add_checked_fixture(ods, begin, end);
    tcase_add_loop_test(ods, a_cell, 0, sizeof cells / sizeof *cells);
    tcase_add_test(ods, repeated);
    tcase_add_test(ods, many);
    tcase_add_loop_test(ods, refusals, 0, sizeof refused / sizeof *refused);
    tcase_add_test(ods, sheets);
    tcase_add_test(ods, blanks);
    tcase_add_test(ods, hidden);
    tcase_add_test(ods, merged);
    suite_add_tcase(suite, ods);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
