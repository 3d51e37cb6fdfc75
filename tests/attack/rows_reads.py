"""rows_reads.py: what a script asks for that is none of its business: files
outside its folder, and what is no file.

The mapping stands in job/, and what it is after in out/secret.csv: its cells
say STOLEN, which must come out nowhere. Each path is tried as a source, as a
lookup (`env.rows`, `fast.lookup`), or as what require finds."""
from kit import HEAD, INPUT, Attack

SECRET = b"Code,Name\nSTOLEN1,STOLEN\n"
USAGE, BAD_INPUT, DONE, REJECTED = 2, 4, 0, 3
OUTSIDE = "(lies|leads by a link) outside the mapping's folder"
NO_FILE = "is no regular file, which is all that a script may read"
OURS = "holds settings or secrets of fastsync, which no script may read"
MAP = ('map = function(row) return { CustomerCode = row[1], '
       'CustomerName = row[2], Status = "1" } end')
TAKE = "fastsync check job/m.lua --max-seconds 2 -o - "


def as_source(path):
    return f"{HEAD}return fast.setCustomer {{ source = {path}, {MAP} }}\n"


def as_lookup(path):
    return (f"{HEAD}return fast.setCustomer {{ source = fast.csv 'in.csv',\n"
            f"setup = function(env) for row in env.rows({path}) do "
            f"for _, cell in pairs(row) do print(cell) end end end,\n{MAP} }}\n")


def as_joined(path):
    return (f"{HEAD}local rows = fast.lookup {{ source = {path}, key = 'Code' }}\n"
            f"return fast.setCustomer {{ source = fast.csv 'in.csv',\n"
            f"setup = function() for _, cell in pairs(rows:get('K1') or {{}}) do print(cell) end end,\n"
            f"{MAP} }}\n")


def as_database(path):
    return f"{HEAD}return fast.setCustomer {{ source = fast.sqlite {{ {path}, table = 't' }}, {MAP} }}\n"


def reads(name, path, code=USAGE, says=OUTSIDE, make="", options="",
          how=as_source, **more):
    """`path` is an expression of Lua's; `make` is run in job/ before."""
    files = {"job/m.lua": how(path).encode(), "job/in.csv": INPUT,
             "secret/secret.csv": SECRET, **more.pop("files", {})}
    return Attack(f"read-{name}", files=files, code=code, says=says,
                  shell=f"cd job; {make or ':'}; cd ..\n{more.pop('take', TAKE)}{options}",
                  hides="STOLEN", wall=20, **more)


# Where the name says it.
NAMES = {
    "up": "'../secret/secret.csv'",
    "up-and-down": "'down/../../secret/secret.csv'",
    "up-far": "('../'):rep(60) .. 'etc/passwd'",
    "root": "'/etc/passwd'",
    "roots": "'//etc///./passwd'",
    "proc-environ": "'/proc/self/environ'",
    "proc-root": "'/proc/self/' .. 'root' .. '/etc/passwd'",
    "proc-thread": "'/proc/thread-self/environ'",
    "proc-folder": "'/proc/self/cwd/secret/secret.csv'",
    "stdin": "'/dev/stdin'",
    "descriptor": "'/dev/fd/3'",
    "proc-descriptor": "'/proc/self/fd/3'",
    "terminal": "'/dev/tty'",
    "zero": "'/dev/zero'",
    "shared-memory": "'/dev/shm/secret'",
}
GIVEN = "fastsync check job/m.lua --max-seconds 2 -o - 3<secret/secret.csv <secret/secret.csv "
ROWS = [reads(f"{name}-{how.__name__[3:]}", path, how=how, take=GIVEN, make="mkdir down")
        for name, path in NAMES.items() for how in (as_source, as_lookup, as_joined, as_database)]

