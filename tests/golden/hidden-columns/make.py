# Every second column of 2400 is hidden, and said so one by one; in a workbook
# many times over.
import zipfile

COLUMNS = 2400
names = [f"c{i}" if i % 2 else f"hidden{i}" for i in range(COLUMNS)]
values = ["a" if i % 2 else "x" for i in range(COLUMNS)]

with open("page.html", "w") as out:
    out.write("<table>")
    for i in range(COLUMNS):
        out.write("<col>" if i % 2 else '<col style="display:none">')
    for row in names, values:
        out.write("<tr>" + "".join(f"<td>{cell}</td>" for cell in row))

MIME = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
with zipfile.ZipFile("book.ods", "w") as out:
    out.writestr("mimetype", MIME)
    text = (f'<o:document-content xmlns:o="{OFFICE}office:1.0" '
            f'xmlns:t="{OFFICE}table:1.0" xmlns:x="{OFFICE}text:1.0">'
            '<o:body><o:spreadsheet><t:table t:name="KH">')
    for i in range(COLUMNS):
        text += ("<t:table-column/>" if i % 2 else
                 '<t:table-column t:visibility="collapse"/>')
    for row in names, values:
        text += "<t:table-row>" + "".join(
            '<t:table-cell o:value-type="string">'
            f"<x:p>{cell}</x:p></t:table-cell>" for cell in row)
        text += "</t:table-row>"
    out.writestr("content.xml", text + "</t:table></o:spreadsheet></o:body>"
                 "</o:document-content>")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
with zipfile.ZipFile("book.xlsx", "w") as out:
    out.writestr("[Content_Types].xml", "<Types/>")
    out.writestr("xl/workbook.xml",
                 f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
                 '<sheet name="KH" sheetId="1" r:id="rId1"/></sheets></workbook>')
    out.writestr("xl/_rels/workbook.xml.rels",
                 '<Relationships xmlns="http://schemas.openxmlformats.org/'
                 'package/2006/relationships"><Relationship Id="rId1" '
                 f'Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
                 '</Relationships>')
    text = f'<worksheet xmlns="{MAIN}"><cols>'
    text += '<col min="1" max="1" hidden="1"/>' * 20000
    for i in range(0, COLUMNS, 2):
        text += f'<col min="{i + 1}" max="{i + 1}" hidden="1"/>'
    text += "</cols><sheetData>"
    for row in names, values:
        text += "<row>" + "".join(
            f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        text += "</row>"
    out.writestr("xl/worksheets/sheet1.xml", text + "</sheetData></worksheet>")
