"""tests/bench/workbooks [--verify]: what it costs to read a workbook, and what
others take for it.

The rows of the benchmark (generate.c), as the CSV that they are and as XLSX,
XLS, ODS and a page; the bodies of XLSX are those of the CSV, or there are no
times. fastsync maps and validates each row by two threads and more (`check`,
fields.lua), or prints it (`cat`); the others make Python lists of the cells and
do nothing with them. Everyone takes a file in turn, round after round, and the
best time counts: of whole processes, start to exit. A reader that would take
minutes has fewer rows; fastsync then has the same.

  --verify  a small workbook, no times
From the environment: FASTSYNC, ROUNDS (5), ROWS (250000).
"""
import csv
import datetime
import hashlib
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORK = os.path.join(ROOT, "build", "bench")
FASTSYNC = os.path.abspath(os.environ.get("FASTSYNC", ROOT + "/build/fastsync"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
ROWS = int(os.environ.get("ROWS", "250000"))
NUMBER, DAY = 0, 23  # columns that are no texts


def at(name):
    return os.path.join(WORK, name)


# --- the same rows in every form ------------------------------------------------

def generated(rows):
    program, path = at("generate"), at("rows-%d-1.csv" % rows)
    if not os.path.exists(program):
        subprocess.check_call([os.environ.get("CC", "cc"), "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O3", "-o",
                               program, os.path.join(HERE, "generate.c")])
    if not os.path.exists(path):
        subprocess.check_call([program, str(rows), "1", path])
    return path


def day(text):
    try:
        return datetime.datetime.strptime(text, "%d/%m/%Y")
    except ValueError:
        return text


def serial(text):
    made = day(text)
    return (made - datetime.datetime(1899, 12, 30)).days if isinstance(made, datetime.datetime) else text


def cells_of(path):
    """The header and the rows, as lists of texts."""
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def xlsx_shared(source, path):
    import xlsxwriter
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False,
                                      "strings_to_urls": False})
    sheet, form = book.add_worksheet("Khách hàng"), book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(cells_of(source)):
        for column, cell in enumerate(row):
            if column == NUMBER and cell.isdigit():
                sheet.write_number(line, column, int(cell))
            elif column == DAY and isinstance(day(cell), datetime.datetime):
                sheet.write_datetime(line, column, day(cell), form)
            elif cell:
                sheet.write_string(line, column, cell)
    book.close()


def xlsx_inline(source, path):
    """By hand, as XlsxWriter does it with constant_memory: a million rows."""
    sys.path.insert(0, os.path.join(ROOT, "tests/workbooks"))
    import large
    names = [chr(65 + i) for i in range(26)]
    large.package(path, "")
    kept, sheet = path + ".kept", "xl/worksheets/sheet1.xml"
    os.replace(path, kept)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != sheet:
                new.writestr(name, old.read(name))
        with new.open(sheet, "w", force_zip64=True) as out:
            out.write(large.sheet_of(large.inline).split("<row")[0].encode())
            for line, row in enumerate(cells_of(source), 1):
                cells = ['<row r="%d">' % line]
                for column, cell in enumerate(row):
                    place = "%s%d" % (names[column], line)
                    if column == NUMBER and cell.isdigit():
                        cells.append('<c r="%s"><v>%s</v></c>' % (place, cell))
                    elif cell:
                        cells.append(large.inline(place, cell))
                out.write(("".join(cells) + "</row>").encode())
            out.write(b"</sheetData></worksheet>")
    os.remove(kept)


def xls(source, path):
    import xlwt
    book, form = xlwt.Workbook(encoding="utf-8"), xlwt.easyxf(num_format_str="dd/mm/yyyy")
    sheet = book.add_sheet("KH")
    for line, row in enumerate(cells_of(source)):
        for column, cell in enumerate(row):
            if column == NUMBER and cell.isdigit():
                sheet.write(line, column, int(cell))
            elif column == DAY and isinstance(day(cell), datetime.datetime):
                sheet.write(line, column, day(cell), form)
            elif cell:
                sheet.write(line, column, cell)
    book.save(path)


SPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"


def spaced(line):
    """White space that ODF would take for one blank."""
    return re.sub(" {2,}|^ | $", lambda found: '<text:s text:c="%d"/>' % len(found[0]),
                  escape(line)).replace("\t", "<text:tab/>")


