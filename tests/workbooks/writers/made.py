"""made.py: what the writers in Python share: the customers, as Python has them."""
import datetime
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "data/workbooks/made"
BOOK = json.loads((HERE / "customers.json").read_text(encoding="utf-8"))
COLUMNS, ROWS = BOOK["columns"], BOOK["rows"]
NAMES = [column["name"] for column in COLUMNS]


def value(cell, column):
    if cell is not None and column["kind"] == "date":
        return datetime.date.fromisoformat(cell)
    if cell is not None and column["kind"] == "datetime":
        return datetime.datetime.fromisoformat(cell)
    return cell


def values():
    return [[value(*pair) for pair in zip(row, COLUMNS)] for row in ROWS]
