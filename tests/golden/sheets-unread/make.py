# Workbooks of several sheets: two with customers, one of them hidden or not;
# one without a row, one with other columns, one whose part is not there.
import zipfile
N = 'http://schemas.openxmlformats.org/'
def book(name, sheets):
    z = zipfile.ZipFile(name, 'w', 8)
    z.writestr('[Content_Types].xml', f'<Types xmlns="{N}package/2006/content-types"/>')
    z.writestr('xl/workbook.xml', '<workbook><sheets>' + ''.join(
        f'<sheet name="{name}" sheetId="{i}" state="{state}"/>' for i, (name, state, _) in enumerate(sheets, 1))
        + '</sheets></workbook>')
    for i, (_, _, rows) in enumerate(sheets, 1):
        if rows is not None:
            z.writestr(f'xl/worksheets/sheet{i}.xml', '<worksheet><sheetData>' + ''.join(
                '<row>' + ''.join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + '</row>' for row in rows)
                + '</sheetData></worksheet>')
    z.close()
def rows(key):
    return [('Mã', 'Tên'), (key, 'An')]
blank, other = [('', '')], [('Ghi chú',), ('Gọi lại',)]
book('kh.xlsx', [('Bắc', 'visible', rows('K1')), ('Nam', 'visible', rows('K2')), ('Trống', 'visible', blank),
                 ('Ẩn', 'hidden', rows('K3')), ('Khác', 'visible', other)])
book('one.xlsx', [('Bìa', 'visible', blank), ('KH', 'hidden', rows('K1')), ('Trống', 'visible', [])])
book('many.xlsx', [(f'Tháng {i}', 'visible', rows(f'K{i}')) for i in range(1, 14)])
book('lost.xlsx', [('Bắc', 'visible', rows('K1')), ('Nam', 'visible', None)])
