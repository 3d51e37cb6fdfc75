"""compare.py FOLDER [--values] [--at NAME]: of each text in it, the rows that `cat`
answers and those that Python's json finds, digit by digit, or that both refuse
it, or what each does. --values: they hold values one after the other."""
import json
import os
import subprocess
import sys
import unicodedata


class Digits(str):
    """A number as it is written."""


def refuse(word):
    raise ValueError(word)


def loads(text):
    def once(members):
        found = {}
        for name, value in members:
            if found.setdefault(name, value) != value:
                raise ValueError("two values")
        return found
    reader = json.JSONDecoder(parse_int=Digits, parse_float=Digits, parse_constant=refuse, object_pairs_hook=once)
    if not VALUES:
        value = reader.decode(text)
        return value[AT] if AT else value
    found = []
    while text.strip():
        value, end = reader.raw_decode(text.strip())
        found.append(value)
        text = text.strip()[end:]
    return found[0] if len(found) == 1 else found


def ready(value):
    if isinstance(value, list):
        return [ready(part) for part in value]
    if isinstance(value, dict):
        return {ready(name): ready(part) for name, part in value.items()}
    return value if isinstance(value, Digits) or not isinstance(value, str) else unicodedata.normalize("NFC", value)


def rows_of(value):
    """As `cat --arrays` answers them: cells in the columns' order, of lists as they stand."""
    rows = value if isinstance(value, list) else [value]
    if rows and isinstance(rows[0], list):
        return rows
    columns = []
    for row in rows:
        columns += [name for name in (row if isinstance(row, dict) else ["value"]) if name not in columns]
    return [[(row if isinstance(row, dict) else {"value": row}).get(name) for name in columns] for row in rows]


def python(path):
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
        return ready(rows_of(loads(text.removeprefix("\ufeff")))), ""
    except (ValueError, RecursionError) as error:
        return None, type(error).__name__


def cells(line):
    return json.loads(line, parse_int=Digits, parse_float=Digits)


def ours(path):
    done = subprocess.run(["fastsync", "cat", "-q", "--arrays", "--trim", "false", "--format", "json", path] +
                          (["--at", AT] if AT else []),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = done.stderr.decode().strip().replace("\n", " | ")
    if done.returncode or "twice" in said:
        return None, said
    return [cells(line) for line in done.stdout.decode().split("\n") if line], ""


os.chdir(sys.argv[1])
VALUES = "--values" in sys.argv
AT = sys.argv[sys.argv.index("--at") + 1] if "--at" in sys.argv else None
for name in sorted(name for name in os.listdir(".") if name.endswith("json")):
    (rows, said), (other, error) = ours(name), python(name)
    same = "the same rows" if rows == other and rows is not None else \
        "both refuse it" if rows is None and other is None else \
        "DIFFERENT: %s, %s" % (rows, other) if rows is not None and other is not None else \
        "ours alone" if other is None else "Python's alone"
    print(name, "=", same, "|", said.replace(name, "FILE")[:110])
