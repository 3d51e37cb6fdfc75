"""rows_says.py: secrets in what a script says, and addresses in what anything
says.

A script knows no secret; one that has guessed or been told it must not be able
to have it shown, in whatever way a text comes out. An address (0x7f…) tells
where memory lies, and makes each run another."""
from kit import GOOD, HEAD, Attack

DONE, USAGE, REJECTED, SCRIPT = 0, 2, 3, 5
PASSWORD = 'Tr0ub&4d"or\\ 3/x'
LUA = "'Tr0ub&4d\"or\\\\ 3/x'"
# In any of these a reader has it.
KNOWN = r'Tr0ub&4d|Tr0ub%264d|Tr0ub&amp;4d|Tr0ub\\u00264d|VHIwdWImNGQ'
OTHERS = "print('AFTER')"


def secret(name, code=DONE, says=r"\*\*\*", says_not=KNOWN, **more):
    more.setdefault("options", "-o -")
    return Attack(f"secret-{name}", code=code, says=says, says_not=says_not,
                  env={"FASTSYNC_PASSWORD": PASSWORD, "FASTSYNC_TOKEN": "tok-tok-4711"}, **more)


P = f"local p = {LUA} "
URL = "p:gsub('[^%w]', function(c) return ('%%%02X'):format(c:byte()) end)"
SAYS = {
    "print": "print(p)", "print-more": "print('x', p, 1)", "print-within": "print('<' .. p .. '>')",
    "print-pieces": "print(p:sub(1, 4) .. p:sub(5))", "print-table": "print(setmetatable({}, { __tostring = function() return p end }))",
    "print-name": "print(setmetatable({}, { __name = p }))", "print-nul": "print('\\0' .. p)", "print-nuls": "print('a\\0b\\0' .. p .. '\\0' .. p)",
    "print-cut": "print(('x'):rep(995) .. p)", "print-cut-in-letters": "print(('ế'):rep(330) .. p)", "print-cut-at-edge": "print(('x'):rep(1000 - #p) .. p)",
    "print-far": "print(p .. ('x'):rep(5090 - 2 * #p) .. p .. p)", "print-url": f"print(({URL}))", "print-json": "print(require 'cjson'.encode { p })",
    "print-html": "print((p:gsub('&', '&amp;'):gsub('\"', '&quot;')))", "print-base64": "print 'VHIwdWImNGQib3JcIDMveA=='",
    "print-base64-within": "print 'Basic eDpUcjB1YiY0ZCJvclwgMy94'", "print-twice": "print(p .. p)", "print-token": "print('tok-tok-4711')",
    "print-bad-bytes": "print('\\xff' .. p .. '\\xfe')", "print-lines": "print('a\\n' .. p .. '\\nb')", "format": "print(('%s'):format(p))",
    "format-quoted": "print(('%q'):format(p))", "load-name": "print(select(2, load('x x', '=' .. p)))",
}
ROWS = [secret(name, map=P + body + " return " + GOOD,
               says_not=KNOWN + "|eDpUcjB1YiY0ZCJvclwgMy94|tok-tok-4711") for name, body in SAYS.items()]
