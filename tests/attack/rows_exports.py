"""rows_exports.py: exports that mean harm, or are none: each is bytes, and no
more than that, to check, run, preview and cat; with one thread and with eight."""
import struct
import zlib

from kit import GOOD, HEAD, MB, Attack, many

DONE, USAGE, REJECTED, INPUT = 0, 2, 3, 4
HEADER = b"Code,Name\n"
MAP = ("fields = { CustomerCode = col 'Code', CustomerName = col 'Name', Status = '1' }")
BODY = f"{HEAD}return fast.setCustomer {{ {MAP} }}\n"
# A crash is 134 or more; what a row may end with is what it says.
EVERY = """for c in "check m.lua in.csv --jobs 1 -o one" "check m.lua in.csv --jobs 8 -o eight" \\
    "run m.lua in.csv --sandbox --jobs 2" "preview m.lua in.csv" "explain m.lua KH1 in.csv"; do
  fastsync $c --max-memory 64M >out 2>&1 </dev/null; code=$?
  if [ $code -gt 5 ] && [ $code -ne 8 ]; then echo "CRASH $code: $c"; exit 99; fi
  case $c in check*) mv out "out.${c##* }"; echo $code >"code.${c##* }";; esac
done
fastsync cat in.csv >cat 2>&1; code=$?
if [ $code -gt 5 ]; then echo "CRASH $code: cat"; exit 99; fi
cmp code.one code.eight || exit 98
if [ -e one ] || [ -e eight ]; then cmp one eight || exit 97; fi
head -c 3000 out.one; exit $(cat code.one)"""


def export(name, content, code=DONE, says="", says_not="CRASH|STOLEN", **more):
    files = {"in.csv": content, "m.lua": BODY.encode(), **more.pop("files", {})}
    more.setdefault("cpu", 12)
    more.setdefault("rss", 200 * MB)
    return Attack(f"export-{name}", files=files, shell=more.pop("shell", EVERY), code=code, says=says,
                  says_not=says_not, **more)


def png():
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
            + part(b"IDAT", zlib.compress(bytes(range(256)) * 48)) + part(b"IEND", b""))


