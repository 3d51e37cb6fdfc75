"""rows_kept.py: what is ours in a script's hands: kept beyond its time, called
with what it is not for, changed while we look at it, or made up; and what one
row, or one thread, would leave for another.

A script that gets away with it prints LEFT."""
from kit import GOOD, HEAD, Attack

DONE, USAGE, REJECTED, SCRIPT = 0, 2, 3, 5
ROWS_9 = b"Code,Name\n" + b"".join(b"K%d,N%d\n" % (i, i) for i in range(9))
MANY = b"Code,Name\n" + b"".join(b"K%d,N%d\n" % (i, i) for i in range(20000))


def kept(name, code=DONE, says="2 valid", **more):
    return Attack(f"kept-{name}", code=code, says=says, says_not="LEFT", **more)


OVER = "this row is over: a row is there only during its call"
OVERS = {
    "row": ("k = row", "k.Name"), "row-place": ("k = row", "k[1]"), "row-get": ("k = row", "k:get 'Name'"),
    "row-length": ("k = row", "#k"), "at": ("k = at", "k.line"), "at-file": ("k = at", "k.file"),
    "pairs": ("k = { pairs(row) }", "k[1](k[2])"), "get": ("k = row.get", "k(k0, 'Name')"),
}
ROWS = [
    kept(f"over-{name}", REJECTED, OVER, top="local k, k0", files={"in.csv": ROWS_9},
         script=HEAD + "local k, k0\nreturn fast.setCustomer { ordered = true, map = function(row, at)\n"
         f"if k then local v = {use} print('LEFT') end k0 = row {keep} return {GOOD} end }}\n")
    for name, (keep, use) in OVERS.items()
]
ROWS += [
    kept("over-text", DONE, r"row \(over\)", script=HEAD + "local k\nreturn fast.setCustomer { ordered = true, "
         f"map = function(row) if k then print(k) end k = row return {GOOD} end }}\n"),
    kept("row-in-setup", script=HEAD + "local k\nreturn fast.setCustomer { ordered = true, setup = function(env) "
         f"k = env end, map = function(row) for r in k.rows 'in.csv' do if r.Code ~= 'KH1' and r.Code ~= 'KH2' then print 'LEFT' end end return {GOOD} end }}\n"),
    kept("env-kept", SCRIPT, "env.rows: this walk was begun before the row",
         script=HEAD + "local step\nreturn fast.setCustomer { setup = function(env) step = env.rows 'in.csv' step() end, "
         f"map = function(row) local ok = pcall(step) if ok then print 'LEFT' end return {GOOD} end }}\n"),
    kept("env-kept-row", SCRIPT, "'step' is set for later rows",
         script=HEAD + "local rows, step\nreturn fast.setCustomer { setup = function(env) rows = env.rows end, "
         f"map = function(row) if step then step() print 'LEFT' end step = rows 'in.csv' return {GOOD} end }}\n"),
    kept("env-end", setup="local n, step = 0, env.rows 'in.csv' for i = 1, 9 do if step() then n = n + 1 end end "
         "if n ~= 2 then print 'LEFT' end"),
    kept("env-many", setup="for i = 1, 300 do env.rows 'in.csv'() end"),
    kept("env-other-self", setup="local step = env.rows 'in.csv' step({}, 1, 2, 3) pcall(step, print)"),
    kept("env-wrong", setup="for _, v in ipairs { 1, true, print, {}, { {} }, { kind = 'source' }, { 'in.csv', 'in.csv' } } do "
         "if pcall(env.rows, v) then print 'LEFT' end end", code=SCRIPT, says="source"),
]