# Where something that lies ready in the folder leads out.
LINKS = {
    "link": ("ln -s ../secret/secret.csv a.csv", "'a.csv'"),
    "link-chain": ("ln -s ../secret/secret.csv c; ln -s c b; ln -s b a.csv", "'a.csv'"),
    "link-root": ("ln -s / a", "'a/etc/passwd'"),
    "link-folder": ("ln -s ../secret a", "'a/secret.csv'"),
    "link-folder-chain": ("ln -s .. b; ln -s b/secret a", "'a/secret.csv'"),
    "link-and-up": ("mkdir -p ../far/x; ln -s ../far/x a", "'a/../../secret/secret.csv'"),
    "link-in-link": ("mkdir a; ln -s ../../secret a/b", "'a/b/secret.csv'"),
    "link-environ": ("ln -s /proc/self/environ a.csv", "'a.csv'"),
    "link-descriptor": ("ln -s /proc/self/fd/3 a.csv", "'a.csv'"),
    "link-proc": ("ln -s /proc/self a", "'a/environ'"),
    "link-stdin": ("ln -s /dev/stdin a.csv", "'a.csv'"),
    "link-proc-folder": ("ln -s /proc/self/cwd a", "'a/secret/secret.csv'"),
}
ROWS += [reads(f"{name}-{how.__name__[3:]}", path, make=make, how=how, take=GIVEN,
               says=OUTSIDE + "|" + NO_FILE)
         for name, (make, path) in LINKS.items()
         for how in (as_source, as_lookup, as_joined, as_database)]

ROWS += [
    reads("link-loop", "'a.csv'", BAD_INPUT, "a.csv: .*symbolic links", make="ln -s b.csv a.csv; ln -s a.csv b.csv"),
    reads("link-itself", "'a/a/a/in.csv'", BAD_INPUT, "a/a/a/in.csv: ", make="ln -s a a"),
    reads("link-dangling", "'a.csv'", BAD_INPUT, "a.csv: no such file", make="ln -s none.csv a.csv"),
    reads("link-dangling-out", "'a.csv'", make="ln -s ../secret/none.csv a.csv"),
    reads("link-long", "'a.csv'", BAD_INPUT, "symbolic links|too long",
          make="for i in $(seq 60); do ln -s l$((i + 1)) l$i; done; ln -s ../secret/secret.csv l61; ln -s l1 a.csv"),
    reads("fifo", "'a.csv'", USAGE, NO_FILE, make="mkfifo a.csv"),
    reads("fifo-link", "'a.csv'", USAGE, NO_FILE, make="mkfifo b; ln -s b a.csv", how=as_lookup),
    reads("fifo-pattern", "'a*.csv'", USAGE, NO_FILE, make="mkfifo a1.csv"),
    reads("socket", "'a.csv'", USAGE, NO_FILE,
          make="/usr/bin/python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('a.csv')\""),
    reads("folder", "'a.csv'", BAD_INPUT, "a.csv: no export is in this folder", make="mkdir a.csv"),
    reads("folder-slash", "'in.csv/'", BAD_INPUT, r"in.csv/: "),
    reads("folder-itself", "'.'", DONE, "m.lua: left out of "),
    reads("folder-above", "'..'", USAGE, OUTSIDE),
]

# Names that other programs give a meaning, and names that hide something.
ROWS += [
    reads("home", "'~/secret/secret.csv'", BAD_INPUT, "no such file"),
    reads("url", "'file:///etc/passwd'", BAD_INPUT, "no such file"),
    *[reads(f"url-http-{how.__name__[3:]}", "'http://127.0.0.1:9/a.csv'", USAGE, "add --allow-net 127.0.0.1", how=how)
      for how in (as_source, as_lookup, as_joined, as_database)],
    reads("dev-tcp", "'/dev/tcp/127.0.0.1/80'", BAD_INPUT, "no such file"),
    reads("command", "'|cat ../secret/secret.csv'", BAD_INPUT, "no such file"),
    reads("shell", "'$(cat ../secret/secret.csv)'", BAD_INPUT, "no such file"),
    reads("letter-case", "'IN.CSV'", BAD_INPUT, "no such file"),
    reads("backslash", r"'..\\secret\\secret.csv'", BAD_INPUT, "no such file"),
    reads("newline", r"'a\n../secret/secret.csv'", BAD_INPUT, r"a\\u\{A\}\.\./secret"),
    reads("escape", r"'a\27[31m.csv'", BAD_INPUT, r"a\\u\{1B\}\[31m\.csv"),
    reads("name-long", "('n'):rep(300)", BAD_INPUT, "too long"),
    reads("names-many", "('n/'):rep(2000)", BAD_INPUT, 'job/n/n/n'),
    reads("nul", r"'in.csv\0.txt'", 5, "NUL"),
    reads("nul-lookup", r"'in.csv\0.txt'", 5, "NUL", how=as_lookup),
    reads("nul-behind", r"fast.csv { '../secret/secret.csv\0in.csv' }", 5, "NUL"),
    reads("nul-path", r"fast.csv { path = 'in.csv\0' }", 5, "NUL"),
    reads("nul-later", r"(function() local s = fast.csv { 'in.csv' } rawset(s, 1, 'in.csv\0x') return s end)()",
          5, "NUL"),
    reads("nul-list", r"{ 'in.csv', 'in.csv\0' }", 5, "NUL"),
    reads("no-text", "fast.csv { 5 }", 5, "a source's path is a text"),
    reads("later-up", "(function() local s = fast.csv { 'in.csv' } rawset(s, 1, '../secret/secret.csv') return s end)()"),
    reads("forged", "setmetatable({ kind = 'source', '../secret/secret.csv', options = { delimiter = ',' } }, {})"),
    reads("forged-format", "{ kind = 'source', 'in.csv', format = '../secret/secret.csv' }", DONE, "2 valid"),
    reads("forged-option", "{ kind = 'source', 'in.csv', options = { none = 1 } }", 5, "no option|none"),
    reads("forged-line", "{ kind = 'source', 'in.csv', line = 'x' }", DONE, "2 valid"),
]

