"""large.py: the same rows as CSV and as every kind of workbook, of so many
bytes that they are mapped in many pieces. Written by hand: no module is needed,
and each form is one that some program writes."""
import csv
import zipfile
from xml.sax.saxutils import escape

ROWS = 12000
HEADER = ["Mã", "Tên", "Địa chỉ", "Điện thoại", "Nợ", "Ngày", "Ghi chú"]
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng"]
GIVEN = ["An", "Bình", "Hương", "Nghĩa", "Phượng", "Thảo", "Út"]
STREETS = ["Trần Phú", "Lê Lợi", "Nguyễn Huệ", "Hai Bà Trưng", "Lý Thường Kiệt"]
NOTES = ["", "", "giao buổi sáng", 'nói "có"', "a < b & c > d", "hai\ndòng", "  giữa  "]


def rows():
    """Code, name, address, phone, debt, day from 1900, note; None: no cell."""
    for i in range(ROWS):
        debt = None if i % 11 == 0 else i * 1000 if i % 3 else i + 0.25
        yield ["KH%05d" % i, "%s Thị %s" % (FAMILIES[i % 6], GIVEN[i % 7]),
               "%d %s" % (i % 400 + 1, STREETS[i % 5]) if i % 13 else None, "09%08d" % i, debt,
               36526 + i % 9000, NOTES[i * 7 % 10 % 7] or None]


def iso(day):
    import datetime
    return str(datetime.date(1899, 12, 30) + datetime.timedelta(day))


def texts(row):
    shown = ["" if cell is None else str(cell) for cell in row]
    shown[5] = iso(row[5])
    return shown


def write_csv(path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(map(texts, rows()))


# --- XLSX ---------------------------------------------------------------------

TYPES = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org'
         '/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
         '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
         '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
         '"/></Types>')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def relations(*pairs):
    return ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join('<Relationship Id="r%d" Type="%s/%s" Target="%s"/>' % (i, OFFICE, kind, target)
                      for i, (kind, target) in enumerate(pairs)) + "</Relationships>")


BOOK = ('<?xml version="1.0"?><workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Khách hàng" sheetId="1" '
        'r:id="r0"/></sheets></workbook>' % (MAIN, OFFICE))
STYLES = ('<?xml version="1.0"?><styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="164" '
          'formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
          '</styleSheet>' % MAIN)


def package(path, sheet, strings=None, kind=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", kind) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")))
        book.writestr("xl/styles.xml", STYLES)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings is not None:
            book.writestr("xl/sharedStrings.xml", strings)


