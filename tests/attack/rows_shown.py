"""rows_shown.py: bytes that steer a terminal, break a line of a log, or turn the
direction of writing, in every text that is not ours. What is said has none of
them (left.py looks at all of it), and says them another way."""
from kit import Attack

USAGE, REJECTED = 2, 3
# Colour, title, bell, backspace, DEL; C1; overrides, isolates, marks; line ends
# of Unicode's; bytes that are no UTF-8.
ALL = ("\x1b[31m\x1b]0;x\x07\b\x7f\u009b2J\u0085\u202e\u2066\u200f\u061c\u2028\u2029"
       "\udc9b\udcff")
MORE = ALL + "\r\t\n\r\n"  # where a name or a cell may hold them
VALID = ALL[:-2]  # what is no UTF-8 is no cell
ESC = r"\\u\{1B\}"
SEEN = rf"{ESC}\[31m"
ROW = "Code,Name\nKH1,{}\nKH2,\n"


def raw(text):
    return text.encode("utf-8", "surrogateescape")


def lua(text):
    """A literal of Lua's with these bytes."""
    return '"' + "".join(f"\\{byte:03d}" for byte in raw(text)) + '"'


def cell(text):
    return raw(ROW.format('"' + text.replace('"', '""') + '"'))


def shown(name, shell, code=0, says=SEEN, **more):
    return Attack(f"shown-{name}", shell=shell, code=code, says=says, **more)


FORMS = {"text": "", "terminal": "", "json-log": " --log-format json",
         "progress": " --progress always --color never"}


def each_way(name, shell, code=0, says=SEEN, **more):
    """As text, on a terminal, as a log in JSON, with progress."""
    for form, option in FORMS.items():
        yield shown(f"{name}-{form}", shell + option, code,
                    r"\\u\{1B\}|\\\\u\{1B\}|\\u001b" if says == SEEN else says,
                    terminal=form == "terminal",
                    env={"NO_COLOR": "1"}, **more)


# Cells. `cat` on a terminal is one of those who show; in a pipe it is exact.
CELLS = {"in.csv": cell(VALID + "\r\t\n\r\nx")}
ROWS = []
for command in ("check m.lua in.csv", "preview m.lua in.csv", "cat in.csv",
                "explain m.lua KH1 in.csv"):
    word = command.split()[0]
    more = {"exact": True} if word == "cat" else {}
    for row in each_way(f"cell-{word}", f"fastsync {command}",
                        {"check": REJECTED}.get(word, 0), files=CELLS, **more,
                        **({"says": ""} if word == "check" else {})):
        if word == "cat" and row.terminal:
            row.exact = False
        ROWS.append(row)
ROWS += [
    shown("cell-cat-exact", "fastsync cat in.csv --arrays >out; python3 -c '"
          "import json; rows = [json.loads(l) for l in open(\"out\")]; "
          "assert rows[1][1] == \"\\u009b\\u202e \\u2028x\", rows; print(\"same\")'",
          says="same", exact=True,
          files={"in.csv": cell("\u009b\u202e \u2028x")}),
    shown("cell-json", "fastsync check m.lua in.csv --json -q", REJECTED, "",
          files=CELLS, json=True),
    shown("cell-very-long", "fastsync check m.lua in.csv", REJECTED, "",
          files={"in.csv": cell("\x1b" * 300_000)}),
    shown("cell-rejects", "fastsync check m.lua in.csv -q", REJECTED, "",
          files={"in.csv": raw("Code,Name\n" + "K\x1b[2J" * 20 + ",\n")}),
]

# Names of columns, files, folders, mappings, modules, profiles.
NAMES = {
    "column": ("fastsync check m.lua in.csv", {"in.csv": raw(
        f"Code,Name,{VALID}\nKH1,A,x\n")}, 0, ""),
    "column-preview": ("fastsync preview m.lua in.csv", {"in.csv": raw(
        f"Code,Name,{VALID}\nKH1,A,x\n")}, 0, SEEN),
    "column-missing": ("fastsync check m.lua in.csv", {"in.csv": raw(
        f"Code,Na{ALL}me\nKH1,A\n")}, None, ""),
    "column-twice": ("fastsync check m.lua in.csv", {"in.csv": raw(
        f"Code,Name,{ALL},{ALL}\nKH1,A,x,y\n")}, None, ""),
    "input": (f"cp in.csv '{MORE}.csv'; fastsync check m.lua '{MORE}.csv'",
              {"in.csv": cell("")}, REJECTED, SEEN),
    "input-missing": (f"fastsync check m.lua '{MORE}'", {}, 4, SEEN),
    "folder": (f"mkdir '{MORE}'; cp m.lua in.csv '{MORE}'; fastsync check "
               f"'{MORE}/m.lua' '{MORE}/in.csv'", {"in.csv": cell("")},
               REJECTED, SEEN),
    "mapping": (f"cp m.lua '{MORE}.lua'; fastsync check './{MORE}.lua' in.csv",
                {"in.csv": cell("")}, REJECTED, SEEN),
    "mapping-missing": (f"fastsync check '{MORE}.lua'", {}, USAGE, SEEN),
    "mapping-broken": (f"echo '+' >'{MORE}.lua'; fastsync check './{MORE}.lua'",
                       {}, 5, SEEN),
    "state": (f"fastsync check m.lua in.csv --state '{MORE}'",
              {"in.csv": cell("")}, REJECTED, SEEN),
    "profile": (f"fastsync check m.lua in.csv --profile '{MORE}'", {}, None, SEEN),
    "option": (f"fastsync check m.lua in.csv '--{MORE}'", {}, USAGE, SEEN),
    "option-value": (f"fastsync check m.lua in.csv --limit '{MORE}'", {}, USAGE,
                     SEEN),
    "command": (f"fastsync '{MORE}'", {}, USAGE, SEEN),
    "key": (f"fastsync explain m.lua '{MORE}' in.csv", {}, None, SEEN),
    "url": (f"fastsync doctor --url 'https://h/{ALL}'", {}, None, SEEN),
    "environment": (f"FASTSYNC_BATCH='{MORE}' fastsync check m.lua in.csv", {},
                    USAGE, SEEN),
    "environment-home": (f"HOME='/{MORE}' fastsync check m.lua in.csv", {}, 0, ""),
    "environment-proxy": (f"https_proxy='http://{ALL}:1' fastsync doctor --url "
                          "https://127.0.0.1:9", {}, None, ""),
    "environment-locale": (f"LC_ALL='{ALL}' TZ='{ALL}' TERM='{ALL}' fastsync "
                           "check m.lua in.csv", {}, 0, ""),
    "ini": ("fastsync check m.lua in.csv --config c.ini",
            {"c.ini": raw(f"[{ALL}]\n{ALL} = {ALL}\n")}, None, SEEN),
    "ini-trust": ("fastsync trust --yes; fastsync trust --list",
                  {"fastsync.ini": raw(f"url = https://h/{ALL}\n"
                                       f"password_command = {ALL}\n")}, 0, SEEN),
    "format": (f"fastsync cat in.csv --format '{MORE}'", {}, USAGE, SEEN),
    "encoding": (f"fastsync cat in.csv --encoding '{MORE}'", {}, USAGE, SEEN),
    "form": (f"fastsync forms '{MORE}'", {}, USAGE, SEEN),
    "bodies": (f"fastsync check m.lua in.csv -o 'no/{MORE}'", {}, USAGE, SEEN),
    "rejects": (f"fastsync check m.lua in.csv --rejects 'no/{MORE}'", {}, USAGE,
                SEEN),
}
ROWS += [shown(f"name-{name}", shell, code, says, files=files)
         for name, (shell, files, code, says) in NAMES.items()]