WIDE = "Code,Name\nKH1,Công ty\n"
# Bytes, exit code of check, what is said.
BYTES = {
    "empty": (b"", INPUT, "empty"),
    "blank": (b" ", INPUT, ""),
    "lines": (b"\n" * 5000, INPUT, ""),
    "nul": (HEADER + b"KH1,A\0B\nKH2,C\n", REJECTED, "(?s)NUL.*1 valid"),
    "nuls": (b"\0" * 100000, INPUT, ""),
    "nul-header": (b"Code\0,Name\nKH1,A\n", INPUT, ""),
    "nul-behind-code": (HEADER + b"KH1\0,A\n", REJECTED, "NUL"),
    "nul-in-quotes": (HEADER + b'KH1,"A\0\nB"\n', REJECTED, "NUL"),
    "return-alone": (b"Code,Name\rKH1,A\rKH2,B\r", DONE, "2 valid"),
    "return-mixed": (b"Code,Name\r\nKH1,A\rB\nKH2,C\r\r\n", None, ""),
    "return-in-quotes": (HEADER + b'KH1,"A\rB"\n', None, ""),
    "substitute": (HEADER + b"KH1,A\n\x1aKH2,B\n", REJECTED, "1 valid"),
    "quote-open": (HEADER + b'KH1,"A\nKH2,B\nKH3,C\n', REJECTED, ""),
    "quote-open-header": (b'Code,"Name\nKH1,A\n', INPUT, ""),
    "quote-only": (b'"', INPUT, ""),
    "quotes": (HEADER + b'KH1,' + b'"' * 9999 + b"\n", None, ""),
    "quotes-lines": (HEADER + b'"\n' * 20000, None, ""),
    "quotes-half": (HEADER + b'KH1,"A"B"C\nKH2,D\n', REJECTED, ""),
    "commas": (HEADER + b"," * 100000 + b"\n", None, ""),
    "commas-alone": (b"," * 100000, INPUT, ""),
    "separators-mixed": (b"Code;Name\tx,y|z\nKH1;A\tb,c|d\n", None, ""),
    "bad-utf8": (HEADER + b"KH1,A\xff\xfe\x80B\nKH2,\xc3\n", REJECTED, ""),
    "utf8-overlong": (HEADER + b"KH1,\xc0\xafetc\nKH2,B\n", REJECTED, ""),
    "utf8-surrogate": (HEADER + b"KH1,\xed\xa0\x80\nKH2,B\n", REJECTED, ""),
    "utf8-beyond": (HEADER + b"KH1,\xf5\x80\x80\x80\nKH2,B\n", REJECTED, ""),
    "utf8-cut": (HEADER + b"KH1,\xe1\xba", REJECTED, ""),
    "utf16-odd": (b"\xff\xfe" + WIDE.encode("utf-16-le") + b"A", None, ""),
    "utf16-lone": (b"\xff\xfe" + WIDE.encode("utf-16-le") + b"K\x003\x00,\x00\x00\xd8\n\x00", REJECTED, ""),
    "utf16-no-mark": (WIDE.encode("utf-16-be"), None, ""),
    "utf16-mark-alone": (b"\xff\xfe", INPUT, ""),
    "utf32": (WIDE.encode("utf-32"), None, ""),
    "mark-twice": (b"\xef\xbb\xbf\xef\xbb\xbf" + HEADER + b"KH1,A\n", None, ""),
    "mark-middle": (HEADER + b"KH1,A\n\xef\xbb\xbfCode,Name\nKH2,B\n", None, ""),
    "mark-in-code": (HEADER + b"\xef\xbb\xbfKH1,A\nKH1,B\n", None, ""),
    "encodings": (WIDE.encode() + "KH2,Công".encode("utf-16-le") + b"\nKH3,C\xf4ng\n", None, ""),
    "utf7": (b"Code,Name\nKH1,+ADw-script+AD4-\n", DONE, "1 valid"),
    "header-only": (HEADER, DONE, "0 rows"),
    "header-no-end": (b"Code,Name", DONE, "0 rows"),
    "header-blank": (b",\nKH1,A\n", 5, "no column"),
    "header-twice": (b"Code,Name,Code\nKH1,A,B\n", 5, "column"),
    "header-huge": (b"Code,Name," + b"n" * 200000 + b"\nKH1,A,B\n", None, ""),
    "header-many": (b"Code,Name" + b",x" * 200000 + b"\nKH1,A" + b",y" * 200000 + b"\n", None, ""),
    "header-ours": (b"Code,Name,_key,_line,_field,_reason\nKH1,A,key KH1,2,Name,x\n", None, ""),
    "header-types": (b"Code,Name,_types,_key,_line,_field,_reason\nKH1,A,zz,key KH1,2,Name,x\n", None, ""),
    "header-row": (b"Code,Name,_row,get,line\nKH1,A,B,C,D\n", DONE, "1 valid"),
    "header-escape": (b"Code,Name,\x1b[2J\nKH1,A,B\n", None, ""),
    "header-later": (b"x\n" * 3000 + HEADER + b"KH1,A\n", None, ""),
    "png": (png(), INPUT, ""),
    "png-behind-header": (HEADER + png(), None, ""),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(range(256)) * 40, INPUT, ""),
    "zip": (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml" + bytes(range(256)), INPUT, ""),
    "gzip": (zlib.compress(b"Code,Name\n" * 99, 9), INPUT, ""),
    "sqlite": (b"SQLite format 3\0" + bytes(4096), INPUT, ""),
    "pdf": (b"%PDF-1.4\n1 0 obj <<>>\n" + bytes(range(128, 256)), INPUT, ""),
    "html": (b"<!DOCTYPE html><html><table><tr><td>Code</td></tr></table></html>", 5, "no column"),
    "json": (b'[{"Code":"KH1","Name":"A"}]', DONE, ""),
    "xls-html": (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", INPUT, ""),
    "script": (b"#!/bin/sh\necho STOLE\n", 5, "no column"),
    "lua": (b'return require "fastsync".setCustomer {}\n', 5, "no column"),
    "random": (b"".join(struct.pack("<Q", (i * 6364136223846793005 + 1442695040888963407) % 2**64) for i in range(20000)), INPUT, ""),
    "codes-same": (HEADER + b"KH1,A\n" * 50000, None, ""),
    "codes-invisible": (HEADER + "KH1,A\nKH\u200b1,B\nKH1\u00ad,C\n".encode(), REJECTED, ""),
    "marks-many": (HEADER + b"KH1,a" + "\u0301".encode() * 200000 + b"\n", None, ""),
    "turned": (HEADER + "KH1,\u202egnp.exe\n".encode(), DONE, r"U\+202E RIGHT-TO-LEFT OVERRIDE"),
    "steers": (HEADER + b"KH1,\x1b]0;x\x07\nKH2,\x9b\n", None, ""),
    "delimiter-said": (b"sep=\0\nCode,Name\nKH1,A\n", None, ""),
    "comment": (b"# " + b"x" * 100000 + b"\n" + HEADER + b"KH1,A\n", None, ""),
    "footer": (HEADER + b"KH1,A\n" + "Tổng cộng\n".encode() * 9999, None, ""),
    "same-columns": (b",".join(b"c%d" % (i % 7) for i in range(20000)) + b"\nKH1\n", None, ""),
}


def any_of(row):
    """What a hostile file may come to: whatever is no crash, the same for any
    number of threads."""
    return Attack(**{**row.__dict__, "shell": row.shell.replace("exit $(cat code.one)", "exit 0"), "code": DONE})


ROWS = []
for NAME, (CONTENT, CODE, SAYS) in BYTES.items():
    ROW = export(NAME, CONTENT, DONE if CODE is None else CODE, SAYS, exact=True)
    ROWS.append(any_of(ROW) if CODE is None else ROW)

BIG = "fastsync {command} --max-memory 64M >out 2>&1; code=$?; head -c 3000 out; exit $code"
ROWS += [
    export("line-40-mb", many(b"", b"x" * 1024, 40000), INPUT, ""),
    export("lines-long", lambda: [HEADER + b"KH1,", b"x" * (17 << 20), b"\nKH2,B\n"], REJECTED, "1 valid"),
    export("line-100-mb-check", many(HEADER + b"KH1,", b"x" * 1000, 100000), REJECTED, "longer than 16777216 bytes", shell=BIG.format(command="check m.lua in.csv")),
    export("line-100-mb-cat", many(HEADER + b"KH1,", b"x" * 1000, 100000), REJECTED, "longer than 16777216 bytes", shell="fastsync cat in.csv 2>&1 >/dev/null"),
    export("columns-10-million", many(HEADER + b"KH1,A", b"," * 1000, 10000), DONE, "1 valid", shell=BIG.format(command="check m.lua in.csv"), rss=220 * MB),
    export("columns-10-million-header", many(b"Code,Name", b",x" * 1000, 10000), INPUT, "does not end within 64 KiB", shell=BIG.format(command="check m.lua in.csv")),
    export("quote-open-100-mb", many(HEADER + b'KH1,"', b"KH2,B\n" * 100, 170000), REJECTED, "16 989 076 duplicate",
           shell=BIG.format(command="check m.lua in.csv -q").replace("head", "tail"), cpu=40),
    export("cell-64-mb", many(HEADER + b"KH1,", b"x" * 1024, 65537), REJECTED, "longer|cell|column",
           shell="sed -i \"s|fields|source = fast.csv { 'in.csv', max_cell = 67108864 }, fields|\" m.lua;"
                 "fastsync check m.lua >out 2>&1; code=$?; head -c 3000 out; exit $code", rss=500 * MB),
]

# Formulas and other languages: they reach the body as JSON, exact.
TONGUES = {
    "formula": "=cmd|' /C calc'!A0", "formula-plus": "+1+1", "formula-at": "@SUM(1)", "lua": "]] os.execute('x') --[[",
    "json": "\",\"Status\":\"0\",\"x\":\"", "json-close": "\"}]}{\"form\":\"x\"", "sql": "x'); DROP TABLE record; --",
    "sql-union": "x' UNION SELECT body FROM pending --", "format": "%s%n%x%p", "shell": "$(touch made) `touch made`", "path": "../../../etc/passwd",
    "html": "<script>alert(1)</script>", "header": "x\\r\\nAuthorization: y", "template": "{{7*7}}${7*7}", "unicode": "\\u0000\\u202e", "backslash": "a\\b\\",
}
BODIES = ("import json, sys; rows = json.load(open('body'))['data']; want = json.load(open('want')); "
          "sys.exit(0 if rows == [{'CustomerCode': 'KH1', 'CustomerName': want, 'status': '1'}] else 77)")
ROWS += [export(f"tongue-{name}", HEADER + b'KH1,"' + text.replace('"', '""').encode() + b'"\n', DONE, "1 accepted",
                files={"want": __import__("json").dumps(text).encode()}, makes_not=("made",),
                shell="fastsync check m.lua in.csv -q -o body && /usr/bin/python3 -c \"$SEES\" && fastsync run m.lua in.csv --sandbox -q",
                env={"SEES": BODIES}) for name, text in TONGUES.items()]
