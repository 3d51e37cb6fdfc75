"""rows_workbooks.py: workbooks that mean harm: bombs, monsters and lies. Each is
read by cat, check with eight threads, and inspect, each in two seconds of a
processor and in bounded memory, or refused with the limit named."""
import hashlib
from pathlib import Path

import books
from books import DECLARED, END, ODS_END, ODS_TOP, TOP, Member, Part, ods, ods_cell, ods_row, sheet, styles, text, xlsx
from kit import HEAD, MB, Attack, slack

DONE, REJECTED, INPUT = 0, 3, 4
MAKES = "fields = { CustomerCode = col 'Code', CustomerName = col 'Name', Status = '1' }"
BODY = f"{HEAD}return fast.setCustomer {{ {MAKES} }}\n"
DATA = Path(__file__).resolve().parent.parent / "data"
MIB = 1 << 20
# A crash is 134 or more; what ran too long is killed: 137 or 152.
EVERY = """for c in "cat in.x$OPTIONS" "check m.lua in.x --jobs 8 -o body$OPTIONS" "inspect in.x$OPTIONS"; do
  ( ulimit -t $MOST; exec fastsync $c >out 2>&1 </dev/null ); code=$?
  if [ $code -gt 5 ]; then echo "CRASH $code: $c"; head -c 1000 out; exit 99; fi
  case $c in cat*) first=$code; head -c 2000 out;; check*) tail -c 1000 out;; esac
done
exit $first"""


def pieces(made):
    """What is made at once, or piece by piece."""
    return [made] if isinstance(made, bytes) else made


def book(name, content, code=None, says="", options="", **more):
    """`code` None: read or refused, but in time."""
    shell = EVERY if code is not None else EVERY.replace("exit $first", "exit 0")
    env = {"MOST": str(2 * slack()), "OPTIONS": options and " " + options}
    make = (lambda: pieces(content())) if callable(content) else content
    more.setdefault("rss", 200 * MB)
    return Attack("workbook-" + name, files={"in.x": make, "m.lua": BODY.encode()}, shell=shell, code=code or DONE,
                  says=says, says_not="CRASH|STOLEN|root:", cpu=6, env=env, exact=True, **more)


def row(line, *cells):
    return '<row r="%d">%s</row>' % (line, "".join(cells))


