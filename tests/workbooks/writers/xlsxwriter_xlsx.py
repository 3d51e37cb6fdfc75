"""xlsxwriter_xlsx.py [FOLDER]: the customers by XlsxWriter: shared strings, and
inline ones, as it writes them with constant_memory."""
import datetime

import made
import xlsxwriter


def write(sheet, at, value, form):
    if value is None:
        sheet.write_blank(*at, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value, form)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(*at, value, form)
    elif isinstance(value, str):
        sheet.write_string(*at, value, form)
    else:
        sheet.write_number(*at, value, form)


for name, options in (("xlsxwriter.xlsx", {}), ("xlsxwriter-inline.xlsx", {"constant_memory": True})):
    book = xlsxwriter.Workbook(made.MADE / name, options)
    sheet = book.add_worksheet("Khách hàng")
    forms = [book.add_format({"num_format": column["format"]}) for column in made.COLUMNS]
    sheet.write_row(0, 0, made.NAMES, book.add_format({"bold": True}))
    for number, row in enumerate(made.values(), 1):
        for place, cell in enumerate(row):
            write(sheet, (number, place), cell, forms[place])
    sheet.autofilter(0, 0, len(made.ROWS), len(made.NAMES) - 1)
    sheet.freeze_panes(1, 0)
    book.close()