def ods(source, path):
    """As LibreOffice writes it: a paragraph for each line of a cell."""
    def cell_of(cell, column):
        if not cell:
            return "<table:table-cell/>"
        if column == NUMBER and cell.isdigit():
            return '<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>' % (
                cell, cell)
        lines = "".join("<text:p>%s</text:p>" % spaced(line) for line in cell.split("\n"))
        return '<table:table-cell office:value-type="string">%s</table:table-cell>' % lines

    spaces = " ".join('xmlns:%s="%s"' % (name, SPACE % name) for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="%s"><m:file-entry m:full-path="/" '
                      'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/><m:file-entry m:full-path="content.xml" '
                      'm:media-type="text/xml"/></m:manifest>' % (SPACE % "manifest"))
        with book.open("content.xml", "w", force_zip64=True) as out:
            out.write(('<?xml version="1.0" encoding="UTF-8"?><office:document-content %s><office:body><office:spreadsheet>'
                       '<table:table table:name="KH">' % spaces).encode())
            for row in cells_of(source):
                out.write(("<table:table-row>%s</table:table-row>" % "".join(map(cell_of, row, range(len(row))))).encode())
            out.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def html(source, path):
    with open(path, "w", encoding="utf-8") as out:
        out.write('<html><head><meta charset="utf-8"></head><body><table border="1">\n')
        for row in cells_of(source):
            out.write("<tr>%s</tr>\n" % "".join("<td>%s</td>" % escape(cell).replace("\n", "<br>") for cell in row))
        out.write("</table></body></html>\n")


FORMS = {"csv": None, "xlsx": xlsx_shared, "xlsx-inline": xlsx_inline, "xls": xls, "ods": ods, "html": html}

WRITERS = {"xlsx": "xlsxwriter", "xls": "xlwt"}  # what a form needs


def made(form, rows):
    source = generated(rows)
    if FORMS[form] is None:
        return source
    path = at("rows-%d-1.%s" % (rows, form))
    if not os.path.exists(path):
        # By a process of its own: what this one has grown to would be counted
        # as memory of those that it starts.
        subprocess.check_call([sys.executable, os.path.abspath(__file__), "--make", form, source, path])
    return path


# --- the others ------------------------------------------------------------------

def by_calamine(path):
    from python_calamine import CalamineWorkbook
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def by_openpyxl(path):
    import openpyxl
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return sum(1 for row in sheet.iter_rows(values_only=True) if row)


def by_xlrd(path):
    import xlrd
    sheet = xlrd.open_workbook(path).sheet_by_index(0)
    return sum(1 for line in range(sheet.nrows) if sheet.row_values(line))


def by_pandas_ods(path):
    import pandas
    return len(pandas.read_excel(path, engine="odf", dtype=str))


def by_pandas_html(path):
    import pandas
    return len(pandas.read_html(path, flavor="lxml")[0])


READERS = {  # what it needs, what it does
    "python-calamine": ("python_calamine", by_calamine),
    "openpyxl read-only": ("openpyxl", by_openpyxl),
    "xlrd": ("xlrd", by_xlrd),
    "pandas, odfpy": ("odf", by_pandas_ods),
    "pandas, lxml": ("lxml", by_pandas_html),
}


def reader(name):
    """The words that start it for a path; None: it is not there."""
    if name == "LibreOffice":
        office = shutil.which("soffice")
        return office and (lambda path: [office, "--headless", "-env:UserInstallation=file://" + at("office"),
                                         "--convert-to", "csv", "--outdir", at("converted"), path])
    if importlib.util.find_spec(READERS[name][0]) is None:
        return None
    return lambda path: [sys.executable, os.path.abspath(__file__), "--read", name, path]


# --- measuring --------------------------------------------------------------------

class Timing:
    def __init__(self, words):
        start = time.perf_counter()
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        complaint = child.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - start
        self.peak = usage.ru_maxrss / 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 3):
            sys.exit("%s\nexit %d\n%s" % (" ".join(words), child.returncode, complaint[-2000:]))


def check(path, bodies=os.devnull):
    shutil.rmtree(at("state"), ignore_errors=True)
    return [FASTSYNC, "check", os.path.join(HERE, "fields.lua"), path, "-o", bodies, "--state", at("state"), "-q", "-q"]


def cat(path):
    return [FASTSYNC, "cat", path, "-q", "-q"]


def rounds(every, times):
    """All times of each, taken in turn; every other round backwards."""
    taken = {name: [] for name in every}
    for number in range(times):
        turn = list(every.items())
        for name, words in turn[::-1] if number % 2 else turn:
            shutil.rmtree(at("state"), ignore_errors=True)
            taken[name].append(Timing(words))
    return taken