ROWS += [
    secret("error", REJECTED, map=P + "error(p)", leaves={".fastsync/m/*.csv": "!Tr0ub&4d"}),
    secret("error-table", REJECTED, map=P + "error(setmetatable({}, { __tostring = function() return p end }))"),
    secret("error-global", REJECTED, says="global", map=P + "return _ENV[p]"),
    secret("assert", REJECTED, map=P + "assert(false, p)"),
    secret("reject", REJECTED, map=P + "fast.reject(p, 'Email')", leaves={".fastsync/m/*.csv": "!Tr0ub&4d"}),
    secret("reject-field", REJECTED, map=P + "fast.reject('x', p)"),
    secret("warn", map=P + "fast.warn(p, 'Email') return " + GOOD, leaves={".fastsync/m/*.csv": "!Tr0ub&4d"}),
    secret("skip", map=P + "return nil, p", options="-v"),
    secret("column", SCRIPT, map=P + "return row[p]"),
    secret("field", REJECTED, map=P + "return { [p] = 1, CustomerCode = 'x' }", leaves={".fastsync/m/*.csv": "!Tr0ub&4d"}),
    secret("load-error", SCRIPT, top=P + "error(p)"),
    secret("setup-error", SCRIPT, setup=P + "error(p)"),
    secret("require", SCRIPT, top=P + "require(p)"),
    secret("source", 4, script=HEAD + P + "return fast.setCustomer { source = p, map = print }", operands=""),
    secret("lookup", 4, setup=P + "for row in env.rows(p) do end"),
    secret("option", SCRIPT, script=HEAD + P + "return fast.setCustomer { source = fast.csv { 'in.csv', encoding = p }, map = print }"),
    secret("option-name", SCRIPT, script=HEAD + P + "return fast.setCustomer { source = fast.csv { 'in.csv', [p] = 1 }, map = print }"),
    secret("key-name", SCRIPT, script=HEAD + P + "return fast.setCustomer { [p] = 1, map = print }"),
    secret("settings", SCRIPT, script=HEAD + P + "return fast.setCustomer { options = { [p] = 1 }, map = print }"),
    secret("settings-value", SCRIPT, script=HEAD + P + "return fast.setCustomer { options = { batch = p }, map = print }"),
    secret("fields", SCRIPT, fields="[" + LUA + "] = 1"),
    secret("fields-column", SCRIPT, fields=f"CustomerCode = col({LUA}), CustomerName = 'x', Status = '1'"),
    secret("function-name", SCRIPT, top=P + "local e = col 'x' local _ = e[p]"),
    secret("nearest", SCRIPT, top=P + "local _ = fast[p]"),
    secret("json-log", REJECTED, map=P + "error(p)", options="--log-format json"),
    secret("json-log-print", map=P + "print(p) return " + GOOD, options="--log-format json"),
    secret("json-report", SCRIPT, top=P + "error(p)", options="--json", json=True),
    secret("preview", command="preview", map=P + "print(p) return nil, p", options=""),
    secret("sandbox", REJECTED, command="run --sandbox", map=P + "fast.reject(p)", options="",
           leaves={".fastsync/m/*.csv": "!Tr0ub&4d"}),
    secret("sandbox-error", SCRIPT, command="run --sandbox", top=P + "error(p)", options=""),
    secret("drive", SCRIPT, command="run --sandbox", script=f"return function() local p = {LUA} print(p) return nil, p end",
           operands="", options=""),
    secret("drive-reply", DONE, command="run --sandbox", script=f"return function() local p = {LUA} local c = require 'fastsync'.connect() "
           "print(select(2, c:sync('setCustomer', { { CustomerCode = p } }))) print(select(2, c:get('setCustomer', p))) end",
           operands="", options=""),
]

# Addresses.
ADDRESS = r"0x[0-9a-fA-F]{6,}|\b[0-9a-f]{12}\b|\b00[0-9A-F]{8,}\b"
THINGS = {
    "table": "{}", "function": "print", "closure": "function() end", "own": "fast.upper", "expression": "col 'Name'", "null": "fast.null",
    "empty": "fast.empty", "mapping": "fast.setCustomer { map = print }", "source": "fast.csv 'in.csv'", "library": "fast", "string-library": "string",
    "globals": "_G", "environment": "_ENV", "named": "setmetatable({}, { __name = 'x' })", "named-number": "setmetatable({}, { __name = 5 })",
    "step": "pairs({})", "json": "require 'cjson'", "json-null": "require 'cjson'.null",
    "vn": "require 'fastsync.vn'",
}
WAYS = ("print(x)", "print(pcall(tostring, x))", "print(pcall(string.format, '%s', x))", "print(pcall(string.format, '%p', x))",
        "print(pcall(string.format, '%-40p|%q', x, x))", "print(pcall(error, x))", "print(pcall(table.concat, { x }))",
        "print(pcall(function() return x .. '' end))", "print(pcall(function() return x + 1 end))", "print(pcall(function() return x < x end))",
        "print(pcall(function() return x() end))", "print(pcall(function() return x.y.z end))", "print(pcall(rawget, x, 1))",
        "print(pcall(require 'cjson'.encode, { x }))", "print(pcall(require 'cjson'.encode, { [1] = x, [2] = { [x] = 1 } }))",
        "print(pcall(string.rep, x, 2))", "print(pcall(assert, false, x))", "print(pcall(fast.upper, x))",
        "print(pcall(load, x), pcall(require, x), pcall(tonumber, x, 10))", "print(pcall(utf8.char, x), pcall(math.max, x, x))")
