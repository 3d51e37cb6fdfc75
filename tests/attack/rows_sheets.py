"""rows_sheets.py: what a spreadsheet would run, in the files it opens; and what
a packed journal or a sandbox's caller has to say."""
from kit import Attack
from rows_shown import ALL, MORE, REJECTED, VALID, lua, raw

# A cell that begins with one of these, behind blanks as well, is a formula, or
# an order to another program. In what is written for a spreadsheet none does.
STARTS = {
    "equals": "=1+1", "plus": "+1+1", "minus": "-1+1", "at": "@SUM(1)",
    "order": "=cmd|' /C calc'!A0", "link": '=HYPERLINK("http://x","y")',
    "quoted": '"=1+1"', "after-line-end": "a\n=1+1",
    "wide-equals": "\uff1d1+1", "wide-at": "\uff20x", "mark": "\ufeff=1+1",
    "no-width": "\u200b=1+1", "separator": "=1+1;=2", "minus-order": "-2+3+cmd|x",
    "tab": "\t=1+1", "return": "\r=1+1",
}


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


SCRIPT = """local fast = require "fastsync"
return fast.setCustomer { fields = { CustomerCode = fast.col "Code",
  CustomerName = fast.col "Name", Address = fast.col(3), Status = "1" } }
"""
REJECTS = ".fastsync/m/rejects.check.csv"


# Rejected for a name that is missing; the cell itself is a good address.
ROWS = [Attack(f"sheet-cell-{name}", script=SCRIPT, code=REJECTED,
               files={"in.csv": raw(f"Code,Name,Mail\nK1,,{quoted(cell)}\n")},
               operands="in.csv -q", sheets=(REJECTS,))
        for name, cell in STARTS.items()]
# What comes back, once the name is there, is what the export had.
ROWS += [Attack(f"sheet-back-{name}", script=SCRIPT, code=0, shell="fastsync check "
                "m.lua in.csv -q; python3 -c 'import csv; r = list(csv.reader(open("
                f"\"{REJECTS}\", encoding=\"utf-8-sig\", newline=\"\"))); r[1][1] = "
                "\"N\"; csv.writer(open(\"fixed.csv\", \"w\", encoding=\"utf-8-sig\", "
                "newline=\"\")).writerows(r)'; fastsync check m.lua fixed.csv -q -o "
                "fixed.ndjson; code=$?; fastsync check m.lua well.csv -q -o "
                "well.ndjson; cmp fixed.ndjson well.ndjson || exit 98; exit $code",
                files={"in.csv": raw(f"Code,Name,Mail\nK1,,{quoted(cell)}\n"),
                       "well.csv": raw(f"Code,Name,Mail\nK1,N,{quoted(cell)}\n")})
         for name, cell in STARTS.items()]
ROWS += [
    Attack("sheet-column-name", code=None, script=SCRIPT, operands="in.csv -q",
           files={"in.csv": raw("=Code(),Name,Code,@x,+y\nK1,,K1,a,b\n")},
           sheets=(".fastsync/m/*.csv",)),
    Attack("sheet-reason", map="fast.reject('=1+1', 'CustomerName')",
           code=REJECTED, sheets=(REJECTS,)),
    Attack("sheet-reason-line-end", map="fast.reject('a\\n=1+1', 'CustomerName')",
           code=REJECTED, sheets=(REJECTS,)),
    Attack("sheet-reason-field", map="fast.reject('a', '=1+1')", code=None,
           sheets=(REJECTS,)),
    Attack("sheet-file-name", shell="cp in.csv =1+1.csv; fastsync check m.lua "
           "=1+1.csv -q", map="fast.reject('x')", code=REJECTED,
           sheets=(REJECTS,)),
    Attack("sheet-warnings-value", code=0, options="--warnings warnings.csv",
           map="fast.warn('=1+1', 'CustomerName') return { CustomerCode = '=2+2' "
               ".. row.Code, CustomerName = '=3+3', Status = '1' }",
           sheets=("warnings.csv",)),
    Attack("sheet-warnings-reason", code=0, options="--warnings warnings.csv",
           map="fast.warn('@x', 'CustomerName') fast.warn('\\t=x', 'Address') "
               "return { CustomerCode = '+' .. row.Code, CustomerName = '-x', "
               "Address = '@', Status = '1' }",
           sheets=("warnings.csv",)),
    Attack("sheet-warnings-steer", code=0, options="--warnings warnings.csv",
           map=f"fast.warn({lua(MORE)}, 'CustomerName') return {{ CustomerCode = "
               "row.Code, CustomerName = row.Name, Status = '1' }",
           leaves={"warnings.csv": "!\x1b|\u009b|\u202e"}),
    Attack("sheet-reasons-steer", code=REJECTED,
           map=f"fast.reject({lua(MORE)}, 'CustomerName')",
           leaves={REJECTS: "!\x1b|\u009b|\u202e"}),
]