# What has the wrong self, or too much of everything. Each is caught, and the row is as good as before.
WRONG = {
    "get-table": "row.get({}, 'Name')", "get-text": "row.get('x', 'Name')", "get-null": "row.get(fast.null, 'Name')",
    "get-at": "row.get(at, 'Name')", "get-empty": "row.get(fast.empty, 'Name')", "get-none": "row.get()",
    "get-number": "row.get(row, {})", "row-set": "(function() row.Name = 1 end)()", "at-set": "(function() at.line = 1 end)()",
    "row-call": "row()", "row-add": "row + 1", "row-concat": "row .. ''", "row-less": "row < row", "null-index": "fast.null.x",
    "null-call": "fast.null()", "empty-index": "fast.empty.x", "row-rawget": "rawget(row, 'Name')", "row-rawset": "rawset(row, 1, 1)",
    "row-rawlen": "rawlen(row)", "row-next": "next(row)", "row-unpack": "table.unpack(row)", "row-sort": "table.sort(row)",
    "row-metatable": "setmetatable(row, {})", "row-tonumber": "tonumber(row, 10)", "row-for": "(function() for i = row, 9 do end end)()",
    "row-index-row": "row[row]", "row-index-nan": "row[0/0]", "row-index-float": "row[1.5]", "row-index-table": "row[{}]",
    "at-index-row": "at[row]", "at-none": "at.none", "at-length": "#at", "upper-table": "fast.upper({ {} })",
    "upper-function": "fast.upper(print)", "upper-row": "fast.upper(row)", "upper-none": "fast.upper()",
    "sub-nan": "fast.sub('abc', 0/0, 1/0)", "sub-text": "fast.sub('abc', 'x')", "split-blank": "fast.split('abc', '')",
    "replace-none": "fast.replace('abc', 'b')", "replace-table": "fast.replace('abc', {}, {})", "match-wrong": "fast.match('abc', '[')",
    "match-number": "fast.match('abc', 5, {})", "date-format": "fast.date('1/1/2024', '%s')", "date-number": "fast.date(1/0, 'dd/mm/yyyy')",
    "date-options": "fast.date('1/1/24', 'd/m/yy', { pivot = {} })", "number-options": "fast.number('1', { decimal = 'xx' })",
    "number-none": "fast.number({})", "pick-none": "fast.pick('a')", "pick-number": "fast.pick('a', 5)", "strip-table": "fast.strip('abc', {})",
    "truncate-least": "fast.truncate('abc', math.mininteger)", "truncate-text": "fast.truncate('abc', 'x')",
    "join-row": "fast.join(row, row)", "first-rows": "fast.first(row, row)", "phone-table": "require 'fastsync.vn'.phone({ {} })",
    "col-in-row": "fast.col 'Name'", "with-in-row": "fast.with(fast.null, print)", "mapping-in-row": "fast.setCustomer { map = print }",
    "connect": "fast.connect()", "validate-none": "fast.validate()", "validate-form": "fast.validate({}, {})",
    "validate-row": "fast.validate('setCustomer', row)", "validate-text": "fast.validate('setCustomer', 'x')",
    "reject-field": "fast.reject('x', 'NoField')", "warn-field": "fast.warn('x', {})", "reject-none": "fast.reject()",
    "json-row": "require 'cjson'.encode(row)", "json-at": "require 'cjson'.encode { at }", "load-row": "load(row)",
    "format-row": "('%d'):format(row)", "rep-row": "('x'):rep(row)", "concat-rows": "table.concat { row, row }",
    "gsub-row": "('x'):gsub('x', row)", "print-wrong": "print(setmetatable({}, { __tostring = print }))",
}
ROWS += [kept(f"wrong-{name}", says="2 valid", map=f"pcall(function() local v = {what} end) return {GOOD}")
         for name, what in WRONG.items()]

# Called with more than anything takes.
FLOOD = ("fast.upper", "fast.join", "fast.first", "fast.pick", "fast.sub", "fast.replace", "fast.date", "fast.number",
         "fast.validate", "fast.reject", "fast.warn", "string.format", "string.char", "math.max", "print", "row.get",
         "fast.csv", "fast.col", "fast.with", "require", "load", "error", "assert", "table.pack", "select")
ROWS += [kept(f"flood-{name}", says=r"2 (valid|rejected|skipped)|ran out of its|\d+ rejected",
              map="local t = {} for i = 1, 3e4 do t[i] = 'Name' end "
              f"pcall({name}, table.unpack(t)) return {GOOD}", options="--max-memory 64M --max-seconds 5")
         for name in FLOOD]

