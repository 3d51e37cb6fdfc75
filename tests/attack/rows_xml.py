"""rows_xml.py: XML and lines of fixed width that mean harm: nesting, bombs,
texts that never end. Each is read by cat, check with eight threads, and
inspect, in bounded time and memory, or refused with the limit named."""
from kit import HEAD, MB, Attack, many, slack

DONE, REJECTED, INPUT = 0, 3, 4
MAKES = ("fields = { CustomerCode = col('@id', 'optional'), CustomerName = col('name', 'optional'), "
         "Status = '1' }")
BODY = f"{HEAD}return fast.setCustomer {{ {MAKES} }}\n"
EVERY = """for c in "cat in.xml$OPTIONS" "check m.lua in.xml --jobs 8 -o body$OPTIONS" "inspect in.xml$OPTIONS"; do
  ( ulimit -t $MOST; exec fastsync $c >out 2>&1 </dev/null ); code=$?
  if [ $code -gt 5 ]; then echo "CRASH $code: $c"; head -c 1000 out; exit 99; fi
  case $c in cat*) first=$code; head -c 2000 out;; esac
done
exit $first"""
MIB = b"x" * MB


def tree(name, content, code=DONE, says="", options="", seconds=2, **more):
    if "--format" not in options:
        options += " --format xml"
    env = {"MOST": str(seconds * slack()), "OPTIONS": " " + options}
    return Attack("xml-" + name, files={"in.xml": content, "m.lua": BODY.encode()}, shell=EVERY, code=code,
                  says=says, says_not="CRASH|STOLEN|root:", cpu=3 * seconds, env=env, exact=True, **more)


def lines(name, content, **more):
    return tree("fixed-" + name, content, options="--format fixed --columns @id:3,name:5", **more)


def long(head, piece, count, foot):
    def pieces():
        yield head
        for _ in range(count):
            yield piece
        yield foot
    return pieces


def row(inner):
    return b"<a><b id='1'><name>An</name>" + inner + b"</b><b id='2'><name>Binh</name></b></a>"


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 12))
NAMES = b"".join(b"<n%d/>" % i for i in range(70000))
COLUMNS = b"".join(b"<n%d/>" % i for i in range(16500))
CHILDREN = b"".join(b"<n%d>x</n%d>" % (i * 7919 % 16000, i * 7919 % 16000) for i in range(16000))

ROWS = [
    tree("nesting", b"<a>" * 1000000, INPUT, r"more than 256 elements .*\(max_depth\)"),
    tree("nesting-closed", b"<a>" * 1000000 + b"</a>" * 1000000, INPUT, r"\(max_depth\)"),
    tree("nesting-most", row(b"<c>" * 900 + b"</c>" * 900), REJECTED, "more than 32 elements",
         options="--max-depth 1000 --at a/b"),
    tree("nesting-said", b"<a>" * 1000000, INPUT, "more than 1000 elements", options="--max-depth 1000"),
    tree("laughs", b"<!DOCTYPE x [<!ENTITY l0 'lol'>" + LAUGHS + b"]><x><y>&l11;</y></x>", INPUT,
         'entity "l0" is declared'),
    tree("quadratic", b"<!DOCTYPE x [<!ENTITY l '" + b"l" * 100000 + b"'>]><x>" + b"<y>&l;</y>" * 100000 + b"</x>", INPUT,
         'entity "l" is declared'),
    tree("outside", b"<!DOCTYPE x [<!ENTITY l SYSTEM 'file:///etc/passwd'>]><x><y>&l;</y></x>", INPUT,
         "nothing outside of the file is read"),
    tree("outside-parameter", b"<!DOCTYPE x [<!ENTITY % l SYSTEM 'file:///etc/passwd'> %l;]><x/>", INPUT,
         "nothing outside of the file is read"),
    tree("outside-type", b"<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>", INPUT, "nothing outside"),
    tree("include", b"<x xmlns:xi='http://www.w3.org/2001/XInclude'><y><xi:include href='file:///etc/passwd'/></y>"
         b"<y/></x>"),
    tree("text", long(b"<a><b id='1'><name>", MIB, 512, b"</name></b><b id='2'/></a>"), REJECTED,
         r"longer than 16777216 bytes \(max_element\)", seconds=12),
    tree("text-outside", long(b"<a>", MIB, 512, b"<b id='1'/><b id='2'/></a>"), options="--at a/b",
         seconds=12),
    tree("text-references", row(b"<t>" + b"&#x41;" * 2000000 + b"</t>"), seconds=4),
    tree("attribute", long(b"<a><b id='", MIB, 64, b"'/><b id='2'/></a>"), INPUT, r"\(max_element\)", seconds=4),
    tree("comment", long(b"<a><!--", MIB, 64, b"--><b id='1'/></a>"), INPUT, r"\(max_element\)", seconds=4),
    tree("name", long(b"<a><", MIB, 64, b"/></a>"), INPUT, r"\(max_element\)", seconds=4),
    tree("name-long", b"<a><" + b"n" * 2000 + b"/></a>", INPUT, "longer than 1024 bytes"),
    tree("names", b"<a><b id='1'>" + NAMES + b"</b></a>", INPUT, "more than 65536 different"),
    tree("columns", b"<a><b id='1'>" + COLUMNS + b"</b><b id='2'/></a>", INPUT, "more than 16384 columns"),
    tree("children", b"<a>" + b"".join(b"<b id='%d'><c>" % i + CHILDREN + b"</c></b>" for i in range(4)) + b"</a>", seconds=4),
    tree("attributes", b"<a><b " + b" ".join(b"a%d='1'" % i for i in range(100000)) + b"/></a>", INPUT, r"\(max_attributes\)"),
    tree("repeated", row(b"<c/>" * 1000000), seconds=6),
    tree("repeated-most", row(b"<c/>" * 1100000), REJECTED, "repeats more than 1048576 times", seconds=6),
    tree("tags-open", b"<" * 1000000, INPUT, ""),
    tree("cdata-open", long(b"<a><b><![CDATA[", MIB, 64, b""), INPUT, "", seconds=4),
    tree("rows", many(b"<a>", b"<b id='1'/>", 300000), INPUT, "cut off", seconds=4),
    lines("line", long(b"K1 An   \n", MIB, 512, b"\n"), code=INPUT, says=r"longer than 1048576 bytes \(max_line\)"),
    lines("nuls", b"\0" * MB, code=INPUT),
    lines("short", b"K\n" * 1000000, code=REJECTED, seconds=8),
    lines("returns", b"\r" * 10 * MB, seconds=8),
]