class Shared:
    """Strings that stand once in a table of their own."""

    def __init__(self):
        self.at = {}

    def cell(self, at, text):
        return '<c r="%s" t="s"><v>%d</v></c>' % (at, self.at.setdefault(text, len(self.at)))

    def table(self):
        return '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="%s">%s</sst>' % (MAIN, "".join(
            '<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in self.at))


def inline(at, text):
    return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (at, escape(text))


def bare(at, text):
    """As web systems write it: t="str", and nothing says where the cell is."""
    return '<c t="str"><v>%s</v></c>' % escape(text)


def sheet_of(string, place=True):
    def cells(line, row):
        for column, cell in enumerate(row):
            at = "%s%d" % ("ABCDEFG"[column], line)
            where = ' r="%s"' % at if place else ""
            if isinstance(cell, str):
                yield string(at, cell)
            elif cell is not None:
                yield '<c%s%s><v>%s</v></c>' % (where, ' s="1"' if column == 5 else "", cell)
            elif not place:
                yield "<c/>"

    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s"><sheetData>' % MAIN]
    for line, row in enumerate([HEADER, *rows()], 1):
        lines.append('<row%s>%s</row>' % (' r="%d"' % line if place else "", "".join(cells(line, row))))
    return "\n".join(lines) + "</sheetData></worksheet>"


def shared(path):
    strings = Shared()
    sheet = sheet_of(strings.cell)
    package(path, sheet, strings.table())


def prefixed(path):
    """Not plain: a prefix before each name, comments, CDATA."""
    sheet = sheet_of(inline).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    sheet = sheet.replace("<x:?", "<?").replace("xmlns=", "xmlns:x=").replace("</x:x:", "</x:")
    package(path, sheet.replace("<x:row", "<!-- a row --><x:row").replace("giao buổi sáng", "<![CDATA[giao buổi sáng]]>"))


# --- others ---------------------------------------------------------------------

def ods(path):
    def cell(value, column):
        if value is None:
            return "<table:table-cell/>"
        if column == 5 and not isinstance(value, str):
            return ('<table:table-cell office:value-type="date" office:date-value="%s"><text:p>x</text:p>'
                    '</table:table-cell>' % iso(value))
        if not isinstance(value, str):
            return ('<table:table-cell office:value-type="float" office:value="%s"><text:p>x</text:p>'
                    '</table:table-cell>' % value)
        lines = "".join("<text:p>%s</text:p>" % escape(line).replace("  ", ' <text:s text:c="1"/>')
                        for line in value.split("\n"))
        return '<table:table-cell office:value-type="string">%s</table:table-cell>' % lines

    space = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
    spaces = " ".join('xmlns:%s="%s"' % (name, space % name) for name in ("office", "table", "text"))
    content = ['<?xml version="1.0" encoding="UTF-8"?><office:document-content %s><office:body><office:spreadsheet>'
               '<table:table table:name="Khách hàng">' % spaces]
    for row in [HEADER, *rows()]:
        content.append("<table:table-row>%s</table:table-row>" % "".join(map(cell, row, range(7))))
    content.append("</table:table></office:spreadsheet></office:body></office:document-content>")
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", "".join(content), zipfile.ZIP_DEFLATED)


def html(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<html><head><meta charset="utf-8"></head><body><table>\n')
        for row in [HEADER, *map(texts, rows())]:
            file.write("<tr>%s</tr>\n" % "".join(
                "<td>%s</td>" % escape(cell).replace("\n", "<br>") for cell in row))
        file.write("</table></body></html>\n")


def spreadsheet_xml(path):
    def cell(value, column):
        if value is None:
            return ""
        kind = "String" if isinstance(value, str) else "DateTime" if column == 5 else "Number"
        value = iso(value) + "T00:00:00.000" if column == 5 and kind == "DateTime" else value
        style = ' ss:StyleID="d"' if kind == "DateTime" else ""
        return '<Cell ss:Index="%d"%s><Data ss:Type="%s">%s</Data></Cell>' % (
            column + 1, style, kind, escape(str(value)).replace("\n", "&#10;"))

    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns='
                   '"urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:'
                   'spreadsheet">\n<Styles><Style ss:ID="d"><NumberFormat ss:Format="dd/mm/yyyy"/></Style></Styles>'
                   '<Worksheet ss:Name="KH"><Table>\n')
        for row in [HEADER, *rows()]:
            file.write("<Row>%s</Row>\n" % "".join(map(cell, row, range(7))))
        file.write("</Table></Worksheet></Workbook>\n")


def utf16(path):
    with open(path, "w", encoding="utf-16", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\r\n")
        out.writerow(HEADER)
        out.writerows(map(texts, rows()))


FORMS = {
    "xlsx-shared": shared,
    "xlsx-inline": lambda path: package(path, sheet_of(inline)),
    "xlsx-bare": lambda path: package(path, sheet_of(bare, place=False)),
    "xlsx-stored": lambda path: package(path, sheet_of(inline), kind=zipfile.ZIP_STORED),
    "xlsx-utf16": lambda path: package(path, sheet_of(inline).replace('"UTF-8"', '"UTF-16"').encode("utf-16")),
    "xlsx-prefixed": prefixed,
    "ods": ods,
    "html": html,
    "spreadsheet-xml": spreadsheet_xml,
    "utf16-tabs": utf16,
}
