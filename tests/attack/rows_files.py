"""rows_files.py: names that lead an output over what is read, kept or not
meant, a state folder out of its place, and a reader to what never ends. All
that was there stays as it was."""
from kit import Attack

USAGE, INPUT_CODE = 2, 4
BOTH = ("in.csv", "m.lua")
FOLDER = """mkdir -p sub more target
echo secret >password; chmod 600 password
printf '[default]\\nbatch = 7\\n' >fastsync.ini
printf '[default]\\nbatch = 7\\n' >other.ini
printf 'return {}\\n' >codes.lua
"""


def kept(name, shell, says="", code=USAGE, **more):
    more = {"keeps": BOTH, "makes_not": ("made*", "*.part"), "wall": 15, **more}
    return Attack(f"files-{name}", shell=FOLDER + shell, says=says, code=code,
                  **more)


# Where an output is led: what makes the place, and what is said of it.
PLACES = {
    "input": ("", "in.csv", "input|read"),
    "input-absolute": ("", "$PWD/in.csv", ""),
    "input-dotted": ("", "sub/.././in.csv", ""),
    "input-double-slash": ("", ".//sub/..//in.csv", ""),
    "input-by-link": ("ln -s in.csv x", "x", ""),
    "input-by-hard-link": ("ln in.csv x", "x", ""),
    "input-by-folder-link": ("ln -s . x", "x/in.csv", ""),
    "input-by-proc": ("", "/proc/self/cwd/in.csv", ""),
    "input-by-root": ("", "/proc/self/root$PWD/in.csv", ""),
    "mapping": ("", "m.lua", ""),
    "mapping-by-hard-link": ("ln m.lua x", "x", ""),
    "mapping-by-link": ("ln -s m.lua x", "x", ""),
    "configuration": ("", "fastsync.ini", ""),
    "configuration-named": ("export FASTSYNC_CONFIG=other.ini", "other.ini", ""),
    "password-file": ("export FASTSYNC_PASSWORD_FILE=password", "password", ""),
    "certificates": ("export FASTSYNC_CA_FILE=precious", "precious", ""),
    "journal": ("", ".fastsync/m/journal.db", ""),
    "journal-log": ("", ".fastsync/m/journal.db-wal", ""),
    "journal-shared": ("", ".fastsync/m/journal.db-shm", ""),
    "journal-rollback": ("", ".fastsync/m/journal.db-journal", ""),
    "lock": ("", ".fastsync/m/journal.lock", ""),
    "lock-dotted": ("", ".fastsync/m/../m/journal.lock", ""),
    "link": ("ln -s precious x", "x", "link"),
    "link-to-link": ("ln -s precious y; ln -s y x", "x", "link"),
    "link-to-itself": ("ln -s x x", "x", "link"),
    "link-dangling": ("ln -s made x", "x", "link"),
    "link-out": ("ln -s ../made x", "x", "link"),
    "folder": ("", "target", "folder"),
    "folder-by-link": ("ln -s target x", "x", "folder|link"),
    "device": ("", "/dev/urandom", "device"),
    "socket": ("python3 -c 'import socket; socket.socket(socket.AF_UNIX)"
               ".bind(\"s\")'", "s", "socket"),
    "nowhere": ("", "none/x", "none"),
    "below-a-file": ("", "m.lua/x", "m.lua"),
    "long": ("", "$(head -c 300 /dev/zero | tr '\\0' x)", "long"),
}
OUTPUTS = {"bodies": "-o", "rejects": "--rejects", "warnings": "--warnings"}

ROWS = [kept(f"{output}-{name}",
             f'{make}\nfastsync check m.lua in.csv -q {option} "{path}"', says)
        for output, option in OUTPUTS.items()
        for name, (make, path, says) in PLACES.items()]

