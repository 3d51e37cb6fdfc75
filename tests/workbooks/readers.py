"""readers.py: the independent readers, and how what they answer is written.

A reader answers the rows of one sheet as they stand: {line: [cell, …]}, a cell
being what `fastsync cat` should print for it. The conversion, of all of them:

    text      NFC, without white space at its ends; of XLSX with its _xHHHH_
              escapes (which openpyxl leaves as they stand)
    number    an integer as its digits; a fraction as the shortest decimal of at
              most 15 digits, without exponent
    ... of a format such as 0000000000, or "@": text, as the format shows it
    ... of a date's format: ISO 8601 text; of a time's: hh:mm:ss
    boolean   true or false
    error, empty cell, formula without a value: ""
"""
import csv
import datetime
import decimal
import html.parser
import re
import unicodedata


def text(value):
    return unicodedata.normalize("NFC", value).strip()


class Number(str):
    """A number's text in JSON."""


def number(value):
    if isinstance(value, int):
        return Number(value)
    if value == int(value):
        return Number(int(value))
    shown = format(decimal.Decimal("%.15g" % value), "f")
    return Number(shown.rstrip("0").rstrip(".") if "." in shown else shown)


def plain(code):
    """A format's first section without literals, colours and conditions."""
    code = re.sub(r'"[^"]*"|\\.|[_*].', "", code)
    return re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", code, flags=re.I).split(";")[0]


def kind_of(code):
    code = plain(code)
    if re.search(r"\[(h+|m+|s+)\]", code, re.I):
        return "duration"
    if code.lower() == "general":
        return "number"
    day = re.search(r"[dyge]", code.replace("E+", "").replace("E-", ""), re.I)
    day = day or re.fullmatch(r"[\s/.-]*m+[\s/.-]*", code, re.I)
    time = re.search(r"[hs]", code, re.I)
    if day or time:
        return "datetime" if day and time else "date" if day else "time"
    if code == "@":
        return "text"
    return "zeros" if re.fullmatch(r"0{2,}", code) else "number"


def clock(seconds):
    return "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)


def moment(serial, kind, epoch):
    """A serial date by the day that it counts from."""
    seconds = round(serial * 86400)
    if kind == "duration":
        return clock(seconds)
    if kind == "time":
        return clock(seconds % 86400)
    days = seconds // 86400
    if epoch == 1904:
        day = str(datetime.date(1904, 1, 1) + datetime.timedelta(days))
    elif days == 60:
        day = "1900-02-29"
    else:
        day = str(datetime.date(1899, 12, 31 if days < 60 else 30) + datetime.timedelta(days))
    return day if kind == "date" else "%sT%s" % (day, clock(seconds % 86400))


def shown(value, code, epoch):
    kind = kind_of(code)
    if kind == "zeros" and value == int(value):
        return str(int(value)).zfill(len(plain(code)))
    if kind in ("number", "zeros"):
        return number(value)
    return str(number(value)) if kind == "text" else moment(value, kind, epoch)


# --- XLSX by openpyxl -------------------------------------------------------

def unescaped(value):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


def serial_of(value, epoch):
    first = datetime.datetime(1904, 1, 1) if epoch == 1904 else datetime.datetime(1899, 12, 30)
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(1)
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    serial = (value - first) / datetime.timedelta(1)
    return serial if epoch == 1904 or serial >= 61 else serial - 1


def xlsx_cell(cell, epoch):
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return shown(value, cell.number_format, epoch)
    if isinstance(value, str):
        return text(unescaped(value))
    return shown(serial_of(value, epoch), cell.number_format, epoch)


def xlsx(path, sheet):
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    epoch = 1904 if book.epoch.year == 1904 else 1900
    return {row[0].row: [xlsx_cell(cell, epoch) for cell in row]
            for row in book.worksheets[sheet - 1].iter_rows(min_col=1)}


