"""rows_inspect.py: inputs that are made to be looked at: names and cells that
steer, and sizes that a screen, or memory, must not grow with."""
from kit import MB, Attack, many
from rows_shown import MORE, SEEN, VALID, cell, raw

# Whatever is in the input, it stays a few screens.
SHORT = "test $(fastsync inspect in.csv 2>&1 | wc -c) -lt {}; echo short=$?"


def inspect(name, files, code=0, says="", shell="fastsync inspect in.csv", **more):
    return Attack(f"inspect-{name}", shell=shell, code=code, says=says,
                  files=files, **more)


def rows(columns, count):
    head = b",".join(b"c%d" % i for i in range(columns)) + b"\n"
    return many(head, b",".join(b"x" for _ in range(columns)) + b"\n", count)


CELLS = {"in.csv": cell(VALID + "\r\t\n\r\nx")}
NAMES = {"in.csv": raw(f"Code,Name,{VALID}\nKH1,A,x\n")}
# Everything looks wrong in every cell, and each time another way.
WRONG = "\u200b\uff11 \u00a0C\u00c3\u00b4ng\u00a0\u202e&amp;8.49E+10 ?\x1b"

ROWS = [row for terminal in (False, True) for row in (
    inspect(f"cell-{terminal}", CELLS, terminal=terminal),
    inspect(f"column-{terminal}", NAMES, says=SEEN, terminal=terminal),
)]
ROWS += [
    inspect("cell-json", CELLS, shell="fastsync inspect --json in.csv", json=True),
    inspect("column-json", NAMES, shell="fastsync inspect --json in.csv", json=True),
    inspect("file-name", {"in.csv": NAMES["in.csv"]}, says=SEEN,
            shell="cp in.csv \"$(printf 'a\\033[31m\\nb.csv')\"; "
                  "fastsync inspect a*.csv"),
    inspect("missing-name", {}, 4, SEEN,
            "fastsync inspect \"$(printf 'a\\033[31m.csv')\""),
    # A header that is wider than its beginning is read; and one just within.
    inspect("columns-many", {"in.csv": rows(100_000, 10)}, 4, "64 KiB"),
    inspect("columns-within", {"in.csv": rows(9_000, 300)}, rss=150 * MB,
            says="short=0", shell=SHORT.format(40_000)),
    inspect("columns-names-long", {"in.csv": b",".join(
        b"n%d" % i + b"x" * 900 for i in range(60)) + b"\n" + b"1," * 59 + b"2\n"},
        says="short=0", shell=SHORT.format(30_000)),
    inspect("cell-large", {"in.csv": lambda: [b"a,b\n1,\"", b"x" * (16 * MB - 16), b"\"\n2,y\n"]},
            says="short=0", shell=SHORT.format(2_000)),
    inspect("cell-large-wide", {"in.csv": lambda: [b"a,b\n1,\"",
            "\u1ebf\u200b".encode() * (1 * MB), b"\"\n2,y\n"]},
            says="short=0", shell=SHORT.format(3_000), cpu=8),
    inspect("wrong-everywhere", {"in.csv": raw(
        ",".join(f"c{i}" for i in range(200)) + "\n" +
        (",".join(WRONG + str(i) for i in range(200)) + "\n") * 50)},
        says="short=0", shell=SHORT.format(60_000), cpu=8),
    inspect("values-grow", {"in.csv": lambda: [b"a,b\n"] + [
        b"%d,%s\n" % (i, b"x" * i) for i in range(5000)]}, rss=150 * MB,
        says="5 000"),
    inspect("keys-many", {"in.csv": many(b"Code,Name\n", b"KH1,A\n", 3_000_000)},
            rss=150 * MB, says="2 999 999 × Code: the key was there before"),
    inspect("damage", {"in.csv": b"Code,Name\n" + b"\"KH,\n" * 20_000}, says="cannot be used"),
    inspect("nothing-but-bytes", {"in.csv": bytes(range(256)) * 500}, 4, "no text"),
    inspect("width", NAMES, says="short=0", shell="for COLUMNS in 0 -1 1 x 9999999999 "
            "99999999999999999999; do export COLUMNS; test $(fastsync inspect in.csv "
            "| wc -c) -lt 4000 || exit 9; done; echo short=0"),
    inspect("several", {"in.csv": NAMES["in.csv"]}, 4, "no such file",
            "fastsync inspect in.csv missing.csv in.csv " + "in.csv " * 200),
]
