"""rows_dbf.py: tables of dBase and FoxPro that mean harm: heads that promise
gigabytes, fields without end, memos that lead anywhere. Each is read by cat,
check with eight threads, and inspect, in bounded time and memory, or refused
with what is wrong."""
from kit import HEAD, MB, Attack, many, slack
from rows_reads import DONE, OUTSIDE, REJECTED, USAGE, as_lookup, as_source, reads

INPUT = 4
MAKES = "fields = { CustomerCode = col(1), CustomerName = col(2, 'optional'), Status = '1' }"
BODY = f"{HEAD}return fast.setCustomer {{ {MAKES} }}\n"
EVERY = """for c in "cat in.dbf$OPTIONS" "check m.lua in.dbf --jobs 8 -o body$OPTIONS" "inspect in.dbf$OPTIONS"; do
  ( ulimit -t $MOST; exec fastsync $c >out 2>&1 </dev/null ); code=$?
  if [ $code -gt 5 ]; then echo "CRASH $code: $c"; head -c 1000 out; exit 99; fi
  case $c in cat*) first=$code; head -c 2000 out; tail -c 1000 out;; esac
done
exit $first"""
CODE, NAME = ("CODE", "C", 6), ("NAME", "C", 10)


def number(value, size):
    return (value % (1 << 8 * size)).to_bytes(size, "little")


def field(name, kind, size, flags=0):
    return (name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + number(size, 1) + number(size >> 8, 1) +
            number(flags, 1) + bytes(13))


def head(fields, records=2, version=3, length=None, record=None, end=b"\r"):
    made = b"".join(field(*each) for each in fields)
    length = 32 + len(made) + len(end) if length is None else length
    record = 1 + sum(each[2] for each in fields) if record is None else record
    return (bytes([version, 125, 1, 1]) + number(records, 4) + number(length, 2) + number(record, 2) + bytes(20) +
            made + end)


ROW = b" KH1   An        "
PLAIN = head([CODE, NAME]) + ROW * 2


def table(name, content, code=DONE, says="", options="", beside=None, seconds=2, **more):
    files = {"in.dbf": content, "m.lua": BODY.encode(), **{"in" + end: memo for end, memo in (beside or {}).items()}}
    env = {"MOST": str(seconds * slack()), "OPTIONS": " --format dbf " + options}
    return Attack("dbf-" + name, files=files, shell=EVERY, code=code, says=says, says_not="CRASH|STOLEN",
                  cpu=3 * seconds, env=env, exact=True, **more)


def zeros(*parts):
    """Bytes, and counts of MiB of zeros, never as a whole in memory."""
    def pieces():
        for part in parts:
            yield from [part] if isinstance(part, bytes) else [bytes(MB)] * part
    return pieces


def memos(name, block, memo, code=REJECTED, says="", version=0x83, end=".dbt", **more):
    row = b" KH1   " + (b"%10d" % block if isinstance(block, int) else block)
    content = head([CODE, ("M", "M", 10)], more.pop("records", 1), version) + row * more.pop("rows", 1) + b"\x1a"
    return table("memo-" + name, content, code, says, beside={end: memo}, **more)


def fox(text, size=None, kind=1, at=512):
    size = len(text) if size is None else size
    return b"\0\0\0\0\0\0\0\x40".ljust(at, b"\0") + kind.to_bytes(4, "big") + size.to_bytes(4, "big") + text


def four(text, size=None, at=512):
    return (bytes(20) + b"\0\2").ljust(at, b"\0") + b"\xff\xff\x08\0" + number(8 + len(text) if size is None else size, 4) + text


MOST = 600 * MB  # eight mappers and what waits for them, two of the longest memos each
CUT = {"head": 10, "fields": 60, "field": 80, "end-of-fields": 96, "records": 97, "record": 100, "second-record": 120}
ENDS = {"none": b"", "mark": b"\x1a", "marks": b"\x1a" * MB, "zeros": bytes(MB)}
MANY = [("F%d" % i, "C", 1) for i in range(2046)]
VISUAL = [("CODE", "C", 6), ("NAME", "C", 10, 2), ("_NullFlags", "0", 1)]

