"""rows_hot.py: a database whose journal, left as if by a crash, ends in the
name of another file, which SQLite would delete while it rolls back."""
from kit import Attack

PLANT = r'''cat >plant.py <<'PY'
import os, struct, sys
db, victim = sys.argv[1], sys.argv[2].encode()
mark = bytes.fromhex("d9d505f920a163d7")
page = 4096
head = mark + struct.pack(">5I", 0, 7, max(1, os.path.getsize(db) // page), 512, page)
body = head.ljust(512, b"\0") + struct.pack(">I", 0x40000000 // page + 1) + victim
with open(db + "-journal", "wb") as to:
    to.write(body + struct.pack(">2I", len(victim), sum(victim)) + mark)
os.chmod(db + "-journal", 0o600)
PY
'''
FIRST = PLANT + """umask 077; mkdir -p .fastsync/m; echo secret >pw
python3 -c "import sqlite3; sqlite3.connect('.fastsync/m/journal.db').execute('create table t(x)')"
"""
SERVER = "--url http://127.0.0.1:9 --username u --password-file pw --retry-for 0"
VICTIMS = {"notes": "notes.txt", "input": "in.csv", "mapping": "m.lua",
           "far": "$PWD/notes.txt"}
COMMANDS = {
    "status": "fastsync status m.lua",
    "run": f"fastsync run m.lua in.csv -q -o b.ndjson {SERVER}",
    "check": "fastsync check m.lua in.csv -q -o b.ndjson",
    "resume": f"fastsync resume m.lua {SERVER}",
    "explain": "fastsync explain m.lua KH1 in.csv",
    "free": "fastsync status m.lua --no-confine",
}


def planted(name, victim, command):
    return Attack(
        f"hot-{name}", script="""local fast = require "fastsync"
return fast.setCustomer { fields = { CustomerCode = fast.col "Code", CustomerName = fast.col "Name", Status = "1" } }
""", files={"notes.txt": b"precious\n"}, code=None,
        shell=FIRST + f'python3 plant.py .fastsync/m/journal.db "{victim}"; '
        f'{command}; echo "exit $?"; [ -s "{victim}" ] || echo GONE',
        says="journal.db-journal: names another file", says_not="GONE")


ROWS = [planted(f"{name}-{what}", victim, command)
        for what, victim in VICTIMS.items()
        for name, command in COMMANDS.items() if name != "check"]
ROWS.append(Attack(
    "hot-sandbox", files={"notes.txt": b"precious\n"}, code=None,
    shell=PLANT + "touch s.db; python3 plant.py s.db notes.txt; "
    "timeout 5 fastsync sandbox -q --listen 127.0.0.1:0 --db s.db; "
    "[ -s notes.txt ] || echo GONE",
    says="s.db-journal: names another file", says_not="GONE"))
