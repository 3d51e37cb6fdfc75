"""rows_limits.py: one step beyond each limit of workbooks and pages. What
refuses says where, what the limit is, and which option raises it, or that none
does and what to do."""
import books
from books import END, ODS_END, ODS_TOP, TOP, Member, ods, ods_cell, ods_row, sheet, text, xlsx
from rows_workbooks import FLAT, FLAT_END, FLAT_ROW, FLAT_TOP, INPUT, MIB, PAGE, REJECTED, book, row

FIXED = r" \(a fixed limit\): save it as \.csv, or in parts"
CELL = r"a cell is longer than 1048576 bytes \(max_cell\)"
SMALL = "--max-cell 1M"
LONG = "x" * (MIB + 1)
# More than a cell of 1 MiB and its tags.
ROW = "".join(chr(97 + i % 26) * 1000 for i in range(17 * 1080))


def limit(name, content, says, options="", code=INPUT):
    return book("limit-" + name, content if callable(content) else lambda: content, code, says, options)


def areas(count):
    return "<mergeCells>%s</mergeCells></worksheet>" % ('<mergeCell ref="A9:B9"/>' * count)


def mhtml(head, parts):
    return ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n%s\r\n" % head +
            "--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n" * parts + "--b--\r\n").encode()


ROWS = [
    limit("row", lambda: xlsx(sheet(row(3, text("A3", ROW)))),
          r'in\.x: sheet "S": after 2 rows: a row is longer than 17825792 bytes \(max_cell and 16 MiB\)', SMALL),
    limit("row-heard", lambda: xlsx(sheet(row(3, text("A3", "<!-- -->" + ROW)))),
          r'in\.x: sheet "S": after 2 rows: a row is longer than 17825792 bytes \(max_cell and 16 MiB\)', SMALL),
    limit("string", lambda: xlsx(None, **{"xl/sharedStrings.xml": books.strings("<si><t>a</t></si><si><t>%s</t></si>" % ROW)}),
          r"in\.x: string 2 is longer than 17825792 bytes \(max_cell and 16 MiB\)", SMALL),
    limit("sheets", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook('<sheet name="S" sheetId="1" r:id="r0"/>' * 10001)}),
          r"in\.x: more than 10000 sheets" + FIXED),
    limit("rows", xlsx(sheet(row(1048577, text("A1048577", "x")))), r'in\.x: sheet "S": more than 1048576 rows' + FIXED),
    limit("styles", lambda: xlsx(sheet(), **{"xl/styles.xml": books.styles(
        "<cellXfs>%s</cellXfs>" % ("<xf/>" * 1048577))}), r"in\.x: .*more than 1048576 cell styles" + FIXED),
    limit("areas", lambda: xlsx(sheet(end="</sheetData>" + areas(1000001))),
          r"in\.x: more than 1000000 merged areas, which `merged` is to fill" + FIXED, "--merged fill"),
    limit("unpacked", xlsx(sheet()), r"in\.x: .* has .* bytes unpacked, more than max_unpacked \(100\)", "--max-unpacked 100"),
    limit("members", lambda: books.archive(books.xlsx_members() + [Member("xl/media/%d" % i, b"") for i in range(65600)]),
          r"in\.x: .*the archive has 65 605 members, at most 65 536 are read" + FIXED),
    limit("xml-deep", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook(more="<a>" * 300)}),
          r"in\.x: xl/workbook\.xml: line 2, column \d+: more than 256 elements stand in each other" + FIXED),
    limit("xml-attributes", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook(
        more="<a %s/>" % " ".join('a%d="1"' % i for i in range(1025)))}),
          r"in\.x: xl/workbook\.xml: line 2, column \d+: more than 1024 attributes at one element" + FIXED),
    limit("xml-tag", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook(more="<!--%s-->" % ("x" * 9 * MIB))}),
          r"in\.x: xl/workbook\.xml: line 2, column \d+: a tag or a comment is longer than 4 MiB" + FIXED),
    limit("ods-sheets", lambda: ods(ODS_TOP + '</table:table><table:table table:name="S">' * 5000 + ODS_END), "", code=None),
    limit("ods-styles", lambda: ods(ODS_TOP.replace("<office:body>", "<office:automatic-styles>%s</office:automatic-styles>"
                                                    "<office:body>" % "".join(
        '<style:style style:name="%s%d"><style:table-properties table:display="false"/></style:style>' % ("x" * 1000, i)
        for i in range(70))) + ODS_END), r"in\.x: .*more than 65536 bytes of styles that hide sheets" + FIXED),
    limit("ods-repeated", lambda: ods(ODS_TOP + ods_row(ods_cell("x", ' table:number-columns-repeated="1000"'),
                                                        more=' table:number-rows-repeated="70000"') + ODS_END),
          r"in\.x: .*row 3: more than 67 108 864 cells of the sheet are repeated ones" + FIXED),
    limit("html-deep", lambda: (PAGE + "<div>" * 600).encode(), r"in\.x: tags nest deeper than 512" + FIXED),
    limit("html-tables", lambda: (PAGE + "</table><table><td>x" * 10010).encode(), r"in\.x: it has more than 10000 tables" + FIXED),
    limit("html-areas", lambda: (PAGE + "<tr>" + "<td colspan=2>x" * 1000 + ("</tr><tr>" + "<td colspan=2>x" * 1000) * 1050).encode(),
          r"in\.x: more than 1000000 merged areas, which `merged` is to fill" + FIXED, "--merged fill"),
    limit("html-br-20-million", lambda: (PAGE + "<tr><td>KH2<td>" + "<br>" * 20000000).encode(),
          r"in\.x: table 1, row 3: a cell does not end within 17825792 bytes \(max_cell and 1 MiB\)"),
    limit("html-cell-512-mib", lambda: (PAGE + "<tr><td>KH2<td>").encode() + b"x" * (512 * MIB),
          r"in\.x: table 1, row 3: a cell does not end within 17825792 bytes \(max_cell and 1 MiB\)"),
    limit("html-tag", lambda: (PAGE + "<!--" + "x" * 3 * MIB).encode(),
          r"in\.x: a tag or a comment does not end within 1048576 bytes \(max_cell\)", SMALL),
    limit("flat-sheets", lambda: (FLAT_TOP + '</Table></Worksheet><Worksheet ss:Name="T"><Table>' * 10000 + FLAT_END).encode(),
          r"in\.x: .*more than 10000 sheets" + FIXED),
    limit("flat-styles", lambda: (FLAT_TOP.replace("<Worksheet", "<Styles>%s</Styles><Worksheet" % "".join(
        '<Style ss:ID="s%d"/>' % i for i in range(65537))) + FLAT_END).encode(), r"in\.x: .*more than 65536 styles" + FIXED),
    limit("mhtml-head", lambda: mhtml("X: %s" % " ".join(["y" * 4000] * 20).replace(" ", "\r\n "), 1),
          r"in\.x: .*a part's head is longer than 64 KiB" + FIXED),
    limit("mhtml-parts", lambda: mhtml("", 100000), r"in\.x: .*it has more than \d+ parts" + FIXED),
] + [
    limit(name + "-cell", content, CELL, SMALL, code) for name, content, code in (
        ("ods", lambda: ods(ODS_TOP + ods_row(ods_cell("KH2"), ods_cell(LONG)) + ODS_END), REJECTED),
        ("html", lambda: (PAGE + "<tr><td>KH2<td>" + LONG + "</table>").encode(), REJECTED),
        ("flat", lambda: (FLAT_TOP + FLAT_ROW % ("KH2", LONG) + FLAT_END).encode(), REJECTED))
]
