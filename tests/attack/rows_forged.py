"""rows_forged.py: what the program writes itself, forged or named as an input;
and inputs that change while they are read."""
from kit import Attack, MB, many
from rows_exports import DONE, HEADER, INPUT, REJECTED, USAGE, any_of, export

MARKS = "Code,Name,_types,_key,_line,_field,_reason\n"
REST = ",key KH1,2,Name,x\n"
FORGED = {
    "types-long": MARKS + "KH1,A," + "nsb" * 5000 + REST,
    "types-wrong": MARKS + "KH1,A,\x7f\x01" + REST,
    "types-number": MARKS + "KH1,1e999,sn" + REST,
    "types-list": MARKS + 'KH1,"[1,2,{""a"":",sl' + REST,
    "types-deep": MARKS + 'KH1,"' + "[" * 5000 + '",sm' + REST,
    "key-other": MARKS + "KH1,A,,key KH2,2,Name,x\n",
    "key-taken": MARKS + "KH1,A,,taken KH1,2,Name,x\n",
    "key-long": MARKS + "KH1,A,,key " + "K" * 70000 + ",2,Name,x\n",
    "key-none": MARKS + "KH1,A,,,,,\n",
    "line-huge": MARKS + "KH1,A,,key KH1,99999999999999999999,Name,x\n",
    "line-negative": MARKS + "KH1,A,,key KH1,-5,Name,x\n",
    "line-formula": MARKS + "KH1,A,,key KH1,=1+1,Name,x\n",
    "unread": MARKS + "KH1,\ufffdA," + REST,
    "apostrophes": MARKS + "'KH1,''''=1," + REST,
    "columns-order": "_reason,_key,Code,_line,Name,_field\nx,key KH1,KH1,2,A,Name\n",
    "columns-twice": "Code,Name,_key,_key,_line,_field,_reason\nKH1,A,key KH1,key KH2,2,Name,x\n",
    "columns-alone": "_key,_line,_field,_reason\nkey KH1,2,Name,x\n",
    "nul": MARKS + "KH1,A,,key KH\x001,2,Name,x\n",
    "steers": MARKS + "KH1,A,,key \x1b[2J,\x1b[2J,\x1b[2J,\x1b[2J\n",
    "many": MARKS + ("KH1,A," + REST) * 20000,
}
ROWS = [any_of(export(f"forged-{name}", b"\xef\xbb\xbf" + text.encode(), exact=True))
        for name, text in FORGED.items()]

KEEPS = ("printf 'Code,Name\\nKH1,\\n' >in.csv;"
         "fastsync check m.lua in.csv -q --rejects r.csv --warnings w.csv >kept 2>&1;")
WELL = " >out 2>&1; [ $? -le 5 ] || exit 99; exit 0"
ROWS += [
    export("rejects-over-itself", b"", USAGE, "r.csv", keeps=(),
           shell=KEEPS + "fastsync check m.lua r.csv -o r.csv"),
    export("rejects-again", b"", REJECTED, "1 rejected",
           shell=KEEPS + "for i in 1 2 3; do fastsync check m.lua r.csv -q --rejects r.csv; done;"
           "fastsync check m.lua r.csv -q --rejects r.csv"),
    export("rejects-and-export", b"", DONE, "", shell=KEEPS + "fastsync check m.lua in.csv r.csv in.csv r.csv -q" + WELL),
    export("warnings-as-input", b"Code,Name\nKH1,'A\n", DONE, "",
           shell="fastsync check m.lua in.csv -q --warnings w.csv; fastsync check m.lua w.csv -q" + WELL),
    export("journal-as-input", HEADER + b"KH1,A\n", INPUT, "",
           shell="fastsync run m.lua in.csv --sandbox -q --state s; fastsync check m.lua s/journal.db"),
    export("mapping-as-input", HEADER + b"KH1,A\n", 5, "no column", shell="fastsync check m.lua m.lua"),
]

CHANGING = many(HEADER, b"KH1,A\n", 8000000)
SHORTER = "shorter|changed|written over"
# What the input is stands there once it is open, long before its last row is read.
READ = ("fastsync check m.lua in.csv >out 2>&1 & p=$!; i=0;"
        "until grep -q 'in.csv: CSV' out || [ $i = 500 ]; do i=$((i + 1)); sleep 0.02; done;"
        "{change}; wait $p; code=$?; tail -c 1000 out; exit $code")
ROWS += [
    export("shrinks", CHANGING, INPUT, SHORTER, shell=READ.format(change=": >in.csv"), cpu=20),
    export("written-over", CHANGING, INPUT, SHORTER, cpu=20,
           shell=READ.format(change="head -c 48000010 /dev/zero >in.csv")),
    export("grows", many(HEADER, b"KH1,A\n", 3000000), DONE, "1 valid", cpu=20,
           shell=READ.format(change="for i in 1 2 3; do echo 'KH1,A' >>in.csv; done")),
]

# A header that is a rejects file's by one escape, and another row by the other.
FORGED = {
    "quote": b'!x;"b\\\na"y\xff\nName,_key,_line,_field,_reason\nC2,,"key C2\\\\",3,CustomerNam\n',
    "name": b'"a\\"b",_key,_line,_field,_reason\nx,"key x",2,Name,why\n',
    "short": b'"\\",_line,_field,_reason\nx,2,Name,why\n',
    "ours-alone": b'_line,_field,_reason\n2,Name,why\n',
}
ROWS += [Attack(f"forged-escape-{name}-{command}", files={"in.csv": text},
                fields="CustomerCode = col(1), CustomerName = col(1)", command=command, code=None,
                shell=None if command == "check" else "fastsync cat in.csv; fastsync cat in.csv --quote none",
                says=r"rejects|row|column|\{")
         for name, text in FORGED.items() for command in ("check", "cat")]
