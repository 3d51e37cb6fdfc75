"""openpyxl_xlsx.py [FOLDER]: the customers by openpyxl, in memory and as it
writes row by row."""
import made
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell


def text_cell(sheet, value, column):
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # "#N/A" is a name here
    cell.number_format = column["format"]
    return cell


for name, write_only in (("openpyxl.xlsx", False), ("openpyxl-rows.xlsx", True)):
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("Khách hàng") if write_only else book.active
    sheet.title = "Khách hàng"
    sheet.append(made.NAMES)
    for row in made.values():
        sheet.append([text_cell(sheet, *pair) for pair in zip(row, made.COLUMNS)])
    book.save(made.MADE / name)