ROWS = [
    # Heads.
    table("records-4-billion", head([CODE, NAME], 0xFFFFFFFF) + ROW * 2, REJECTED, "cut off here"),
    table("records-4-billion-marked", head([CODE, NAME], 0xFFFFFFFF) + ROW * 2 + b"\x1a", says="head says 4294967295"),
    table("records-none", head([CODE, NAME], 0) + ROW * 2 + b"\x1a", says="2 records, where its head says 0"),
    table("records-fewer", head([CODE, NAME], 1) + ROW * 2, says="head says 1"),
    table("head-0", head([CODE, NAME], length=0) + ROW, INPUT, "its head of 0 bytes holds no field"),
    table("head-31", head([CODE, NAME], length=31) + ROW, INPUT, "its head of 31 bytes holds no field"),
    table("head-32", head([CODE, NAME], length=32) + ROW, INPUT, "no field"),
    table("head-33", head([CODE, NAME], length=33) + ROW, INPUT, "no field"),
    table("head-beyond", head([CODE, NAME], length=0xFFFF) + ROW, INPUT, "ends within its list of fields"),
    table("head-64k", head([CODE, NAME], length=0xFFFF).ljust(0xFFFF, b"\0") + ROW * 2),
    table("record-0", head([CODE, NAME], record=0) + ROW, INPUT, "its records of 0 bytes hold no field"),
    table("record-1", head([CODE, NAME], record=1) + ROW, INPUT, "its records of 1 byte hold no field"),
    table("record-shorter", head([CODE, NAME], record=9) + ROW, INPUT, "field NAME ends at byte 17 of a record of 9"),
    table("record-longer", head([CODE, NAME], record=20) + (ROW + b"...") * 2),
    table("record-64k", head([CODE, NAME], record=0xFFFF) + ROW * 2, REJECTED, "cut off here"),
    table("records-of-64k", many(head([CODE, NAME], 1000, record=0xFFFF), ROW.ljust(0xFFFF), 1000), seconds=4),
    # Fields.
    table("fields-none", head([]) + b"  ", INPUT, ""),
    table("fields-2046", head(MANY) + b" " + b"x" * 2046 + b"\x1a"),
    table("fields-2046-rows", many(head(MANY, 10000), b" " + b"x" * 2046, 10000), seconds=12),
    table("fields-same-name", head([("A", "C", 1)] * 2046) + b" " + b"x" * 2046, REJECTED),
    table("fields-no-name", head([("", "C", 6), NAME]) + ROW * 2, says="column 1"),
    table("fields-empty", head([CODE, ("X", "C", 0), NAME]) + ROW * 2, says="An"),
    table("fields-all-empty", head([("X", "C", 0)] * 9, record=2) + b"  " * 9, None, ""),
    table("fields-no-end", head([CODE, NAME], end=b"") + ROW * 2, says="An"),
    table("fields-type", head([CODE, ("X", "?", 10)]) + ROW, INPUT, 'field X: no table has a type "\\?"'),
    table("fields-type-steers", head([CODE, ("X\x1b[2J", "\x1b", 10)]) + ROW, INPUT, "no table has a type"),
    table("fields-name-bytes", head([CODE, ("X\x01\x1b", "C", 10)]) + ROW * 2, None, ""),
    table("fields-64k-wide", many(head([("X", "C", 65000)], 200), b" " + b"x" * 65000, 200), seconds=4),
    table("nulls-short", head([*VISUAL[:2], ("_NullFlags", "0", 0)], version=0x30) + ROW * 2, says="An"),
    table("nulls-all", head(VISUAL, version=0x30) + (ROW + b"\xff") * 2, says='"NAME":""'),
    table("nulls-none", head(VISUAL[:2], version=0x30) + ROW * 2, says="An"),
    table("counter-empty", head([CODE, ("ID", "+", 4)], version=0x31) + b" KH1   \0\0\0\0" * 2, says='"ID":""'),
    # Where it ends.
    *(table("cut-" + name, PLAIN[:size], INPUT if size < 97 else REJECTED, "ends within|cut off|not a table|no table|too short")
      for name, size in CUT.items()),
    *(table("ends-in-" + name, PLAIN + end, says="An") for name, end in ENDS.items()),
    table("mark-first", head([CODE, NAME]) + b"\x1a" + ROW * 2, says="0 records"),
    table("deleted-million", many(head([CODE, NAME], 1000000), b"*" + ROW[1:], 1000000), says="deleted"),
    table("deleted-include", many(head([CODE, NAME], 200000), b"*" + ROW[1:], 200000), says='"deleted":true',
          options="--deleted include", seconds=6),
    table("blank-million", many(head([CODE, NAME], 1000000), b" " * 17, 1000000), says="blank"),
    table("flags-wrong", many(head([CODE, NAME], 100000), b"?" + ROW[1:], 100000), REJECTED, "says neither", seconds=6),
    # Memos.
    memos("no-block", 9, bytes(512), says="ends within its text"),
    memos("no-block-last", 4294967287, bytes(512), says="ends within its text"),
    memos("number-huge", 9999999999, bytes(512), says="is no number"),
    memos("number-none", b"     -1 x ", bytes(512), says="is no number"),
    memos("head-itself", b"         0", bytes(512), DONE, 'KH1'),
    memos("head-short", 1, b"\1", INPUT, "ends within its head"),
    memos("head-empty", 1, b"", INPUT, "ends within its head"),
    memos("no-mark", 1, zeros(64), says="longer than max_cell"),
    memos("no-mark-many", 1, zeros(64), says="longer than max_cell", rows=10000, records=10000, seconds=20,
          rss=MOST),
    memos("four-gigabytes", 1, four(b"x", 0xFFFFFFFF), says="longer than 16777216 bytes", version=0x8B),
    memos("four-15-mib", 1, four(b"x", 15 * MB), says="ends within its text", version=0x8B),
    memos("four-length-0", 1, four(b"x", 0), DONE, "KH1", version=0x8B),
    memos("four-block-0", 1, bytes(512) + b"x\x1a", None, version=0x8B),
    memos("fox-gigabytes", 8, fox(b"x", 0xFFFFFFFF), says="longer than 16777216 bytes", version=0xF5, end=".fpt"),
    memos("fox-15-mib", 8, fox(b"x", 15 * MB), says="ends within its text", version=0xF5, end=".fpt"),
    memos("fox-no-block", 99, fox(b"x"), says="has no block 99", version=0xF5, end=".fpt"),
    memos("fox-inside-another", 8, fox(fox(b"x", at=8)), says="NUL byte", version=0xF5, end=".fpt"),
    memos("fox-kinds", 8, fox(b"x", kind=0xFFFFFFFF), says="has no text at block 8", version=0xF5, end=".fpt"),
    memos("fox-shared", 8, fox(b"x" * (MB - 1)), says="too long together", version=0xF5, end=".fpt", rows=10000,
          records=10000, seconds=4, options="--max-cell 1M"),
    *(memos("ending-" + end[1:], 1, bytes(512) + b"a memo\x1a", DONE, "a memo", end=end) for end in (".DBT", ".dbt", ".DbT")),
    *(memos("ending-" + end[1:], 8, fox(b"a memo"), DONE, "a memo", version=0xF5, end=end) for end in (".FPT", ".Fpt", ".fPt")),
    # Blanks behind the last record are blank records.
    table("ends-in-blanks", PLAIN + b" " * 17 * 1000, says="1 000 blank rows"),
    memos("none", 1, b"", INPUT, "unpacked, or say memo = false", end=".txt"),
    memos("none-wanted", 1, b"", DONE, "KH1", end=".txt", options="--memo false"),
]

