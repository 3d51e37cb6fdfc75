/* Pages of HTML, MHTML and XML Spreadsheet as rows: what people write and what
 * programs do, whole and by the byte. Files as programs write them are among
 * the golden cases. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "decode/cursor.h"
#include "decode/workbook/markup/page.h"
#include "decode/workbook/markup/sniff.h"

static struct buf out;
static bool tells_cuts; /* most texts here end without ending their tables */

static void put_cells(const struct row *row)
{
    buf_addf(&out, "%llu:", (unsigned long long)row->place.line);
    for (unsigned i = 0; i < row->width; i++) {
        buf_putc(&out, '[');
        if (row->cells[i].type == VALUE_TEXT)
            buf_add(&out, row->cells[i].text, row->cells[i].len);
        else
            value_json(&out, &row->cells[i]);
        buf_putc(&out, ']');
    }
    for (unsigned i = 0; row->warnings && i < row->warnings->count; i++)
        if (tells_cuts || row->warnings->all[i].kind != WARNING_CUT)
            buf_addf(&out, " {%s}", row->warnings->all[i].text);
    buf_putc(&out, '\n');
}

static void put_row(const struct row *row)
{
    if (row->fault != NULL)
        buf_addf(&out, "%llu! %s\n", (unsigned long long)row->place.line,
                 row->fault);
    else
        put_cells(row);
}

/* The rows as they stand, or why there are none. */
static const char *rows_of(const char *text, size_t len, const char *sheet)
{
    struct err err;
    struct row row;
    struct spec spec;
    struct cursor cursor = {0};
    spec_init(&spec);
    spec.as_is = true;
    buf_clear(&out);
    if (sheet != NULL)
        ck_assert(spec_override(&spec, "sheet", sheet, &err));
    struct input *input =
        input_open_source(&spec, source_memory(text, len), &err);
    if (input == NULL) {
        buf_puts(&out, err.text);
    } else {
        enum step step;
        cursor_open(&cursor, input);
        while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
            put_row(&row);
        if (step == STEP_FAIL)
            buf_puts(&out, err.text);
        cursor_close(&cursor);
        input_close(input);
    }
    spec_release(&spec);
    return buf_text(&out);
}

/* Whole, and in pieces. */
static void expect(const char *text, size_t len, const char *sheet,
                   const char *wanted)
{
    static const size_t pieces[] = {64 * 1024, 1, 2, 3, 7, 61};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        page_piece = pieces[i];
        ck_assert_str_eq(rows_of(text, len, sheet), wanted);
    }
    page_piece = 64 * 1024;
}

static void expect_page(const char *text, const char *wanted)
{
    expect(text, strlen(text), NULL, wanted);
}

START_TEST(tags_that_people_leave_out)
{
    expect_page("<table><tr><td>a<td>b<tr><td>c<th>d</table>",
                "1:[a][b]\n2:[c][d]\n");
    expect_page("<table><thead><td>a<td>b</thead><td>c<td>d",
                "1:[a][b]\n2:[c][d]\n");
    expect_page("<html><tr><td>a</td><td>b</td></tr></html>", "1:[a][b]\n");
    expect_page("<table><tr><td>a<tr></tr><tr><td></td><td> </td></tr>"
                "<tr><td>b",
                "1:[a]\n4:[b]\n");
    expect_page("<table><tr><td>a</td></tr><table><tr><td>b</td></tr></table>",
                "1:[a]\n");
}
END_TEST

#define CUT " {the page ends before its table does: is it whole?}"

START_TEST(pages_that_are_cut)
{
    tells_cuts = true;
    expect_page("<table><tr><td>a</td></tr><tr><td>b</td><td>c",
                "1:[a]\n2:[b][c]" CUT "\n");
    expect_page("<table><tr><td>a</td></tr><tr><td>b</td></tr>",
                "1:[a]\n2:[b]" CUT "\n");
    expect_page("<table><tr><td>a</td></tr></table>b", "1:[a]\n");
    tells_cuts = false;
}
END_TEST

START_TEST(spans)
{
    expect_page("<table><tr><td rowspan=2>a<td colspan=2>b<td>c"
                "<tr><td>d<td>e<td rowspan=0>f<tr><td>g<td>h<td>i<td>j",
                "1:[a][b][][c]\n2:[][d][e][f]\n3:[g][h][i][][j]\n");
    expect_page("<table><tbody><tr><td rowspan=9>a<td>b</tbody>"
                "<tbody><tr><td>c<td>d</tbody></table>",
                "1:[a][b]\n2:[c][d]\n");
    expect_page("<table><tr><td colspan=-3>a<td rowspan=x>b<td colspan=0>c",
                "1:[a][b][c]\n");
}
END_TEST