# A journal that somebody has packed: whose words are in it?
PACK = """fastsync run m.lua in.csv -qq --url $URL --username u --password-file secret \
--retry-for 0 >first 2>&1
python3 - <<'END'
import sqlite3
text = "\\x1b[31m\\u009b2J\\u202e\\u2028\\r\\n" + "\\x1b]0;x\\x07"
with sqlite3.connect(".fastsync/m/journal.db") as db:
    for table in [row[0] for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type='table'")]:
        for column in db.execute(f"PRAGMA table_info({table})").fetchall():
            if column[2] == "TEXT" and column[1] != "ledger":
                db.execute(f"UPDATE OR IGNORE {table} SET {column[1]} = ?", (text,))
END
"""
TELLERS = {
    "status": "fastsync status m.lua",
    "status-json": "fastsync status m.lua --json",
    "explain": "fastsync explain m.lua KH1 in.csv",
    "discard": "fastsync discard m.lua --yes --url $URL",
    "resume": "fastsync resume m.lua --url $URL --username u --password-file "
              "secret --retry-for 0",
    "run": "fastsync run m.lua in.csv --url $URL --username u --password-file "
           "secret --retry-for 0",
    "verify": "fastsync verify m.lua --url $URL --username u --password-file secret",
    "doctor": "fastsync doctor m.lua --url $URL --username u --password-file secret",
}
ROWS += [Attack(f"journal-{name}{form}", shell=f"{PACK}{shell}; exit 0", code=0,
                answers={"SyncData": b"HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n"},
                files={"secret": b"pass\n"}, json="json" in name,
                terminal=form == "-terminal", env={"NO_COLOR": "1"},
                says=r"\\u\{1B\}|\\u001b" if "status" in name else "")
         for name, shell in TELLERS.items() for form in ("", "-terminal")]
# Statements of its own: a trigger, a view in a table's place.
ROWS += [
    Attack(f"journal-{name}", shell=PACK.split("python3")[0] + "python3 -c 'import "
           "sqlite3; db = sqlite3.connect(\".fastsync/m/journal.db\"); "
           f"db.executescript(\"{sql}\")'; fastsync run m.lua in.csv -q --full --url"
           " $URL --username u --password-file secret --retry-for 0; exit 0",
           code=0, files={"secret": b"pass\n"}, answers={}, makes_not=("made*",))
    for name, sql in {
        "attach": "CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT "
                  "load_extension(\\\"./made\\\"); END;",
        "deleting": "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM "
                    "outbox; END;",
        "view": "ALTER TABLE runs RENAME TO r; CREATE VIEW runs AS SELECT * FROM r;",
    }.items()]

# Whoever calls the sandbox: its table on the terminal, its page in a browser.
CALL = """fastsync sandbox --listen 127.0.0.1:0 >out 2>err & sandbox=$!
until p=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' out err | head -n 1); [ "$p" ]
do sleep 0.05; done
python3 - $p <<'END'
import http.client, json, sys
text = %r
def call(path, body, token=""):
    c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    c.request("POST" if body else "GET", path, body, {"Authorization": token})
    return c.getresponse().read()
t = json.loads(call("/api/getToken", json.dumps(
    {"username": "sandbox", "password": "sandbox"})))["token"]["accesstoken"]
call("/api/SyncData", json.dumps({"form": "setCustomer", "data": [
    {"CustomerCode": "K1", "CustomerName": text, "status": "1"}]}), t)
call("/api/SyncData", json.dumps({"form": text, "data": [{text: text}]}), t)
call("/api/SyncData", text.encode("utf-8", "surrogateescape"), t)
call("/api/GetData", json.dumps({"form": text, "Id": text}), t)
open("page.html", "wb").write(call("/", None))
END
kill $sandbox; wait $sandbox; cat err >&2; cat out; exit 0
"""
ROWS += [
    Attack("sandbox-table", shell=CALL % VALID, code=0, says="request"),
    Attack("sandbox-table-terminal", shell=CALL % VALID, code=0, says="request",
           terminal=True),
    Attack("sandbox-page", shell=CALL % "<script>alert(1)</script>", code=0,
           says="request", leaves={"page.html": "!<script>alert"}),
    Attack("sandbox-page-attribute", shell=CALL % "\"' onmouseover=x y='\"", code=0,
           says="request", leaves={"page.html": "!\"' onmouseover"}),
    Attack("sandbox-name", shell=f"fastsync sandbox --username '{ALL}' "
           "--password-file in.csv --listen nowhere", code=2, says=""),
]
