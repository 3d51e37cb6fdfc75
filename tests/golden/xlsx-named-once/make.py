# Two workbooks: one has a row too far down, after rows that were read; the
# other has a wrong checksum.
import zipfile
def x(n,rows,crc=False):
    z=zipfile.ZipFile(n,'w',8)
    z.writestr('xl/workbook.xml','<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>')
    z.writestr('xl/_rels/workbook.xml.rels','<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    z.writestr('[Content_Types].xml','<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')
    z.writestr('xl/worksheets/sheet1.xml','<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'+rows+'</sheetData></worksheet>')
    z.close()
    if crc:
        b=bytearray(open(n,'rb').read()); i=b.rfind(b'PK\x01\x02'); b[i+16]^=1; open(n,'wb').write(b)
r=lambda k:'<row r="%d"><c t="inlineStr"><is><t>c%d</t></is></c><c t="inlineStr"><is><t>n</t></is></c></row>'%(k,k)
x('far.xlsx',''.join(map(r,range(1,5000)))+r(1048577))
x('crc.xlsx',''.join(map(r,range(1,5))),True)