ROWS += [shown(f"name-{name}-terminal", NAMES[name][0], NAMES[name][2], "",
               files=NAMES[name][1], terminal=True, env={"NO_COLOR": "1"})
         for name in ("column-preview", "input", "folder", "mapping", "ini-trust")]
ROWS += [shown(f"name-{name}-json", NAMES[name][0] + " --json -q", NAMES[name][2],
               "", files=NAMES[name][1], json=True)
         for name in ("column", "column-missing", "input", "input-missing",
                      "folder", "mapping", "mapping-broken", "state",
                      "rejects")]

# What a script says.
IT = lua(MORE)
SCRIPTS = {
    "print": {"map": f"print({IT}, {IT}) return nil, 'x'", "code": 0},
    "error": {"map": f"error({IT}, 0)", "code": REJECTED},
    "error-place": {"map": f"error({IT})", "code": REJECTED},
    "error-object": {"map": f"error(setmetatable({{}}, {{ __tostring = function() "
                            f"return {IT} end }}))", "code": REJECTED, "says": ""},
    "reject": {"map": f"fast.reject({IT}, 'CustomerName')", "code": REJECTED},
    "reject-field": {"map": f"fast.reject('x', {IT})", "code": None},
    "warn": {"map": f"fast.warn({IT}, 'CustomerName') return {{ CustomerCode = "
                    "row.Code, CustomerName = row.Name, Status = '1' }",
             "code": 0},
    "skip": {"map": f"return nil, {IT}", "code": 0, "says": ""},
    "field": {"map": f"return {{ [{IT}] = 1 }}", "code": None},
    "value": {"map": "return { CustomerCode = row.Code .. %s, CustomerName = 'x', "
                     "Status = %s }" % (IT, IT), "code": REJECTED, "says": ""},
    "column": {"map": f"return row[{IT}]", "code": None},
    "setup": {"setup": f"error({IT}, 0)", "code": 5},
    "setup-print": {"setup": f"print({IT})", "code": 0},
    "load": {"top": f"error({IT}, 0)", "code": 5},
    "load-chunk": {"top": f"assert(load('+', {IT}))", "code": 5},
    "require": {"top": f"require({IT})", "code": None},
    "getenv": {"top": f"print(os.getenv({IT}))", "code": 0, "says": ""},
    "rows": {"setup": f"env.rows({IT})", "code": None},
    "source": {"top": f"fast.csv({IT})", "code": 0, "says": ""},
    "col": {"fields": f"CustomerCode = col({lua(VALID)}), CustomerName = 'x', "
                      "Status = '1'", "code": None},
    "pick": {"fields": 'CustomerName = "x", Status = "1", '
                       'CustomerCode = col "Code":pick { ["%s"] = "1" }'
                       % lua(VALID)[1:-1], "code": REJECTED, "says": ""},
    "option": {"script": "local fast = require 'fastsync' return fast.setCustomer "
                         f"{{ [{IT}] = 1, map = function() end }}", "code": 5},
    "options": {"script": "local fast = require 'fastsync' return fast.setCustomer "
                          f"{{ options = {{ batch = {IT} }}, map = function() end }}",
                "code": None},
    "global": {"top": f"_G[{IT}] = 1", "code": None},
    "traceback": {"map": f"local t = {{ [{IT}] = false }} t[{IT}]()",
                  "code": REJECTED},
    "concat": {"map": f"return {{}} .. {IT}", "code": REJECTED, "says": ""},
}
ROWS += [Attack(f"shown-script-{name}{form}", options=options,
                terminal=form == "-terminal", env={"NO_COLOR": "1"},
                **{"says": r"\\u\{1B\}|\\\\u\{1B\}", **parts})
         for name, parts in SCRIPTS.items()
         for form, options in (("", ""), ("-terminal", "--log-format json"))]