START_TEST(texts_of_cells)
{
    expect_page("<table><tr><td> a \n\t b<br>c<br/><br>d </td><td><p>e</p><p>f"
                "</p><td><div>g<ul><li>h<li>i</ul></div><td><pre>j  k</pre>",
                "1:[a b\nc\n\nd][e\nf][g\nh\ni][j  k]\n");
    expect_page("<table><tr><td>&amp;&lt;&#7840;&#x1EA0;&eacute;&#150;"
                "<td>&nosuch;<td>00123<td>1.250.000",
                "1:[&<ẠẠé–][&nosuch;][00123][1.250.000]\n");
    expect_page("<table><tr><td>a<script>'<td>x</td>'</script><style>y</style>"
                "<!-- <td>z --><td>b<input value=c><input type=hidden value=d>",
                "1:[a][b c]\n");
    expect_page("<table><tr><td>a<span style='color:red; display : NONE'>b"
                "</span>c<td>d",
                "1:[ac][d] {text that the page hides is left out}\n");
}
END_TEST

START_TEST(numbers_that_are_shown_rounded)
{
    expect_page("<table><tr><td x:num=\"12345678901234\">1.23E+13<td x:num=5.5>"
                "6<td x:num>7<td sdval=8>9",
                "1:[12345678901234][6][7][9]\n");
    expect_page("<table><tr><td x:num=45352>####<td>####",
                "1:[45352][####] {the page shows #####, as the column was too "
                "narrow; its number stands here, which may be a date's}\n");
}
END_TEST

START_TEST(tables_in_tables)
{
    static const char inner[] =
        "<table><tr><td>a<table><tr><td>b<td>c<tr><td>d</table>e<td>f"
        "<tr><td>g<td>h</table>";
    static const char layout[] =
        "<table><tr><td>menu<td><table id=one><tr><td>a<td>b</table>"
        "<table><caption>Two\n lines</caption><tr><td>c<td>d<tr><td>e<td>f"
        "</table></table>";
    expect(inner, sizeof inner - 1, NULL, "1:[a\nb c\nd\ne][f]\n2:[g][h]\n");
    expect(layout, sizeof layout - 1, "two lines", "1:[c][d]\n2:[e][f]\n");
}
END_TEST

START_TEST(encodings)
{
    static const char wide[] = "\xFF\xFE<\0t\0r\0>\0<\0t\0d\0>\0\xA0\x1E";
    static const char old[] = "<meta http-equiv=x content='text/html; "
                              "charset=windows-1258'><table><tr><td>\xD0\xF4";
    static const char latin[] =
        "<meta charset=\"iso-8859-1\"><table><tr><td>\x80\xE9";
    expect(wide, sizeof wide - 1, NULL, "1:[Ạ]\n");
    expect(old, sizeof old - 1, NULL, "1:[Đô]\n");
    expect(latin, sizeof latin - 1, NULL, "1:[€é]\n");
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    static const char bad[] = "<table><tr><td>a\x01<td>b<tr><td>c\xE1\xBA"
                              "d<tr><td>e\0f<tr><td>\xEF\xB7\x90<tr><td>g";
    expect(bad, sizeof bad - 1, NULL,
           "1:[a\x01][b]\n2! invalid UTF-8 (byte 0xE1)\n3! NUL byte\n"
           "4! invalid UTF-8 (byte 0xEF)\n5:[g]\n");
}
END_TEST

START_TEST(pages_that_are_none)
{
    expect_page("<html><frameset><frame src=a></frameset></html>",
                "input: is a page of frames, whose tables lie in other files: "
                "save it as one .xlsx file");
    expect_page("<html><table><tr><td></table>",
                "input: is a page of HTML without a table that holds anything; "
                "look at it, and export it again");
}
END_TEST

#define BOOK(rows)                                                             \
    "<?xml version='1.0'?><Workbook "                                          \
    "xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"                    \
    "<Styles><Style ID='d'><NumberFormat Format='Short Date'/></Style>"        \
    "<Style ID='z'><NumberFormat Format='0000'/></Style></Styles>"             \
    "<Worksheet Name='A'><Table>" rows "</Table></Worksheet></Workbook>"
#define DATA(type, text) "<Data Type='" type "'>" text "</Data>"

START_TEST(cells_of_xml_spreadsheet)
{
    expect_page(
        BOOK("<Row Index='2'><Cell>" DATA(
            "String",
            "a\n&amp;") "</Cell>"
                        "<Cell Index='3' StyleID='z'>" DATA(
                            "Number",
                            "7") "</Cell></Row>"
                                 "<Row><Cell MergeAcross='1'>" DATA(
                                     "Boolean",
                                     "0") "</Cell><Cell>" DATA("Number",
                                                               "1E3") "</"
                                                                      "Cell></"
                                                                      "Row>"),
        "2:[a\n&][][0007]\n3:[false][][1000]\n");
    expect_page(
        BOOK("<Row StyleID='d'><Cell>" DATA(
            "Number",
            "45351") "</Cell><Cell>" DATA("DateTime",
                                          "2024-02-29T00:00:00."
                                          "000") "</Cell></"
                                                 "Row><Row>"
                                                 "<Cell>" DATA(
                                                     "DateTime",
                                                     "2024-02-"
                                                     "29T00:00:"
                                                     "00") "</"
                                                           "Cell>"
                                                           "<Cell"
                                                           ">" DATA(
                                                               "DateTime",
                                                               "2024-02-29T01:"
                                                               "00:00") "</"
                                                                        "Cell><"
                                                                        "/Row"
                                                                        ">"),
        "1:[2024-02-29][2024-02-29]\n2:[2024-02-29][2024-02-29T01:00:00]\n");
}
END_TEST

