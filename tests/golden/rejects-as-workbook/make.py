"""Makes a workbook of a CSV, as a spreadsheet program saves it: make.py CSV XLSX."""
import csv
import sys
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
rows = "".join("<row>%s</row>" % "".join('<c t="inlineStr"><is><t>%s</t></is></c>' % escape(cell) for cell in row)
               for row in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
with zipfile.ZipFile(sys.argv[2], "w") as book:
    book.writestr("[Content_Types].xml", '<Types xmlns="%scontent-types"><Override PartName="/xl/workbook.xml" ContentType='
                  '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>' % PACKAGE)
    book.writestr("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
                  '</sheets></workbook>' % (MAIN, REL))
    book.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type='
                  '"%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % (PACKAGE, REL))
    book.writestr("xl/worksheets/sheet1.xml", '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN, rows))