# Patterns: nothing outside is found, and nothing takes for ever.
ROWS += [
    reads(f"pattern-{name}", path, code, says, make=make)
    for name, path, code, says, make in (
        ("up", "'../secret/*.csv'", USAGE, OUTSIDE, ""),
        ("up-dots", "'.*/secret/secret.csv'", USAGE, OUTSIDE, ""),
        ("up-set", "'[.][.]/secret/secret.csv'", BAD_INPUT, "no file has a name like this", ""),
        ("up-question", "'??/secret/secret.csv'", BAD_INPUT, "no file has a name like this", ""),
        ("up-later", "'*/../../secret/*.csv'", USAGE, OUTSIDE, "mkdir a"),
        ("up-escaped", r"'\\.\\./secret/*.csv'", USAGE, OUTSIDE, ""),
        ("link", "'*.txt'", USAGE, OUTSIDE, "ln -s ../secret/secret.csv a.txt"),
        ("link-folder", "'*/secret.csv'", USAGE, OUTSIDE, "ln -s ../secret a"),
        ("link-root", "'*/etc/pass*'", USAGE, OUTSIDE, "ln -s / a"),
        ("proc", "'/proc/[0-9]*/environ'", USAGE, OUTSIDE, ""),
        ("root", "'/*'", USAGE, OUTSIDE, ""),
        ("newest", "fast.csv { '*.txt', pick = 'newest' }", USAGE, OUTSIDE,
         "ln -s ../secret/secret.csv b.txt; echo Code,Name >a.txt"),
        ("braces", "'{in,../secret/secret}.csv'", BAD_INPUT, "no such file|no file has a name", ""),
        ("nul", r"'in*\0.csv'", 5, "NUL", ""),
        ("settings", "'fastsync.*'", USAGE, OURS, "echo batch = 5 >fastsync.ini"),
    )
]
ROWS += [
    reads("pattern-stars", "('*a'):rep(60) .. 'b'", BAD_INPUT, "no file has a name like this",
          make="for i in 1 2 3 4 5 6 7 8 9; do : >$(printf 'a%.0s' $(seq 240))$i; done"),
    reads("pattern-folders", "('*/'):rep(9) .. 'x*'", BAD_INPUT, "more than 100000 names",
          make="for i in $(seq 20); do ln -s . l$i; done"),
    reads("pattern-folders-lookup", "('*/'):rep(9) .. 'x*'", BAD_INPUT, "more than 100000 names",
          make="for i in $(seq 20); do ln -s . l$i; done", how=as_lookup),
    reads("pattern-everything", "'*/*/*/*/*/*/*/x*'", BAD_INPUT, "more than 100000 names", make="ln -s / a", options="--no-confine"),
    reads("pattern-matches", "('*/'):rep(6) .. 'in.csv'", BAD_INPUT, "more than 100000 names",
          make="for i in $(seq 20); do ln -s . l$i; done"),
]