# The memo file is a link to what no script may read.
LINKED = head([CODE, ("M", "M", 10)], 1, 0x83) + b" KH1            1\x1a"
LINK = "ln -s ../secret/secret.csv in.dbt"
STOLEN = {"job/in.dbf": LINKED, "secret/secret.csv": bytes(512) + b"STOLEN\x1a"}
SHRINKING = """fastsync check m.lua in.dbf --jobs 2 -o body >out 2>&1 & p=$!; i=0
until grep -q 'in.dbf: DBF' out || [ $i = 500 ]; do i=$((i + 1)); sleep 0.02; done
: >{file}; wait $p; code=$?; head -c 1000 out; tail -c 1000 out; exit $code"""


def big():
    yield head([CODE, ("M", "M", 10)], 500000, 0x83)
    for _ in range(500):
        yield b" KH1            1" * 1000


def shrinks(name, file, code, says):
    return Attack("dbf-shrinks-" + name, files={"in.dbf": big, "in.dbt": bytes(512) + b"a memo\x1a", "m.lua": BODY.encode()},
                  shell=SHRINKING.format(file=file), code=code, says=says, cpu=20)


ROWS += [
    reads("dbf-memo-link", "fast.dbf 'in.dbf'", make=LINK, files=STOLEN),
    reads("dbf-memo-link-joined", "fast.dbf 'in.dbf'", how=as_lookup, make=LINK, files=STOLEN, code=None, says=OUTSIDE),
    reads("dbf-memo-link-granted", "fast.dbf 'in.dbf'", DONE, '"CustomerName":"OPEN"', make=LINK, options="--allow-read secret",
          files={**STOLEN, "secret/secret.csv": bytes(512) + b"OPEN\x1a"}),
    reads("dbf-page-link", "fast.dbf 'in.dbf'", make="ln -s ../secret/secret.csv in.cpg; touch in.dbt", files=STOLEN),
    shrinks("table", "in.dbf", None, "cut off|shorter|changed"),
    shrinks("memos", "in.dbt", None, "ends within its text|shorter|changed"),
]
