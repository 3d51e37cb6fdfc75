# Workbooks whose rows stand in another order than their numbers say: two kinds
# of XML, a header that is not on the first line, cells that are merged.
import zipfile
N = 'http://schemas.openxmlformats.org/'
def book(name, sheets):
    z = zipfile.ZipFile(name, 'w', 8)
    z.writestr('[Content_Types].xml', f'<Types xmlns="{N}package/2006/content-types"/>')
    z.writestr('xl/workbook.xml', '<workbook><sheets>' + ''.join(
        f'<sheet name="{n}" sheetId="{i}"/>' for i, (n, _) in enumerate(sheets, 1)) + '</sheets></workbook>')
    for i, (_, xml) in enumerate(sheets, 1):
        z.writestr(f'xl/worksheets/sheet{i}.xml', xml)
    z.close()
def cell(v, r):
    return f'<c{r} t="inlineStr"><is><t>{v}</t></is></c>'
def row(r, *values):
    said = f' r="{r}"' if r else ''
    return f'<row{said}>' + ''.join(cell(v, f' r="{chr(65 + i)}{r}"' if r else '')
                                    for i, v in enumerate(values) if v) + '</row>'
def sheet(*rows, merged=()):
    return '<worksheet><sheetData>' + ''.join(rows) + '</sheetData><mergeCells>' + ''.join(
        f'<mergeCell ref="{m}"/>' for m in merged) + '</mergeCells></worksheet>'
head = row(4, 'Mã', 'Tên', 'Phố')
rows = [row(1, 'Danh sách'), head, row(9, 'KH9', 'An'), row(6, 'KH6', 'Bình', 'Lê Lợi'), row(0, 'KH7', 'Chi'),
        row(3, 'KH3', 'Dũng'), row(6, 'KH6', 'Bình', 'Lê Lai'), row(20, 'KH20', 'Em', 'Hàng Bông'), row(2, 'Tổng cộng')]
plain = sheet(*rows)
book('plain.xlsx', [('KH', plain)])
book('odd.xlsx', [('KH', plain.replace('<worksheet>', '<worksheet><!-- -->'))])
book('prefix.xlsx', [('KH', plain.replace('<', '<x:').replace('<x:/', '</x:').replace(
    '<x:worksheet>', '<x:worksheet xmlns:x="x">'))])
book('many.xlsx', [('KH', sheet(head, *(row(5 + (i ^ 7), f'KH{i}', f'Tên {i}', 'Huế') for i in range(30000))))])
book('wide.xlsx', [('KH', sheet(*rows, merged=['B9:C9', 'B3:C3']))])
book('tall.xlsx', [('KH', sheet(*rows, merged=['C6:C7']))])
book('two.xlsx', [('Bắc', sheet(row(1, 'Mã', 'Tên'), row(2, 'K1', 'An'), row(9, 'Mã', 'Tên'), row(10, 'K2', 'Bình'))),
                  ('Nam', sheet(row(1, 'Mã', 'Tên'), row(5, 'K3', 'Chi'), row(4, 'K4', 'Dũng')))])