def filled(size, of="x"):
    """A piece of so many bytes that packs to a hundredth and a half, as a bomb
    does that knows of a limit."""
    pieces = (hashlib.sha512(b"%d" % i).hexdigest() + of * 16000 for i in range(size // 16128))
    return "".join(pieces).encode()


BLANKS = b" " * MIB
# Blanks, and a name here and there that says nothing.
BLANKS_AND_MORE = b"".join(b'<row spans="%s"/>' % hashlib.sha512(b"%d" % i).hexdigest().encode() + b" " * 16000 for i in range(65))
LAUGHS = "".join('<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * 10) for i in range(1, 12))
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">%s]>' % LAUGHS
STEAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
QUADRATIC = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l11 "%s">]>' % ("y" * 60000)


def entities(declaration, uses=1):
    return (TOP.replace(DECLARED, declaration) + row(3, text("A3", "KH2"), text("B3", "&l11;" * uses)) + END).encode()


def deep(name, count):
    return "<%s>" % name * count + "</%s>" % name * count


ROWS = [
    # What becomes much more than it is.
    book("blanks-1-gib", lambda: xlsx(Part(TOP.encode(), BLANKS, 1024, END.encode())), INPUT, "max.ratio"),
    book("blanks-256-mib-less-packed", lambda: xlsx(Part(TOP.encode(), BLANKS_AND_MORE, 256,
                                                         END.encode()))),
    book("cell-512-mib", lambda: xlsx(Part((TOP + '<row r="3"><c r="A3" t="inlineStr"><is><t>').encode(), b"x" * MIB, 512,
                                           ("</t></is></c></row>" + END).encode())), INPUT, "max.ratio"),
    book("cell-512-mib-less-packed", lambda: xlsx(Part((TOP + '<row r="3"><c r="A3" t="inlineStr"><is><t>').encode(),
                                                       filled(MIB), 512, ("</t></is></c></row>" + END).encode())),
         None, "max.cell|longer|MiB|bytes"),
    book("string-512-mib", lambda: xlsx(None, **{"xl/sharedStrings.xml": Part(
        books.strings("<si><t>")[:-6], filled(MIB), 512, b"</t></si></sst>")})),
    book("strings-10-million", lambda: xlsx(None, **{"xl/sharedStrings.xml": Part(
        books.strings("")[:-6], b"<si><t>abcdefgh</t></si>" * 10000, 1000, b"</sst>")})),
    book("strings-lying-count", xlsx(None, **{"xl/sharedStrings.xml": books.strings(
        "<si><t>a</t></si>", ' count="4294967295" uniqueCount="18446744073709551615"')}), DONE, "1 valid"),
    book("parts-many", lambda: books.archive(books.xlsx_members() + [Member("xl/media/%d" % i, b"") for i in range(65000)]),
         DONE, "1 valid"),
    book("rows-empty-million", lambda: xlsx(Part(TOP.encode(), b"<row/>" * 1000, 1046, END.encode())), DONE, "1 valid"),
    book("rows-to-the-last-cell", xlsx(sheet(row(1048576, text("XFD1048576", "x")))), None, ""),
    book("cells-empty-10-million", lambda: xlsx(Part((TOP + "<row>").encode(), b"<c/>" * 1000, 10000, ("</row>" + END).encode()))),
    book("cells-styled-16-million", lambda: xlsx(Part(TOP.encode(), ("<row>" + '<c s="0"/>' * 16384 + "</row>").encode(), 150,
                                                      END.encode()))),
    # Places that there are not.
    book("column-zzzzzz", xlsx(sheet(row(3, text("ZZZZZZ3", "x"))))),
    book("column-zzzzzz-header", xlsx(sheet(top=books.SHEET + row(1, text("A1", "Code"), text("ZZZZZZ1", "Name"))))),
    book("column-long", xlsx(sheet(row(3, text("A" * 100000 + "3", "x"))))),
    book("columns-million-header", lambda: xlsx(sheet(top=books.SHEET + "<row>" + '<c t="str"><v>x</v></c>' * 1000000 + "</row>"))),
    book("row-beyond", xlsx(sheet('<row r="4294967297">%s</row>' % text("A4294967297", "KH2")))),
    book("row-zero", xlsx(sheet('<row r="0">%s</row>' % text("A0", "KH2")))),
    book("row-minus", xlsx(sheet('<row r="-1">%s</row>' % text("A-1", "KH2")))),
    book("rows-backwards", xlsx(sheet(row(9, text("A9", "KH9"), text("B9", "N")) + row(3, text("A3", "KH3"), text("B3", "N"))))),
    book("rows-one-line", xlsx(sheet(row(2, text("A2", "KH2"), text("B2", "B")) * 9999))),
    book("string-beyond", xlsx(sheet(row(3, '<c r="A3" t="s"><v>7</v></c>', text("B3", "N"))), **{
        "xl/sharedStrings.xml": books.strings("<si><t>a</t></si>")})),
    book("string-beyond-all", xlsx(sheet(row(3, '<c r="A3" t="s"><v>99999999999999999999</v></c>')))),
    book("string-minus", xlsx(sheet(row(3, '<c r="A3" t="s"><v>-1</v></c>', text("B3", "N"))), **{
        "xl/sharedStrings.xml": books.strings("<si><t>a</t></si>")})),
    book("string-none", xlsx(sheet(row(3, '<c r="A3" t="s"><v>0</v></c>', text("B3", "N"))))),
    book("style-beyond", xlsx(sheet(row(3, '<c r="A3" s="999999999999"><v>1</v></c>', text("B3", "N")))), None, ""),
    # Numbers that are none.
    *(book("number-" + name, xlsx(sheet(row(3, '<c r="A3"><v>%s</v></c>' % value, text("B3", "N")))))
      for name, value in (("1e999", "1e999"), ("nan", "nan"), ("hex", "0x1p9"), ("long", "9" * 100000), ("small", "0." + "0" * 99999 + "1"),
                          ("exponent", "1e-99999999999"), ("text", "abc"), ("minus", "-"))),
    book("date-1e300", xlsx(sheet(row(3, '<c r="A3" s="1"><v>1e300</v></c>', text("B3", "N"))), **{"xl/styles.xml": styles(
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>')})),
    # Styles, sheets, areas: more than anybody has.
    book("styles-100-000", lambda: xlsx(sheet(row(3, '<c r="A3" s="99999"><v>45000</v></c>', text("B3", "N"))), **{
        "xl/styles.xml": styles("<numFmts>%s</numFmts><cellXfs>%s</cellXfs>" % (
            "".join('<numFmt numFmtId="%d" formatCode="yyyy-mm-dd;%d"/>' % (i + 164, i) for i in range(100000)),
            "".join('<xf numFmtId="%d"/>' % (i + 164) for i in range(100000))))}), DONE, "2023-03-15"),
    book("style-code-long", xlsx(None, **{"xl/styles.xml": styles(
        '<numFmts><numFmt numFmtId="164" formatCode="%s"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>' % ("[" * 100000))})),
    book("sheets-100-000", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook("".join(
        '<sheet name="S%d" sheetId="%d" r:id="r0"/>' % (i, i) for i in range(1, 100000)))})),
    book("sheet-name-long", xlsx(None, **{"xl/workbook.xml": books.workbook(
        '<sheet name="%s" sheetId="1" r:id="r0"/>' % ("n" * 1000000))})),
    book("merged-all", xlsx(sheet(end="</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>")),
         options="--merged fill"),
    book("merged-500-000", lambda: xlsx(sheet(end="</sheetData><mergeCells>%s</mergeCells></worksheet>" % "".join(
        '<mergeCell ref="A%d:B%d"/>' % (i, i + 9) for i in range(1, 500000)))), options="--merged fill"),
    book("merged-beyond", xlsx(sheet(end="</sheetData><mergeCells><mergeCell ref=\"B9:A1\"/><mergeCell ref=\"ZZZZZZ1:A99999999999\"/>"
                                     "</mergeCells></worksheet>")), options="--merged fill"),
    # XML that grows, steals or never ends.
    book("entities-billion", xlsx(entities(BOMB)), INPUT),
    book("entities-quadratic", xlsx(entities(QUADRATIC, 20000)), INPUT),
    book("entities-file", xlsx(entities(STEAL)), None),
    book("entities-strings", xlsx(sheet(row(3, '<c r="A3" t="s"><v>0</v></c>', text("B3", "N"))), **{
        "xl/sharedStrings.xml": books.strings("<si><t>&l11;</t></si>").replace(DECLARED.encode(), BOMB.encode())}), INPUT),
    book("entities-workbook", xlsx(None, **{"xl/workbook.xml": books.workbook(more="<x>&l11;</x>").replace(
        DECLARED.encode(), BOMB.encode())}), None),
    book("deep-sheet", lambda: xlsx(sheet(row(3, text("A3", "KH2"), deep("a", 1000000))))),
    book("deep-strings", lambda: xlsx(None, **{"xl/sharedStrings.xml": books.strings(deep("r", 1000000))})),
    book("deep-styles", lambda: xlsx(None, **{"xl/styles.xml": styles(deep("xf", 1000000))})),
    book("deep-workbook", lambda: xlsx(None, **{"xl/workbook.xml": books.workbook(deep("sheet", 1000000))})),
    book("attributes-million", lambda: xlsx(sheet("<row %s/>" % " ".join('a%d="1"' % i for i in range(1000000))))),
    book("attribute-long", lambda: xlsx(sheet('<row r="%s"/>' % ("1" * 30000000)))),
    book("tag-open", xlsx(sheet('<row r="3"><c r="A3" t="str"><v>x', end=""))),
    book("comment-open", lambda: xlsx(sheet("<!--" + "-" * 3000000, end=""))),
    book("cdata-open", lambda: xlsx(sheet('<row><c t="str"><v><![CDATA[' + "x" * 3000000, end=""))),
    book("utf8-broken", xlsx(sheet(row(3, text("A3", "KH2"), text("B3", "@@@"))).replace(b"@@@", b"\xff\xc0\xaf\xed\xa0\x80"))),
    book("utf16-half", xlsx(sheet().decode().replace("UTF-8", "UTF-16").encode("utf-16")[:-3])),
    book("nul", xlsx(sheet(row(3, text("A3", "KH2"), text("B3", "A\0B"))))),
    # Parts that name each other.
    book("related-to-itself", xlsx(None, **{"xl/_rels/workbook.xml.rels": books.relations(("worksheet", "workbook.xml"))})),
    book("related-in-a-circle", xlsx(None, **{"_rels/.rels": books.relations(("officeDocument", "_rels/.rels"))})),
    book("related-outside", xlsx(None, **{"xl/_rels/workbook.xml.rels": books.relations(
        ("worksheet", "../../../../../../etc/passwd"))}), INPUT),
    book("related-nowhere", xlsx(None, **{"xl/_rels/workbook.xml.rels": books.relations(("worksheet", "worksheets/sheet9.xml"))}), None),
    book("related-500-000", lambda: xlsx(None, **{"xl/_rels/workbook.xml.rels": books.relations(
        *[("worksheet", "worksheets/sheet1.xml")] * 500000)})),
    book("no-workbook", xlsx(None, **{"xl/workbook.xml": None}), INPUT),
    book("no-sheet", xlsx(None, **{"xl/worksheets/sheet1.xml": None}), INPUT),
    book("sheet-empty", xlsx(b""), INPUT),
    book("sheet-none-in-it", xlsx((books.SHEET + END).encode()), INPUT),
]


# --- archives that lie ------------------------------------------------------------

def lying(**lie):
    members = books.xlsx_members()
    for name, value in lie.items():
        setattr(members[-1], name, value)
    return books.archive(members)


def overlapping():
    """Two members of the same bytes."""
    members = books.xlsx_members()
    members.append(Member("xl/sharedStrings.xml", b"", at=0))
    return books.archive(members)


GOOD = xlsx()
RELATED = books.relations(("worksheet", "worksheets/sheet1.xml"))
LONG = b'name="' + filled(MIB) + b'"/>'
BEFORE, AFTER = books.workbook().split(b"</sheets>")
MANY = b'<sheet name="S" sheetId="1" r:id="r9"/>' * 9999
ROWS += [
    book("xlsx-sheet-names", lambda: xlsx(None, **{"xl/workbook.xml": Part(
        BEFORE, b'<sheet sheetId="2" r:id="r0" ' + LONG, 160, b"</sheets>" + AFTER)}), INPUT, "name is longer than 1024 bytes"),
    book("ods-sheet-names", lambda: ods(Part(ODS_TOP.encode() + b"</table:table>", b"<table:table table:" + LONG, 512,
                                             ODS_END.replace("</table:table>", "").encode())), INPUT, "name is longer than 1024 bytes"),
    book("xlsx-one-long-target", lambda: xlsx(None, **{
        "xl/workbook.xml": BEFORE + MANY + b"</sheets>" + AFTER,
        "xl/_rels/workbook.xml.rels": RELATED.replace(
            b"</Relationships>", b'<Relationship Id="r9" Type="t" Target="' + b"x" * (4 * MIB - 99) + b'"/></Relationships>')}),
         DONE, "KH1"),
]
ROWS += [book("xlsx-relations", lambda: xlsx(None, **{"xl/_rels/workbook.xml.rels": Part(
    RELATED.replace(b"</Relationships>", b""), b'<Relationship Id="x" Type="t" Target="' + filled(MIB) + b'"/>', 512,
    b"</Relationships>")}), INPUT, "is longer than 16 MiB")]
ROWS += [
    book("zip-size-less", lying(size=10), INPUT, "sheet1.xml"),
    book("zip-size-more", lying(size=4000000000), INPUT, "sheet1.xml"),
    book("zip-packed-less", lying(packed=5), INPUT),
    book("zip-packed-more", lying(packed=400000000), INPUT),
    book("zip-crc", lying(crc=1), INPUT, "sheet1.xml"),
    book("zip-encrypted", lying(flags=0x801), INPUT, "password|encrypted"),
    book("zip-method", lying(method=99), INPUT),
    book("zip-other-name", lying(local_name="xl/other.xml"), None),
    book("zip-at-end", lying(at=0xfffffff0), INPUT),
    book("zip-overlapping", overlapping(), INPUT),
    book("zip-twice", books.archive(books.xlsx_members() + books.xlsx_members()), None),
    book("zip-no-directory", GOOD[:-22], INPUT),
    book("zip-comment", books.archive(books.xlsx_members(), b"PK\5\6" * 5000), None),
    book("zip-count", GOOD[:-14] + b"\xff\xff\xff\xff" + GOOD[-10:], None),
    book("zip-in-front", b"MZ" + bytes(5000) + GOOD, None),
    *(book("zip-cut-%d" % eighth, GOOD[:len(GOOD) * eighth // 8], INPUT) for eighth in range(1, 8)),
    # ODS
    book("ods-blanks-million", ods(ODS_TOP + ods_row(ods_cell("", ' table:number-columns-repeated="16384"'), more=
         ' table:number-rows-repeated="1048574"') + ODS_END), DONE, "1 valid"),
    book("ods-blanks-10-million", lambda: ods(Part(ODS_TOP.encode(), ods_row(
        ods_cell("", ' table:number-columns-repeated="1000"')).encode(), 10000, ODS_END.encode())), DONE, "1 valid"),
    book("ods-cells-million", lambda: ods(Part(ODS_TOP.encode(), ods_row(ods_cell("") * 1000).encode(), 1000, ODS_END.encode()))),
    book("ods-cells-5-million", lambda: ods(Part(ODS_TOP.encode(), ods_row(ods_cell("") * 1000).encode(), 5000, ODS_END.encode())),
         DONE, "1 valid"),
    book("ods-styled-10-million", lambda: ods(Part(ODS_TOP.encode(), ods_row(ods_cell("", ' table:style-name="ce1"') * 1000).encode(),
                                                   10000, ODS_END.encode())), INPUT, "max.ratio"),
    book("ods-repeated-rows", ods(ODS_TOP + ods_row(ods_cell("KH2"), ods_cell("B"), more=' table:number-rows-repeated="2147483647"') + ODS_END)),
    book("ods-repeated-cells", ods(ODS_TOP + ods_row(ods_cell("x", ' table:number-columns-repeated="2147483647"')) + ODS_END)),
    book("ods-repeated-both", ods(ODS_TOP + ods_row(ods_cell("x", ' table:number-columns-repeated="16384"'), more=
         ' table:number-rows-repeated="1048576"') + ODS_END)),
    book("ods-repeated-minus", ods(ODS_TOP + ods_row(ods_cell("x", ' table:number-columns-repeated="-5"'), more=
         ' table:number-rows-repeated="0"') + ODS_END)),
    book("ods-entities", ods(BOMB + ODS_TOP[len(DECLARED):] + ods_row(ods_cell("&l11;")) + ODS_END), INPUT),
    book("ods-deep", lambda: ods(ODS_TOP + "<table:table-row-group>" * 300000 + ODS_END)),
    book("ods-blank-512-mib", ods(ODS_TOP + ods_row('<table:table-cell office:value-type="string"><text:p>a<text:s text:c="536870912"/>'
                                                    "</text:p></table:table-cell>") + ODS_END)),
    book("ods-no-content", books.archive([Member("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", method=0)]), INPUT),
]

# --- pages, XML, and BIFF -----------------------------------------------------------

PAGE = "<html><body><table><tr><td>Code</td><td>Name</td></tr><tr><td>KH1</td><td>A</td></tr>"
FLAT = ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>%s')
FLAT_ROW = '<Row><Cell><Data ss:Type="String">%s</Data></Cell><Cell><Data ss:Type="String">%s</Data></Cell></Row>'
FLAT_TOP = FLAT % (FLAT_ROW % ("Code", "Name") + FLAT_ROW % ("KH1", "A"))
FLAT_END = "</Table></Worksheet></Workbook>"
ROWS += [
    book("html-" + name, content if callable(content) else (PAGE + content).encode()) for name, content in {
        "colspan": '<tr><td colspan="1000000000">x</td></tr></table>',
        "rowspan": '<tr><td rowspan="1000000000">x</td></tr></table>',
        "spans": '<tr>' + '<td rowspan="65534" colspan="1000">x</td>' * 1000 + "</tr>" + "<tr><td>y</td></tr>" * 2000 + "</table>",
        "cells-million": lambda: (PAGE + "<tr>" + "<td>" * 1000000).encode(),
        "deep": lambda: (PAGE + "<div>" * 500000).encode(),
        "tables-deep": lambda: (PAGE + "<tr><td><table>" * 100000).encode(),
        "unclosed": lambda: (PAGE + "<tr><td>" + "x" * 40000000).encode(),
        "comment": lambda: (PAGE + "<!--" + "x" * 20000000).encode(),
        "reference": "<tr><td>&#x110000;&#xD800;&#0;&#99999999999999;&bogus;</td><td>x</td></tr></table>",
        "script": "<tr><td><script>STOLE<" + "/script></td><td>x</td></tr></table>",
        "attribute": lambda: (PAGE + '<tr><td style="' + "x" * 20000000).encode(),
    }.items()
] + [
    book("flat-" + name, content if callable(content) else content.encode()) for name, content in {
        "index-beyond": FLAT_TOP + '<Row ss:Index="2147483647"><Cell ss:Index="2147483647"><Data ss:Type="String">x</Data></Cell></Row>' + FLAT_END,
        "index-backwards": FLAT_TOP + '<Row ss:Index="1"><Cell ss:Index="-3"><Data ss:Type="String">x</Data></Cell></Row>' + FLAT_END,
        "merge": FLAT_TOP + '<Row><Cell ss:MergeAcross="999999999" ss:MergeDown="999999999"><Data ss:Type="String">x</Data></Cell></Row>' + FLAT_END,
        "span": FLAT_TOP + '<Row ss:Span="4294967295"/>' + FLAT_END,
        "entities": BOMB + FLAT_TOP.replace('<?xml version="1.0"?>', "") + FLAT_ROW % ("&l11;", "x") + FLAT_END,
        "deep": lambda: (FLAT_TOP + "<Row>" * 1000000).encode(),
    }.items()
]


def biff(change):
    content = bytearray((DATA / "workbooks/made/poi.xls").read_bytes())
    change(content)
    return bytes(content)


def put(at, value):
    def change(content):
        content[at:at + len(value)] = value
    return change


def circle(content):
    """Every sector is followed by itself."""
    table = 512 * (1 + int.from_bytes(content[76:80], "little"))
    for entry in range(128):
        content[table + 4 * entry:table + 4 * entry + 4] = entry.to_bytes(4, "little")


def records(kind, value):
    """All records of that kind begin with other bytes."""
    def change(content):
        at = content.find(b"\x09\x08\x10\x00")
        while 0 <= at < len(content) - 4:
            length = int.from_bytes(content[at + 2:at + 4], "little")
            if int.from_bytes(content[at:at + 2], "little") == kind:
                content[at + 4:at + 4 + len(value)] = value
            at += 4 + length
    return change


ROWS += [book("xls-" + name, biff(change)) for name, change in {
    "sector-size": put(30, b"\xff\xff"), "sector-size-0": put(30, b"\0\0"), "small-sector-size": put(32, b"\x1f\0"),
    "tables": put(44, b"\xff\xff\xff\xff"), "directory": put(48, b"\0\0\0\0"), "directory-beyond": put(48, b"\xf0\xff\xff\x7f"),
    "more-tables": put(68, b"\0\0\0\0\xff\xff\xff\x7f"), "table-beyond": put(76, b"\xf0\xff\xff\x7f"), "circle": circle,
    "strings-count": records(0xfc, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"), "strings-length": records(0xfc, b"\1\0\0\0\1\0\0\0\xff\xff\x0c"),
    "size": records(0x200, b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff"), "sheet-at": records(0x85, b"\xff\xff\xff\xff"),
    "sheet-at-itself": records(0x85, b"\0\0\0\0"), "formats": records(0xe0, b"\xff\xff\xff\xff"), "rows": records(0x208, b"\xff\xff\0\0\xff\xff"),
    "string-beyond": records(0xfd, b"\1\0\0\0\0\0\xff\xff\xff\xff"), "code-page": records(0x42, b"\xff\xff"),
}.items()]
ROWS += [book("xls-cut-%d" % eighth, biff(lambda content, eighth=eighth: content.__delitem__(slice(len(content) * eighth // 8, None))))
         for eighth in range(1, 8)]