START_TEST(doubts_of_xml_spreadsheet)
{
    expect_page(BOOK("<Row><Cell>" DATA("String", "a") "</Cell><Cell>" DATA(
                    "Error", "#N/A") "</Cell></Row>"),
                "1:[a] {the cell holds an error, and is left blank}\n");
    expect_page(BOOK("<Row><Cell>" DATA("String", "a") "</Cell><Cell>" DATA(
                    "Number", "abc") "</Cell></Row>"),
                "1:[a][abc] {text in a cell whose type is a number, or true "
                "and false: it is kept as it stands}\n");
    expect_page(
        BOOK("<Row><Cell>" DATA("String", "a") "</Cell>"
                                               "<Cell Formula='=B1'/></Row>"),
        "1:[a] {a formula without a result: open the file in a "
        "spreadsheet program and save it}\n");
    expect_page(BOOK("<Row><Cell Index='3'>" DATA(
                    "String", "a") "</Cell>"
                                   "<Cell Index='2'>" DATA(
                                       "String", "b") "</Cell></Row>"),
                "1! cells are out of order\n");
}
END_TEST

/* The first one's cell may be gone again, as an error's is. */
START_TEST(two_values_in_a_cell_of_xml_spreadsheet)
{
    static const char fault[] = "1! a cell has more than one value\n";
    expect_page(BOOK("<Row><Cell>" DATA("Error", "#N/A")
                         DATA("String", "a") "</Cell></Row>"),
                fault);
    expect_page(BOOK("<Row><Cell>" DATA("Number", "5")
                         DATA("String", "a") "</Cell></Row>"),
                fault);
}
END_TEST

START_TEST(parts_of_mhtml)
{
    static const char quoted[] =
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        " boundary=\"x y\"\r\n\r\n--x y\r\nContent-Type: text/html; "
        "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<table><tr><td>=E1=BA=A0=3D=\r\n b  \r\n--x yz<td>c=zz</table>\r\n"
        "--x y--\r\n<table><tr><td>d</table>";
    static const char base64[] =
        "MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding:"
        " base64\n\nPHRh\nYmxlPjx0\ncj48dGQ+YQ==\n";
    expect(quoted, sizeof quoted - 1, NULL, "1:[Ạ= b --x yz][c=zz]\n");
    expect(base64, sizeof base64 - 1, NULL, "1:[a]\n");
}
END_TEST

START_TEST(what_text_begins_with)
{
    static const struct {
        const char *text;
        bool html, mhtml, spreadsheet;
    } all[] = {
        {"<html>", true, false, false},
        {"\xEF\xBB\xBF \n<!-- x --><TABLE BORDER=1>", true, false, false},
        {"<?xml version=\"1.0\"?><!DOCTYPE html><html>", true, false, false},
        {"<b>a</b>;c", false, false, false},
        {"<b>a</b>", true, false, false},
        {"<bb>a", false, false, false},
        {"a,b\n<table>", false, false, false},
        {"MIME-Version: 1.0\nContent-Type: multipart/related", false, true,
         false},
        {"From;Date\n", false, false, false},
        {"<?xml?><?mso-application?><ss:Workbook "
         "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>",
         false, false, true},
        {"<Workbook>", false, false, false},
        {"", false, false, false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t len = strlen(all[i].text);
        ck_assert_int_eq(sniff_html(all[i].text, len) > 70, all[i].html);
        ck_assert_int_eq(sniff_mhtml(all[i].text, len) > 70, all[i].mhtml);
        ck_assert_int_eq(sniff_spreadsheetml(all[i].text, len) > 70,
                         all[i].spreadsheet);
    }
}
END_TEST

int main(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    TCase *all = tcase_create("markup");
    tcase_add_test(all, tags_that_people_leave_out);
    tcase_add_test(all, pages_that_are_cut);
    tcase_add_test(all, spans);
    tcase_add_test(all, texts_of_cells);
    tcase_add_test(all, numbers_that_are_shown_rounded);
    tcase_add_test(all, tables_in_tables);
    tcase_add_test(all, encodings);
    tcase_add_test(all, bytes_that_are_no_text);
    tcase_add_test(all, pages_that_are_none);
    tcase_add_test(all, cells_of_xml_spreadsheet);
    tcase_add_test(all, doubts_of_xml_spreadsheet);
    tcase_add_test(all, two_values_in_a_cell_of_xml_spreadsheet);
    tcase_add_test(all, parts_of_mhtml);
    tcase_add_test(all, what_text_begins_with);
    Suite *suite = suite_create("markup");
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buf_release(&out);
    return failed > 0;
}
