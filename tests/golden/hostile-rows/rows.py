import csv
import json
import subprocess

from hostile import (ALL, BAD, C0, WIDE, attempt, judge, on_terminal, parses,
                     show, steering)

# No line end in what stands in a CSV's cell as a whole line would.
CELL = C0.replace(b"\n", b"").replace(b"\r", b"") + WIDE
NAME = b"kh" + ALL.replace(b"/", b"") + b".csv"


def write(name, content):
    with open(name, "wb") as file:
        file.write(content)


ROWS = (b"code,name,mail," + CELL + b"\n"
        b"K1,An,a@b.vn,x\n"
        b"K2" + CELL + b"," + CELL + b",x,y\n"
        b"K3,\"B\xc3\xacnh\nMinh\",a\x1b@@b,=cmd|'x'!A\n"
        b"K4,B" + WIDE + b"x," + WIDE + b",z\n")
write(NAME, ROWS)
write("kh.csv", ROWS)

SCRIPT = b"""local fast = require "fastsync"
local col = fast.col
local text = "%s"
local wide = "%s"
%s
return fast.setCustomer {
  source = fast.csv { "%s" },
  fields = { CustomerCode = col "code", CustomerName = %s, Email = col "mail",
             Status = "1" %s },
}
"""


def lua(text):
    return b"".join(b"\\x%02x" % byte for byte in text)


def mapping(name, before=b"", value=b'col "name"', more=b"", source=NAME):
    write(name, SCRIPT % (lua(ALL), lua(C0 + WIDE), before, lua(source), value, more))


def words(label, *more, **parts):
    mapping("words.lua", source=b"kh.csv", **parts)
    attempt(label, "check", "words.lua", "-q", *more)


mapping("kh.lua")
HOSTILE = b"m" + ALL.replace(b"/", b"") + b".lua"
mapping(HOSTILE)
attempt("check", "check", "kh.lua")
attempt("check, as JSON", "check", "kh.lua", "--json")
attempt("a mapping's name", "check", HOSTILE, "-q")
attempt("preview", "preview", "kh.lua")
attempt("a key of the rows", "explain", "kh.lua", b"K2" + CELL)
attempt("run", "run", HOSTILE, "--sandbox")
attempt("run, as JSON", "run", HOSTILE, "--sandbox", "--json")
attempt("status", "status", HOSTILE)
attempt("status, as JSON", "status", HOSTILE, "--json")
attempt("status here", "status")
attempt("no such column", "check", "kh.lua", "kh.csv", "--delimiter", ";")

mapping("words.lua", source=b"kh.csv", before=b"print(text, 1)")
attempt("print", "check", "words.lua", "--limit", "1")
words("an error that ends it", before=b"error(text)")
words("an error of a table", before=b"error(setmetatable({}, {__tostring = function() return text end}))")
words("an error in a row", value=b"function() error(text) end")
words("a rejected row", value=b"function() return fast.reject(text, 'Email') end")
words("a rejected field", value=b"function() return fast.reject('no', text) end")
words("a warning", value=b"function() fast.warn(text) return 'x' end")
words("a field", more=b", [text] = 'x'")
words("a column", value=b"col(wide)")
words("a pattern", value=b"col('name'):match('[' .. wide)")
words("a source", before=b"fast.csv { text }")
words("a format's option", before=b"fast.csv { 'kh.csv', delimiter = text }")
words("an option that is none", before=b"fast.csv { 'kh.csv', [text] = 1 }")
words("a module", before=b"require(text)")
words("a name that is none", before=b"fast[text]()")
words("a text that is no Lua", before=b"load(text, text)()")
write("broken.lua", b"return " + CELL + BAD + b"\n")
attempt("a script that is no Lua", "check", "broken.lua")


def last_cells(path, count):
    """What we wrote beside the row, or all of a warning's line."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        for cells in list(csv.reader(file))[:2]:
            print(cells[-count:])
            for cell in cells[-count:]:
                found = steering(cell.encode())
                if found:
                    print(f"STEERS: {path}: {found}")


# A spreadsheet runs none of the cells that are ours.
for said in (b"=cmd|' /C calc'!A0", b"\t=1", b"\r@x", "\uff1d1".encode(),
             "\u202e-5".encode(), b"x\x1b"):
    mapping("words.lua", source=b"kh.csv",
            value=b"function() return fast.reject('" + lua(said) + b"') end")
    subprocess.run(["fastsync", "check", "words.lua", "-qq"],
                   capture_output=True)
    print("==", repr(said))
    last_cells(".fastsync/words/rejects.check.csv", 3)
mapping("words.lua", source=b"kh.csv",
        value=b"function(row) fast.warn('=1' .. wide, 'Email') "
        b"return '-x' end")
subprocess.run(["fastsync", "check", "words.lua", "-qq", "--warnings", "w.csv"],
               capture_output=True)
last_cells("w.csv", 6)

# To a file or a pipe cat is exact.
cat = subprocess.run(["fastsync", "cat", "kh.csv", "-q"], capture_output=True)
exact = all(piece in cat.stdout for piece in
            (WIDE + b"x", b"\\u001b[31m\\u001b]0;x\\u0007\\t\x7f"))
print("cat to a pipe is", "exact" if exact else "another")
out, err = on_terminal(["fastsync", "cat", "kh.csv"])
judge("cat", out, err)
parses("cat", out)
same = [json.loads(a) == json.loads(b)
        for a, b in zip(out.splitlines(), cat.stdout.splitlines())]
print("cat to a terminal", "says the same" if all(same) else "says another")
show(out)
