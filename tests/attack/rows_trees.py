"""rows_trees.py: JSON that means harm: nesting, names and strings without end.
Each is read by cat, check with eight threads, and inspect, in two seconds of a
processor and in bounded memory, or refused with its place and the limit."""
from rows_workbooks import DONE, INPUT, MIB, REJECTED, book

DEEP = r"in\.x:1:\d+: nested deeper than max_depth allows"
LONG = r"a value longer than 16777216 bytes \(max_value\)"


def tree(name, content, code=None, says="", options="--format json"):
    return book("json-" + name, content if callable(content) else lambda: content, code, says, options)


def lines(name, content, code=None, says=""):
    return tree("lines-" + name, content, code, says, "--format ndjson")


FIRST = b'{"Code":"KH1","Name":"An"}'

ROWS = [
    # Nesting.
    tree("deep-lists", b"[" * 1000000, INPUT, DEEP),
    tree("deep-lists-closed", b"[" * 1000000 + b"]" * 1000000, INPUT, DEEP),
    tree("deep-objects", b'{"a":' * 1000000, INPUT, DEEP),
    tree("deep-cell", b"[" + FIRST + b',{"Code":' + b"[" * 1000000 + b"]" * 1000000 + b"}]", INPUT, DEEP),
    tree("deep-outside", b'{"x":' + b"[" * 1000000 + b"]" * 1000000 + b',"a":[' + FIRST + b"]}", INPUT,
         r"in\.x:1:\d+: nested too deeply", "--format json --at a"),
    tree("deep-path", b'{"a":' * 1000000, INPUT, DEEP, "--format json --at " + ".".join("a" * 32)),
    lines("deep", FIRST + b"\n" + b'{"Code":' + b"[" * 1000000 + b"\n" + FIRST + b"\n", REJECTED, "nested deeper"),
    # Strings and numbers.
    tree("string-512-mib", lambda: b"[" + FIRST + b',{"Code":"' + b"x" * (512 * MIB) + (b'"}]'), INPUT, LONG),
    tree("string-open", lambda: b"[" + FIRST + b',{"Code":"' + b"x" * (15 * MIB), INPUT, "a string that does not end"),
    tree("string-outside", lambda: b'{"x":"' + b"x" * (512 * MIB) + (b'","a":[]}'), INPUT, LONG, "--format json --at a"),
    tree("escapes-open", lambda: b'["' + b"\\" * (15 * MIB + 1), INPUT, "a string that does not end"),
    tree("number-15-mib", lambda: b"[" + b"9" * (15 * MIB) + b"]", None),
    tree("blanks-128-mib", lambda: b"[" + FIRST + b"," + b" " * (128 * MIB) + FIRST + b"]", DONE),
    tree("commas", lambda: b"[1" + b"," * (64 * MIB) + b"]", INPUT, r"in\.x:1:4: no JSON value can begin like this"),
    lines("string-512-mib", lambda: FIRST + b'\n{"Code":"' + b"x" * (512 * MIB) + b'"}\n' + FIRST, REJECTED, LONG),
    lines("empty-30-million", lambda: FIRST + b"\n" + b"\n" * (30 * MIB) + FIRST, DONE),
    # Names and parts.
    tree("names-million", lambda: b"[{" + b",".join(b'"n%d":1' % i for i in range(1000000)) + b"}]", INPUT,
         "more than 16 384 names of columns"),
    tree("names-million-rows", lambda: b"[" + b",".join(b'{"n%d":1}' % i for i in range(1000000)) + b"]", INPUT,
         "more than 16 384 names of columns"),
    tree("names-twice", lambda: b"[{" + b",".join(b'"n%d":1' % (i % 9999) for i in range(1000000)) + b"}]", None),
    tree("names-other", lambda: b"[{" + b",".join(b'"n%d":%d' % (i % 9999, i) for i in range(100000)) + b',"Code":1,"Name":1}]', REJECTED,
         "line 1, column 127770: a name stands twice in an object, with two values"),
    tree("rows-twice", lambda: b"[" + b'{"Code":1,"Code":2},' * 30000 + FIRST + b"]", REJECTED,
         "30 000 rejected"),
    tree("names-twice-long", lambda: b'[{"Code":["' + b"x" * MIB + b'"]' + b',"Code":["x"]' * 100000 + b"}]", REJECTED,
         "a name stands twice"),
    tree("members-million", lambda: b'[{"Code":"KH1","Name":"An","x":{' +
         b",".join(b'"n%d":1' % i for i in range(1000000)) + b"}}]", DONE),
    tree("members-twice", lambda: b'[{"Code":"KH1","Name":"An","x":{' +
         b",".join(b'"n%d":1' % (i % 999999) for i in range(1000000)) + b"}}]", DONE),
    tree("members-other", lambda: b'[{"Code":"KH1","Name":"An","x":{' +
         b",".join(b'"n%d":%d' % (i % 99999, i) for i in range(100000)) + b"}}]", REJECTED, "a name stands twice"),
    tree("parts-two-million", lambda: b'[{"Code":[' + b"1," * 2000000 + b"1]}]", INPUT, "a list of more than 1 048 576 parts"),
    tree("columns-million", lambda: b'[["a"' + b',"a"' * 1000000 + b"]]", INPUT, "more than 16 384 columns"),
    tree("cells-million", lambda: b'[["Code","Name"],["KH1"' + b',"a"' * 1000000 + b"]]", None),
    tree("name-10-mib", lambda: b'[{"' + b"n" * 10 * MIB + b'":1}]', None),
    tree("map-million", lambda: b"{" + b",".join(b'"k%d":{"Code":1}' % i for i in range(1000000)) + b"}", None, "",
         "--format json --at *"),
    tree("arrays-million", lambda: b"[" + b'{"a":[]},' * 1000000 + b'{"a":[' + FIRST + b"]}]", DONE, "", "--format json --at *.a"),
    # What is none.
    tree("zeros", lambda: b"[" + bytes(1000000), INPUT, ""),
    tree("brackets-closing", b"[" + b"]" * 1000000, INPUT, "text after the array"),
]