# And what only some of them may be.
CHECK = "fastsync check m.lua in.csv -q"
ROWS += [
    kept("rejects-pipe", f"mkfifo x; {CHECK} --rejects x", "pipe"),
    kept("warnings-pipe", f"mkfifo x; {CHECK} --warnings x", "pipe"),
    kept("bodies-of-a-file-that-names-a-pipe", "mkfifo x; echo 'bodies = x' "
         f">o.ini; {CHECK} --config o.ini", "pipe"),
    kept("one-for-two", f"{CHECK} -o x --rejects x", "x"),
    kept("one-for-two-dotted", f"{CHECK} -o x --warnings sub/../x", "x"),
    kept("one-for-two-linked", f"ln -s sub y; {CHECK} --rejects sub/x "
         "--warnings y/x", "x"),
    kept("one-for-two-standard", f"{CHECK} -o /dev/stdout --rejects "
         "/proc/self/fd/1", "", says_not="UserCode"),
    kept("part-of-another", f"{CHECK} -o x.part --rejects x", "x"),
    kept("part-is-an-input", "cp in.csv x.part; fastsync check m.lua x.part -q "
         "--rejects x", "x", keeps=BOTH, makes_not=("made*",)),
    kept("default-rejects", f"{CHECK} -o .fastsync/m/rejects.check.csv",
         "rejects"),
    kept("default-warnings", f"{CHECK} --rejects .fastsync/m/warnings.csv",
         "warnings"),
    kept("input-standard", "fastsync check m.lua - -q -o in.csv <in.csv",
         "in.csv"),
    kept("input-standard-named", "fastsync check m.lua /dev/stdin -q "
         "--rejects in.csv <in.csv", ""),
    kept("input-descriptor", "fastsync check m.lua in.csv -q -o "
         "/proc/self/fd/3 3<>in.csv", ""),
    kept("input-descriptor-appended", "fastsync check m.lua in.csv -q -o - "
         ">>in.csv", ""),
    kept("input-cat", "fastsync cat in.csv >>in.csv", "is an input"),
    kept("bodies-empty", f"{CHECK} -o ''", ""),
    kept("module", "printf 'local c = require \"codes\"\\n' >x.lua; cat m.lua "
         ">>x.lua; fastsync check x.lua in.csv -q -o codes.lua", "codes"),
    kept("module-rejects", "printf 'local c = require \"codes\"\\n' >x.lua; "
         "cat m.lua >>x.lua; fastsync check x.lua in.csv -q --rejects "
         "codes.lua", "codes"),
    kept("source-by-pattern", "cp in.csv more/a.csv; sed 's/setCustomer {/& "
         "source = fast.csv \"more\\/*.csv\",/' m.lua >x.lua; fastsync check "
         "x.lua -q -o more/a.csv", "more/a.csv"),
    kept("run-rejects", "fastsync run m.lua in.csv -q --sandbox --rejects "
         "in.csv", "in.csv"),
    kept("run-mapping", "fastsync run m.lua in.csv -q --sandbox --warnings "
         "m.lua", "m.lua"),
    kept("environment", f"FASTSYNC_BODIES=in.csv {CHECK}", "in.csv"),
    kept("environment-rejects", f"FASTSYNC_REJECTS=m.lua {CHECK}", "m.lua"),
    kept("state-a-file", f"{CHECK} --state in.csv", "in.csv"),
    kept("state-empty", f"{CHECK} --state=", ""),
    kept("state-dangling", f"ln -s made x; {CHECK} --state x", "x"),
    kept("state-named-open", f"chmod 777 target; {CHECK} --state target", "target"),
    kept("state-named-of-a-group", f"chmod 770 target; {CHECK} --state target",
         "target"),
]

RUN = "fastsync run m.lua in.csv -q --url http://127.0.0.1:9 --username u " \
      "--password-file password --retry-for 0"

# The sandbox's file.
DB = "fastsync sandbox -q --listen 127.0.0.1:0 --db"
ROWS += [kept(f"db-{name}", f"{make}\ntimeout 5 {DB} {path}", says)
         for name, (make, path, says) in {
             "input": ("", "in.csv", "in.csv"),
             "link": ("ln -s precious x", "x", "link"),
             "dangling": ("ln -s made x", "x", "link"),
             "pipe": ("mkfifo x", "x", "pipe"),
             "folder": ("", "target", "folder"),
             "device": ("", "/dev/null", "device"),
             "log-a-link": ("ln -s precious x-wal", "x", "link"),
             "password": ("", "password --username u --password-file password",
                          "password"),
             "journal": (RUN + "q",
                         ".fastsync/m/journal.db", "journal|sandbox|another"),
         }.items()]

# A state folder that somebody has packed.
STATE = ".fastsync/m"



def packed(name, make, says, command=RUN, **more):
    return kept(f"state-{name}", f"mkdir -p {STATE}; cd {STATE}; {make}; "
                f"cd ../..; {command}", says, **more)


FILES = ("journal.db", "journal.lock", "journal.db-wal", "journal.db-shm",
         "rejects.csv", "warnings.csv")
HOW = {
    "link": "ln -s ../../precious {}",
    "dangling": "ln -s ../../made {}",
    "pipe": "mkfifo {}",
    "folder": "mkdir {}",
    "writable": "touch {0}; chmod 666 {0}",
    "of-another": "touch {0}; if [ $(id -u) = 0 ]; then chown 4242 {0}; else "
                  "chmod 666 {0}; fi",
}
ROWS += [packed(f"{file}-{how}", make.format(file), file.replace(".", r"\."))
         for file in FILES for how, make in HOW.items()
         if (how not in ("writable", "of-another") or "journal" in file)]