def merged(path, sheet):
    """The merged areas: first and last row, first and last column, from 1."""
    if path.suffix == ".xls":
        import xlrd
        areas = xlrd.open_workbook(path, formatting_info=True).sheet_by_index(sheet - 1).merged_cells
        return [(top + 1, below, left + 1, right) for top, below, left, right in areas]
    import openpyxl
    areas = openpyxl.load_workbook(path).worksheets[sheet - 1].merged_cells.ranges
    return [(area.min_row, area.max_row, area.min_col, area.max_col) for area in areas]


def spread(path, sheet, rows, lines):
    """Merged parents of a header of several lines: over all that they cover."""
    for top, _, left, right in merged(path, sheet):
        if top in lines:
            rows[top][left - 1:right] = [rows[top][left - 1]] * (right - left + 1)


# --- XLS by xlrd ------------------------------------------------------------

def xls(path, sheet):
    import xlrd
    with open("/dev/null", "w", encoding="ascii") as null:
        book = xlrd.open_workbook(path, formatting_info=True, logfile=null)
    epoch = 1904 if book.datemode else 1900

    def cell(found):
        if found.ctype == xlrd.XL_CELL_TEXT:
            return text(found.value)
        if found.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            form = book.format_map[book.xf_list[found.xf_index].format_key]
            return shown(found.value, form.format_str, epoch)
        return bool(found.value) if found.ctype == xlrd.XL_CELL_BOOLEAN else ""

    page = book.sheet_by_index(sheet - 1)
    return {line + 1: [cell(found) for found in page.row(line)] for line in range(page.nrows)}


# --- CSV by Python's csv ----------------------------------------------------

def numbered(reader):
    before = 0
    for row in reader:
        yield before + 1, [text(cell) for cell in row]
        before = reader.line_num


def delimited(path, dialect):
    dialect = dict(dialect)
    with open(path, encoding=dialect.pop("encoding", "utf-8-sig"), newline="") as file:
        return dict(numbered(csv.reader(file, **dialect)))


# --- DBF by dbfread ----------------------------------------------------------

def dbf_cell(value, field):
    """Numbers keep the digits that they are written with: see dbf()."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, decimal.Decimal)):
        return number(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S").removesuffix("T00:00:00")
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bytes):
        return value.hex() if field.type == "Q" else ""
    return text(value) if isinstance(value, str) else ""


def dbf(path, encoding):
    import dbfread
    import dbfread.memo

    class Digits(dbfread.FieldParser):
        def parseN(self, field, data):
            digits = data.decode("ascii").replace("\0", "").strip()
            usual = re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", digits)
            return Number(digits) if usual else digits

        parseF = parseN

    class Memos(dbfread.memo.DB4MemoFile):
        def __getitem__(self, index):  # a length counts the eight bytes before it
            self._seek(index * 512)
            size = int.from_bytes(self._read(8)[4:], "little")
            return self._read(size - 8) if index > 0 else None

    dbfread.memo.DB4MemoFile = Memos
    table = dbfread.DBF(path, parserclass=Digits, encoding=encoding or None)
    rows = {0: [text(name) for name in table.field_names if name != "_NullFlags"]}
    for line, record in enumerate(table, 1):
        rows[line] = [cell if isinstance(cell, Number) else dbf_cell(cell, field)
                      for cell, field in zip(record.values(), table.fields)
                      if field.type != "0"]
    return rows


# --- pages by Python's html.parser ----------------------------------------------

class Page(html.parser.HTMLParser):
    """The first table's rows; white space as a browser shows it."""

    def __init__(self):
        super().__init__()
        self.rows, self.cell, self.span = [], None, 1

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell, self.span = [], int(dict(attributes).get("colspan", 1))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\0")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            lines = "".join(self.cell).split("\0")
            self.rows[-1] += [text("\n".join(" ".join(line.split()) for line in lines))] + [""] * (self.span - 1)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def page(path, _):
    reader = Page()
    reader.feed(path.read_text(encoding="utf-8"))
    return dict(enumerate(reader.rows, 1))
