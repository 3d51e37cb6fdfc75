"""customers.py: what every workbook of tests/data/workbooks/made must read as,
whoever has written it: the rows of writers/customers.json, as fastsync answers
them. What a program does not write so, or a format cannot keep, is in OTHER."""
import datetime
import json
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOOK = json.loads((HERE / "writers/customers.json").read_text(encoding="utf-8"))
NAMES = [column["name"] for column in BOOK["columns"]]
KINDS = [column["kind"] for column in BOOK["columns"]]


def answer(cell, kind, readers):
    if cell is None:
        return ""
    if kind == "zeros":
        return str(cell).zfill(10)
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell)
    return cell if isinstance(cell, bool) else readers.number(cell)


def expected(readers):
    for row in BOOK["rows"]:
        yield {name: answer(cell, kind, readers) for name, kind, cell in zip(NAMES, KINDS, row)}


def body(readers):
    """What customers.lua makes of them: one body of a request."""
    def text(cell):
        return str(cell).lower() if isinstance(cell, bool) else str(cell)

    data = []
    for row in expected(readers):
        code, old, name, address, tax, *more = (text(row[column]) for column in NAMES)
        record = {"CustomerCode": code, "CustomerName": name, "Address": address.replace("\n", ", "), "GroupCode1": old,
                  "TaxCode": tax, "status": "1", "Description": "; ".join(cell for cell in more if cell)}
        data.append({field: value for field, value in record.items() if value})
    return {"form": "setCustomer", "data": data}


# --- what others write: a function of a cell's answer (of JSON) and its kind --

def no_zeros(cell, kind):
    """Nobody told it the format of the old codes."""
    return str(int(cell)) if kind == "zeros" and cell != "" else cell


def no_smile(cell, kind):
    """Windows-1258 has no such letter."""
    return cell.replace(" \U0001f600", "") if kind == "text" else cell


def as_shown(cell, kind):
    """A format of texts has what the sheet showed."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if kind == "date" and cell != "":
        return datetime.date.fromisoformat(cell).strftime("%d/%m/%Y")
    return cell.replace("T", " ") if kind == "datetime" else str(cell)


def short(cell, kind):
    """The same, and General in eleven places."""
    return "1E+15" if str(cell) == "10" + "0" * 14 and kind == "decimal" else as_shown(cell, kind)


def as_page(cell, kind):
    """The same; and LibreOffice shows a boolean of General as a number."""
    return str(int(cell)) if isinstance(cell, bool) else as_shown(cell, kind)


def as_python(cell, kind):
    """What Python prints of each value; of a line end it prints the escape."""
    if kind == "decimal" and cell != "":
        return {"0.3": "0.30000000000000004", "0.000000427": "4.27e-07"}.get(cell, cell)
    if kind == "zeros" and cell != "":
        return str(int(cell))
    if kind == "datetime":
        return cell.replace("T", " ")
    return str(cell).replace("\n", "\\n")


def fifteen_digits(cell, kind):
    """LibreOffice writes no more into XLSX."""
    return "1234567890123460" if cell == "1234567890123456" and kind == "integer" else cell


def no_midnight(cell, kind):
    """LibreOffice writes a day where the time is midnight, SheetJS midnight
    where it is a day: of ODS it is a day."""
    return cell.replace("T00:00:00", "") if kind == "datetime" else cell


def no_formats(cell, kind):
    """Both of them."""
    return no_zeros(no_midnight(cell, kind), kind)


OTHER = {
    "libreoffice.xlsx": fifteen_digits,
    "libreoffice.ods": no_midnight,
    "sheetjs.ods": no_formats,
    "sheetjs.fods": no_formats,
    "pandas-openpyxl.xlsx": no_zeros,
    "pandas-xlsxwriter.xlsx": no_zeros,
    "pandas.ods": no_formats,
    "pandas.xls": as_python,
    "sheetjs-biff5.xls": no_smile,
    "sheetjs-html.xls": short,
    "sheetjs-utf16.txt": short,
    "sheetjs.csv": short,
    "libreoffice-html.xls": as_page,
    "libreoffice.csv": as_shown,
}
REFUSED = {
    "sheetjs.xlsb": "XLSB.*save",
}


def told(name, rows):
    """The rows (of JSON) as they stand in the workbook of that name."""
    other = OTHER.get(name, lambda cell, kind: cell)
    return [[(column, other(cell, kind)) for (column, cell), kind in zip(row, KINDS)] for row in rows]