ROWS += [
    packed("open", "chmod 777 .", "write|others"),
    packed("of-a-group", "chmod 775 .", "write|group"),
    packed("above-open", "chmod 777 ..", "write|others"),
    packed("a-link", "cd ..; rmdir m; ln -s ../target m; cd ..; mkdir -p q/q; "
           "cd q/q", "link", RUN + "; c=$?; ls target | grep . && exit 9; exit $c"),
    packed("above-a-link", "cd ../..; rm -r .fastsync; ln -s target .fastsync; "
           "mkdir -p q/q; cd q/q", "link"),
    packed("a-pipe", "cd ..; rmdir m; mkfifo m; cd ..; mkdir -p q/q; cd q/q",
           "folder|pipe"),
    packed("journal-garbage", "head -c 5000 /dev/urandom >journal.db; "
           "chmod 600 journal.db", "is no journal"),
    packed("journal-of-a-web-browser", "python3 -c 'import sqlite3; "
           "d = sqlite3.connect(\"journal.db\"); d.execute(\"create table t "
           "(x)\"); d.commit()'; chmod 600 journal.db; cp journal.db ../../sub/as-it-was", "another program",
           RUN + "; c=$?; cmp sub/as-it-was .fastsync/m/journal.db || exit 9; "
           "exit $c"),
    packed("journal-of-a-mail-program", "python3 -c 'import sqlite3; "
           "d = sqlite3.connect(\"journal.db\"); d.execute(\"create view runs "
           "as select 1\"); d.commit()'; chmod 600 journal.db", "triggers or views",
           "fastsync status m.lua"),
    packed("status-pipe", "mkfifo journal.db", "journal",
           "fastsync status m.lua"),
    packed("explain-link", "ln -s ../../precious journal.db", "journal",
           "fastsync explain m.lua KH1"),
    packed("verify-dangling", "ln -s ../../made journal.db", "journal",
           RUN.replace("run", "verify")),
    packed("discard-link", "ln -s ../../precious journal.db", "journal",
           "fastsync discard m.lua --yes --url http://127.0.0.1:9"),
    packed("doctor-link", "ln -s ../../precious journal.db", "journal",
           "fastsync doctor m.lua; test $? != 0 && exit 2"),
]

# Mappings whose name would have another's state folder, or none. Each has one
# of its own, below its own folder's.
STEMS = {"two-dots": "..lua", "one-dot": ".lua", "three-dots": "...lua",
         "blank": " .lua", "dot-blank": ". .lua", "blank-dot": ".. .lua",
         "four-dots": "....lua", "hidden": ".x.lua", "no-ending": "..x"}
ROWS += [Attack(f"files-stem-{name}", shell=f"mkdir -p d/e; cp m.lua 'd/e/{stem}'"
                f"; cd d/e; printf 'Code,Name\nK1,\n' >in.csv; fastsync check "
                f"'./{stem}' in.csv -q; code=$?; cd ../..; find . -name "
                "'*.csv' ! -name in.csv; exit $code", code=3,
                says=r"(?m)^\./d/e/\.fastsync/(?!\.{1,2}/)[^/\n]+/"
                r"rejects\.check\.csv$")
         for name, stem in STEMS.items()]

# What never ends, where a file is named.
ENDLESS = {"pipe": "mkfifo x", "zero": "ln -s /dev/zero x",
           "socket": "python3 -c 'import socket; socket.socket(socket.AF_UNIX)"
           ".bind(\"x\")'", "folder": "mkdir x"}
READERS = {
    "mapping": ("fastsync check ./x in.csv", USAGE),
    "password": (RUN.replace("file password", "file x"), USAGE),
    "config": ("fastsync check m.lua in.csv --config x", USAGE),
    "source": ("sed 's/setCustomer {/& source = \"x\",/' m.lua >y.lua; "
               "fastsync check y.lua -q", None),
    "module": ("mv x x.lua; (echo 'require \"x\"'; cat m.lua) >y.lua; "
               "fastsync check y.lua in.csv -q", None),
    "lookup": ("sed 's/setCustomer {/& setup = function(env) env.rows \"x\" "
               "end,/' m.lua >y.lua; fastsync check y.lua in.csv -q", None),
}
ROWS += [kept(f"endless-{reader}-{kind}", f"{make}; {shell}; "
              "c=$?; test $c = 2 -o $c = 4 -o $c = 5 && exit 2; exit $c",
              "is a |regular|outside|cannot be read|no export is in", makes_not=("made*",))
         for reader, (shell, _) in READERS.items()
         for kind, make in ENDLESS.items()]
ROWS += [
    kept("key-log", "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem "
         "-out c.pem -days 2 -subj /CN=localhost 2>/dev/null; openssl s_server "
         "-accept 0 -key k.pem -cert c.pem >port 2>&1 & server=$!; until p=$(sed"
         " -n 's/^ACCEPT.*:\\([0-9]*\\)$/\\1/p' port); [ -n \"$p\" ]; do sleep "
         "0.05; done; SSLKEYLOGFILE=$PWD/made.keys FASTSYNC_TOKEN=t "
         "FASTSYNC_USERNAME=u FASTSYNC_CA_FILE=c.pem fastsync run m.lua in.csv "
         "-q --retry-for 0 --timeout 1 --url https://localhost:$p; code=$?; "
         "kill $server; exit $code", "", code=7),
]
