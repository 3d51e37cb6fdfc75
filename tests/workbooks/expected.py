#!/usr/bin/python3
"""tests/workbooks/expected.py [FILTER]: writes the expectations of the suite
anew, by readers that are not ours (readers.py): expect/NAME of every case that
is read, first its rows as arrays, then as objects. It needs openpyxl, xlrd and
dbfread; the suite itself does not."""
import json
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
import cases
import customers
import readers

DATA = HERE.parent / "data"


def path_of(case):
    return HERE.parent.parent / case.file if case.file.startswith("scripts/") else DATA / case.file


def rows_of(case):
    if case.dialect is not None:
        rows = readers.delimited(path_of(case), case.dialect)
    else:
        ending = case.file.rpartition(".")[2].lower()
        read = case.reader or (ending if ending in ("xls", "dbf") else "xlsx")
        place = case.options.rpartition(" ")[2] if read == "dbf" else case.sheet
        rows = getattr(readers, read)(path_of(case), place)
    for (line, column), ours in case.differs.items():
        rows[line][column - 1] = readers.number(ours) if isinstance(ours, int) else ours
    return {line: row for line, row in rows.items()
            if line not in case.faults and (case.blank or any(cell != "" for cell in row))}


def plain(cell):
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def joined(rows, header, column):
    """A header's name: its parts, one below the other."""
    parts = [" ".join(plain(rows[line][column]).split()) for line in header
             if line in rows and column < len(rows[line])]
    return " ".join(part for part in parts if part)


def names_of(rows, header, text, said):
    """A text has as many columns as its header has cells; a sheet as many as
    any row fills."""
    width = max((len(row) for row in rows.values()), default=0)
    if text and header:
        width = len(rows[header[0]])
    elif not text:
        while width > 1 and not joined(rows, header, width - 1) and \
                all(width > len(row) or row[width - 1] == "" for row in rows.values()):
            width -= 1
    names = []
    for column in range(said or width):
        name = stem = joined(rows, header, column) or "column %d" % (column + 1)
        number = 1
        while name in names:
            number += 1
            name = "%s (%d)" % (stem, number)
        names.append(name)
    return names


def trimmed(row):
    while row and row[-1] == "":
        row = row[:-1]
    return row


def objects(case, rows):
    if len(case.header) > 1:
        readers.spread(path_of(case), case.sheet, rows, case.header)
    names = names_of(rows, case.header, case.dialect is not None, case.width)
    for line, row in rows.items():
        if line > max(case.header, default=0) and line not in case.left:
            yield dict(zip(names, row + [""] * (len(names) - len(row))))


def as_json(value):
    if isinstance(value, readers.Number):
        return str(value)
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (as_json(name), as_json(cell)) for name, cell in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(map(as_json, value))
    return json.dumps(value, ensure_ascii=False)


def write(name, rows):
    text = "".join(as_json(row) + "\n" for row in rows)
    (HERE / "expect" / name).write_text(text, encoding="utf-8", newline="")


def main(part):
    warnings.simplefilter("ignore")
    for case in cases.CASES:
        if part in case.name and case.code != 4:
            rows = rows_of(case)
            arrays = [trimmed(row) for line, row in rows.items() if line > 0]
            write(case.name, [*arrays, *objects(case, rows)])
    write("customers", customers.expected(readers))
    write("bodies", [customers.body(readers)])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