# A record that changes while it is read, and one that is none.
CHANGES = {
    "metatable": ("setmetatable({ CustomerCode = 'A' }, { __index = function() error 'x' end, __pairs = function() error 'x' end })",
                  REJECTED, "2 rejected"),
    "metatable-len": ("setmetatable({}, { __len = function() return 1e9 end, __index = function() return { CustomerCode = 'LEFT' } end })",
                      REJECTED, "2 rejected"),
    "field-metatable": ("{ CustomerCode = setmetatable({}, { __tostring = function() return 'LEFT' end }), CustomerName = 'x' }",
                        REJECTED, "is a table with a metatable"),
    "itself": ("(function() local t = {} t.CustomerCode = t return t end)()", REJECTED, "2 rejected"),
    "list-itself": ("(function() local t = {} t[1] = t return t end)()", SCRIPT, "map answered a table that it had answered"),
    "expression": ("{ CustomerCode = e, CustomerName = 'x', Status = '1' }", REJECTED, "is an expression"),
    "row": ("row", REJECTED, "2 rejected"), "row-field": ("{ CustomerCode = row }", REJECTED, "is the row itself"),
    "function": ("print", REJECTED, "2 rejected"), "function-field": ("{ CustomerCode = print }", REJECTED, "is a function"),
    "keys": ("{ [print] = 1, [{}] = 2, [1.5] = 3, [true] = 4 }", REJECTED, "as key"),
    "nan": ("{ CustomerCode = 0/0, CustomerName = 1/0, Status = -1/0 }", REJECTED, "2 rejected"),
    "nul": ("{ CustomerCode = 'A\\0B' .. row.Code, CustomerName = 'x', Status = '1' }", REJECTED, "2 rejected"),
    "bytes": ("{ CustomerCode = '\\xff\\xfe' .. row.Code, CustomerName = 'x', Status = '1' }", REJECTED, "no valid UTF-8"),
    "surrogates": ("{ CustomerCode = row.Code, CustomerName = '\\xed\\xa0\\x80', Status = '1' }", REJECTED, "no valid UTF-8"),
    "name-nul": ("{ ['CustomerCode\\0x'] = 'A', CustomerName = 'x', Status = '1' }", REJECTED, "2 rejected"),
    "null": ("fast.null", DONE, "2 skipped"), "same": ("{ CustomerCode = fast.same, CustomerName = 'x', Status = '1' }", REJECTED, "2 rejected"),
}
ROWS += [kept(f"record-{name}", code, says, map=f"return {what}", top="local e = { kind = 'column', name = 'x' } "
              "setmetatable(e, { __index = {} })") for name, (what, code, says) in CHANGES.items()]

