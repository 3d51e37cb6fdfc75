"""The same spoilt rows as CSV, a page, a flat ODS and an XLSX."""
import html
import unicodedata
import zipfile

NAMES = ["Mã KH", "Tên khách hàng", "Điện thoại", "MST", "Số tài khoản", "Ngày sinh", "Địa chỉ", "Ghi chú"]


def row(number, **spoilt):
    cells = {
        "code": f"KH{number:03}", "name": "Nguyễn Văn An", "phone": f"09031230{number:02}", "tax": "0101243150",
        "account": f"00110012345{number:02}", "born": f"{number % 28 + 1:02}/03/1980", "address": "12 Lê Lợi, Quận 1",
        "note": "",
    }
    return list((cells | spoilt).values())


ROWS = [NAMES] + [row(i) for i in range(1, 15)] + [
    row(15, phone="903123015"), row(16, account="1234567890123450000"), row(17, phone="8.49E+10"),
    row(18, tax='="0101243150"'), row(19, name="Nguyá»…n VÄƒn An"),
    row(20, name=unicodedata.normalize("NFD", "Trần Thị Bích")), row(21, code="KH001"), row(22, code=""),
    row(23, note="trail  "), row(24, address="12\u00a0Lê Lợi, Quận 1"), row(25, name="Trần\u200bVăn Chi"),
    row(26, phone="０９０３１２３０２６"), row(27, born="03/29/1980"), NAMES,
    ["Tổng cộng", "", "", "", "", "", "", "28"],
] + [row(i) for i in range(30, 36)] + [["Tổng cộng"] + [""] * 7, ["Người lập"] + [""] * 7]

with open("kh.csv", "wb") as file:
    lines = [";".join(cells).encode() for cells in ROWS]
    lines[10:10] = [
        b"KH090;Ngan;0903123090;0101243150;0011001234590;01/02/1980",
        b"KH091;Dai;0903123091;0101243150;0011001234591;01/02/1980;a;b;c;d",
        b"KH092;Nguy\xea\xecn;0903123092;0101243150;0011001234592;01/02/1980;a;b",
    ]
    file.write(b"\n".join(lines) + b"\n")


def wrap(pattern, cells):
    return "".join(pattern % html.escape(cell) for cell in cells)


with open("kh.html", "w", encoding="utf-8") as file:
    file.write("<meta charset=utf-8><table>")
    file.write("".join("<tr>" + wrap("<td><pre>%s</pre></td>", cells) + "</tr>" for cells in ROWS) + "</table>")

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
with open("kh.fods", "w", encoding="utf-8") as file:
    file.write(f'<office:document xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" '
               f'xmlns:text="{OFFICE}text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
               '<office:body><office:spreadsheet><table:table table:name="KH">')
    cell = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    for cells in ROWS:
        text = wrap(cell, cells).replace("  ", '<text:s text:c="2"/>')
        file.write("<table:table-row>" + text + "</table:table-row>")
    file.write("</table:table></office:spreadsheet></office:body></office:document>")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def related(target, kind):
    return (f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r" '
            f'Type="{RELATED}/{kind}" Target="{target}"/></Relationships>')


with zipfile.ZipFile("kh.xlsx", "w") as book:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types">'
                  f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                  f'<Override PartName="/xl/sheet.xml" ContentType="{kind}.worksheet+xml"/></Types>')
    book.writestr("_rels/.rels", related("xl/workbook.xml", "officeDocument"))
    book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
                  '<sheet name="KH" sheetId="1" r:id="r"/></sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", related("sheet.xml", "worksheet"))
    cell = '<c t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
    book.writestr("xl/sheet.xml", f'<worksheet xmlns="{MAIN}"><sheetData>'
                  + "".join("<row>" + wrap(cell, cells) + "</row>" for cells in ROWS) + "</sheetData></worksheet>")