ROWS += [Attack(f"address-{name}", top=f"local good, x = pcall(function() return {what} end)\n" + "\n".join(WAYS) + "\nx = nil",
                code=(SCRIPT if name in ("expression",) else DONE), says="valid|has no text yet", says_not=ADDRESS, options="")
         for name, what in THINGS.items()]
ROWS += [Attack(f"address-{name}-map", map=f"local good, x = pcall(function() return {what} end)\n" + "\n".join(WAYS) + f"\nreturn {GOOD}",
                code=DONE, says="2 valid", says_not=ADDRESS, options="-o -")
         for name, what in THINGS.items() if name not in ("expression", "mapping")]
ROWS += [Attack(f"address-{name}", map=body, code=REJECTED, says="2 rejected", says_not=ADDRESS, options="", leaves={".fastsync/m/rejects.check.csv": "!" + ADDRESS})
         for name, body in {
             "row": "error(row)", "at": "error(at)", "row-text": "error('' .. tostring(row) .. tostring(at))", "error-table": "error {}",
             "error-function": "error(print)", "error-named": "error(setmetatable({}, { __name = 'x' }))", "reject-table": "fast.reject({})",
             "reject-function": "fast.reject(print)", "answer-function": "return print", "answer-key": "return { [{}] = 1, [print] = 2 }",
             "field-value": "return { CustomerCode = print, CustomerName = {}, Status = fast }", "field-name": "return { [tostring(print)] = 1 }",
             "warn": "fast.warn({}) fast.warn(print) error {}"}.items()]

# The same twice: nothing by chance, nothing by where memory lies.
SAME = {
    "random": "math.random(1e9)", "random-seed": "(function() math.randomseed() return math.random(1e9) end)()",
    "pairs": "(function() local s = '' for k in pairs { a = 1, b = 2, c = 3, [1.5] = 4, [true] = 5, z = 6 } do s = s .. tostring(k) end return s end)()",
    "next": "(function() local t = {} for i = 1, 99 do t['k' .. i * 7919] = i end return (next(t)) end)()",
    "json-order": "require 'cjson'.encode { a = 1, b = 2, c = 3, d = 4, e = 5 }:len()",
    "globals": "(function() local s = '' for k in pairs(_G) do s = s .. k end for k in pairs(string) do s = s .. k end return s end)()",
    "sort": "(function() local t = { 3, 1, 2 } table.sort(t, function(a, b) return false end) return table.concat(t, ' ') end)()",
    "length": "#{ 1, nil, 3, nil, nil, 6 }", "memory": "tostring(collectgarbage 'count')", "error": "select(2, pcall(error, {}))",
}
ROWS += [Attack(f"same-{name}", files={"m.lua": f"{HEAD}return fast.setCustomer {{ map = function(row, at) print({what}) return {GOOD} end }}\n".encode(),
                                       "in.csv": b"Code,Name\n" + b"".join(b"K%d,N\n" % i for i in range(200))},
                shell="for i in 1 2 3 4 5; do fastsync check m.lua in.csv --jobs 1 2>&1 | sort >$i; done; "
                      "fastsync check m.lua in.csv --jobs 8 2>&1 | sort >6; for i in 2 3 4 5 6; do cmp 1 $i || exit 9; done; grep ' valid' 1",
                code=DONE, says="200 valid") for name, what in SAME.items()]