def best(taken):
    return {name: min(all_of, key=lambda timing: timing.wall) for name, all_of in taken.items()}


def ratio(taken, one, other):
    """How often `other` fits in `one`: the median of the rounds, as a machine's speed changes from round to round."""
    return statistics.median(a.wall / b.wall for a, b in zip(taken[one], taken[other]))


def line(name, timing, rows, path):
    print("  %-22s %8.3f s %10.0f rows/s %8.1f MB/s %8.1f MiB" % (
        name, timing.wall, rows / timing.wall, os.path.getsize(path) / 1e6 / timing.wall, timing.peak))


def target(text, value, limit, at_least=True):
    met = value >= limit if at_least else value <= limit
    print("  %-48s %8.2f  %s %-6g %s" % (text, value, "≥" if at_least else "≤", limit, "" if met else "MISSED"))


def against(form, rows, name, times, limit=None):
    """One reader and fastsync over the same file, in pairs."""
    words = reader(name)
    if words is None:
        print("  %-22s is not installed: left out" % name)
        return
    path = made(form, rows)
    found = best(rounds({"cat": cat(path), "check": check(path), name: words(path)}, times))
    print("%s, %d rows, %.1f MB" % (form, rows, os.path.getsize(path) / 1e6))
    for who, timing in found.items():
        line(who, timing, rows, path)
    if limit:
        target("check: times as fast as " + name, found[name].wall / found["check"].wall, limit)
        target("cat: times as fast as " + name, found[name].wall / found["cat"].wall, limit)


def same(form, rows):
    """The bodies of this form are those of the CSV."""
    kept = []
    for path in (made("csv", rows), made(form, rows)):
        Timing(check(path, at("bodies")))
        with open(at("bodies"), "rb") as bodies:
            kept.append(hashlib.sha256(bodies.read()).digest())
    print("%-12s %s" % (form, "the same bodies as the CSV" if kept[0] == kept[1] else "DIFFERS from the CSV"))
    return kept[0] == kept[1]


def verify(rows=5000):
    good = True
    for form in FORMS:
        if form in WRITERS and importlib.util.find_spec(WRITERS[form]) is None:
            print("%-12s left out: %s is not installed" % (form, WRITERS[form]))
        else:
            good = same(form, rows) and good
    return good


def memory():
    """By one mapper and by two: what grows with the rows is the table of keys
    (40 bytes each)."""
    print("peak memory, MiB")
    for rows in (ROWS, 4 * ROWS):
        path = made("xlsx-inline", rows)
        target("cat of %d rows" % rows, Timing(cat(path)).peak, 100, False)
        target("check of %d rows, less 40 bytes a key" % rows,
               Timing(check(path) + ["--jobs", "2"]).peak - rows * 40 / 2**20, 100, False)


def main():
    os.makedirs(WORK, exist_ok=True)
    if sys.argv[1:2] == ["--read"]:
        READERS[sys.argv[2]][1](sys.argv[3])
        return
    if sys.argv[1:2] == ["--make"]:
        form, source, path = sys.argv[2:]
        FORMS[form](source, path + ".new")
        os.replace(path + ".new", path)
        return
    if not verify():
        sys.exit("a workbook's bodies are not those of its CSV: no times")
    if sys.argv[1:] == ["--verify"]:
        return
    source, path = made("csv", ROWS), made("xlsx", ROWS)
    print("\n%d rows: CSV %.1f MB, XLSX %.1f MB; best of %d, %d cores" % (
        ROWS, os.path.getsize(source) / 1e6, os.path.getsize(path) / 1e6, ROUNDS, os.cpu_count()))
    found = rounds({"check of CSV": check(source), "check of XLSX": check(path), "cat of XLSX": cat(path)}, ROUNDS)
    for name, timing in best(found).items():
        line(name, timing, ROWS, source if "CSV" in name else path)
    target("XLSX: of CSV's rows a second", ratio(found, "check of CSV", "check of XLSX"), 0.5)
    against("xlsx", ROWS, "python-calamine", min(ROUNDS, 3), 8)
    against("xlsx", ROWS, "openpyxl read-only", 1, 60)
    against("xlsx", ROWS, "LibreOffice", 1)
    against("xls", min(ROWS // 5, 60000), "xlrd", min(ROUNDS, 3), 5)
    against("ods", ROWS // 25, "pandas, odfpy", 2, 5)
    against("ods", ROWS // 5, "python-calamine", 2)
    against("html", ROWS // 25, "pandas, lxml", 2, 5)
    memory()


if __name__ == "__main__":
    main()