# A mapping that is made by hand, or changed after it was looked at.
AFTER = {
    "fields": "m.fields = { CustomerCode = setmetatable({ kind = 'call', name = 'none', n = 1, {} }, {}) }",
    "fields-number": "rawset(m, 'fields', 5)", "map": "rawset(m, 'map', 'x')", "form": "rawset(m, 'form', 'setNone')",
    "form-nul": "rawset(m, 'form', 'setCustomer\\0x')", "form-number": "rawset(m, 'form', 7)", "kind": "rawset(m, 'kind', nil)",
    "where": "rawset(m, 'where', 5)", "setup": "rawset(m, 'setup', 'x')", "key": "rawset(m, 'key', 'None')",
    "options": "rawset(m, 'options', { batch = {} })", "options-url": "rawset(m, 'options', { url = 'http://127.0.0.1:1' })",
    "options-nul": "rawset(m, 'options', { batch = '1\\0002' })", "options-name-nul": "rawset(m, 'options', { ['batch\\0'] = 5 })",
    "options-state": "rawset(m, 'options', { state = '/tmp', bodies = 'x', rejects = 'y' })",
    "options-grant": "rawset(m, 'options', { allow_read = '/', allow_env = 'HOME' })",
    "options-bound": "rawset(m, 'options', { max_memory = '64G', max_seconds = '999' })",
    "line": "rawset(m, 'line', 'x')", "source": "rawset(m, 'source', 5)", "source-table": "rawset(m, 'source', { {} })",
    "source-itself": "local s = {} s[1] = s rawset(m, 'source', s)", "call-wild": "rawset(m, 'map', nil) rawset(m, 'fields', "
    "{ CustomerCode = { kind = 'call', name = 'upper', n = 1e9 } })",
    "call-negative": "rawset(m, 'map', nil) rawset(m, 'fields', { CustomerCode = { kind = 'call', name = 'upper', n = -1 } })",
    "with-wild": "rawset(m, 'map', nil) rawset(m, 'fields', { CustomerCode = { kind = 'with', n = 3, call = 5 } })",
    "column-wild": "rawset(m, 'map', nil) rawset(m, 'fields', { CustomerCode = { kind = 'column', position = -5, number = 2 ^ 40 } })",
    "column-nothing": "rawset(m, 'map', nil) rawset(m, 'fields', { CustomerCode = { kind = 'column' } })",
    "kind-nul": "rawset(m, 'map', nil) rawset(m, 'fields', { CustomerCode = { kind = 'column\\0', name = 'Code' } })",
    "metatable": "rawset(m, 'fields', setmetatable({}, { __index = error, __pairs = error }))",
}
WELL = ("fields-number", "form-nul", "where", "setup", "key", "line")  # what is no such part is none
ROWS += [kept(f"after-{name}", *((DONE, "2 valid") if name in WELL else (SCRIPT, "m.lua")), script=f"{HEAD}local m = fast.setCustomer {{ map = function(row) "
              f"return {GOOD} end }}\n{what}\nreturn m\n") for name, what in AFTER.items()]

# What one row would leave for the next one, or a thread for another: found, whatever it is hidden in.
LEAVINGS = {
    "library": "string.upper = function() return 'LEFT' end",
    "library-new": "string.mine = row.Code",
    "math": "math.pi = row.Code",
    "global": "rawset(_G, 'mine', row.Code)",
    "fast": "rawset(fast, 'mine', row.Code)",
    "vn": "rawset(require 'fastsync.vn', 'mine', row.Code)",
    "json": "require 'cjson'.mine = row.Code",
    "module": "require 'kept'.mine = row.Code",
    "module-nested": "require 'kept'.inner.mine = row.Code",
    "upvalue": "n = row.Code",
    "table": "t[1] = row.Code",
    "table-raw": "rawset(t, 1, row.Code)",
    "metatable": "setmetatable(t, { row.Code })",
    "metatable-inner": "getmetatable(u).mine = row.Code",
    "closure": "local function set(v) n = v end set(row.Code)",
    "load": "load('string.mine = ...')(row.Code)",
    "sort": "table.sort(t2, function(a, b) return a > b end)",
    "move": "table.move({ row.Code }, 1, 1, 1, t)",
    "insert": "table.insert(t, row.Code)",
}
TOP = "local n, t, t2, u, kept = 0, {}, { 1, 2, 3 }, setmetatable({}, {}), require 'kept'\n"
ROWS += [kept(f"next-{name}-{jobs}", SCRIPT, r"rows are mapped by several threads|was changed|is set for later rows",
              top=TOP, files={"in.csv": MANY, "kept.lua": b"return { inner = {} }"},
              map=f"{body} local _ = n, t, t2, u, kept return {GOOD}", options=f"--jobs {jobs}", cpu=8)
         for name, body in LEAVINGS.items() for jobs in ((1, 8) if "require '" not in body else (1,))]
ROWS += [kept(f"next-json-{name}", REJECTED, "cjson: its settings are for all rows",
              map=f"require 'cjson'.{name}({value}) return {GOOD}")
         for name, value in {"encode_number_precision": "3", "encode_invalid_numbers": "true", "encode_keep_buffer": "false",
                             "decode_invalid_numbers": "true"}.items()]
ROWS += [kept("json-set-in-setup", setup="require 'cjson'.encode_number_precision(3)",
              map="if require 'cjson'.encode(1.23456) ~= '1.23' then print 'LEFT' end return " + GOOD)]
