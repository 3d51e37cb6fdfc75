"""rows_bounds_more.py: C that calls C again and again, where no instruction of
the script's own comes in between; and what else goes round a bound."""
from kit import GOOD, HEAD, INTERRUPTED, MB, SCRIPT, SMALL, Attack, many
from rows_bounds import ANY, DONE, KEY, LARGE, MEMORY, ROOMY, SECONDS, TIME

BLANKS = "local s = (' '):rep(2e7) .. '1' local t = {} for i = 1, 1e5 do t[i] = s end "
EMPTIED = ("local e = {} for i = 1, 4e5 do e['k' .. i] = 1 end e.a = 1 "
           "for k in pairs(e) do e[k] = nil end ")

# One call in C that calls others, each of which takes its time.
CALLS = {
    "sort-ult": BLANKS + "table.sort(t, math.ult)",
    "sort-max": BLANKS + "while true do pcall(table.sort, t, math.max) end",
    "sort-find": "local t, s = {}, ('a'):rep(1e7) for i = 1, 1e5 do t[i] = s end while true do pcall(table.sort, t, string.find) end",
    "sort-lt-native": BLANKS + "local m = { __lt = math.ult } table.sort(t, function(a, b) return math.ult(a, b) end)",
    "sort-lt-index": "local s = (' '):rep(2e7) .. '1' local m = { __lt = function() return math.ult(s, s) end } "
                     "local t = {} for i = 1, 1e5 do t[i] = setmetatable({}, m) end table.sort(t)",
    "sort-validate": "local r = {} for i = 1, 4e5 do r['k' .. i] = 1 end for k in pairs(r) do r[k] = nil end "
                     "local t = {} for i = 1, 1e5 do t[i] = r end while true do pcall(table.sort, t, next) end",
    "gsub-index-next": EMPTIED + "(('a'):rep(1e7)):gsub('a', setmetatable(e, { __index = next }))",
    "gsub-call-native": "local s = (' '):rep(1e4) .. '1' s = s:rep(2000) while true do s:gsub('%s*1', tonumber) end",
    "gsub-tostring": "(('a'):rep(1e7)):gsub('()', tostring)",
    "unpack-index-next": EMPTIED + "table.unpack(setmetatable({}, { __index = function(_, i) return next(e) end }), 1, 9e5)",
    "move-index": EMPTIED + "table.move(setmetatable({}, { __index = function() return next(e) end }), 1, 9e7, 1, {})",
    "move-newindex": EMPTIED + "table.move({}, 1, 9e7, 1, setmetatable(e, { __newindex = next }))",
    "move-rawset": "table.move(setmetatable({}, { __index = rawlen }), 1, 9e7, 1, setmetatable({}, { __newindex = rawequal }))",
    "concat-index": "local s = ('x'):rep(1e6) table.concat(setmetatable({}, { __index = function() return s end }), '', 1, 9e7)",
    "concat-index-sub": "local s = ('x'):rep(1e6) pcall(table.concat, setmetatable({}, { __index = { s } }), '', 1, 9e7) while true do end",
    "tostring-chain": "local m = {} m.__tostring = function(x) return tostring(x) end tostring(setmetatable({}, m)) while true do end",
    "index-chain": "local t = {} for i = 1, 1e5 do t = setmetatable({}, { __index = t }) end while true do pcall(function() return t.x end) end",
    "index-itself": "local t = {} setmetatable(t, { __index = t }) while true do pcall(function() return t.x end) end",
    "newindex-itself": "local t = {} setmetatable(t, { __newindex = t }) while true do pcall(function() t.x = 1 end) end",
    "call-chain": "local t = print for i = 1, 200 do t = setmetatable({}, { __call = t }) end while true do pcall(t) end",
    "eq-loop": "local m = {} m.__eq = function(a, b) return a == b end local a, b = setmetatable({}, m), setmetatable({}, m) while true do pcall(function() return a == b end) end",
    "concat-meta": "local m = {} m.__concat = function(a, b) return a .. b end local a = setmetatable({}, m) while true do pcall(function() return a .. a end) end",
    "close-loop": "while true do local x <close> = setmetatable({}, { __close = function() error 'x' end }) end",
    "close-spins": "pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) error 'x' end)",
    "close-after-end": "local x <close> = setmetatable({}, { __close = function() while true do end end }) while true do end",
    "close-many": "local function f() local x <close> = setmetatable({}, { __close = function() f() end }) end f() while true do f() end",
    "for-state-close": "for _ in next, {}, nil, setmetatable({}, { __close = function() while true do end end }) do end",
    "error-tostring-spins": "error(setmetatable({}, { __tostring = function() while true do end end }))",
    "error-name-long": "error(setmetatable({}, { __name = ('x'):rep(1e7) })) ",
    "tostring-name-long": "local m = setmetatable({}, { __name = ('x'):rep(1e7) }) while true do tostring(m) end",
    "print-tostring": "while true do print(setmetatable({}, { __tostring = function() return ('x'):rep(1e6) end })) end",
    "xpcall-spins": "xpcall(error, function() while true do end end)",
    "xpcall-nested": "local function h() xpcall(error, h) error 'x' end while true do xpcall(error, h) end",
    "xpcall-after": "xpcall(function() while true do end end, function() while true do end end)",
    "pcall-after": "while true do pcall(pcall, function() while true do end end) end",
    "select-negative": "local t = {} for i = 1, 2e5 do t[i] = i end while true do select(-200000, table.unpack(t)) end",
    "string-byte": "local s = ('x'):rep(9e5) while true do s:byte(1, -1) end",
    "string-char": "local t = {} for i = 1, 2e5 do t[i] = 65 end while true do string.char(table.unpack(t)) end",
    "utf8-char": "local t = {} for i = 1, 2e5 do t[i] = 65 end while true do utf8.char(table.unpack(t)) end",
    "utf8-offset": "local s = ('đ'):rep(1e7) while true do utf8.offset(s, 9999999) end",
    "utf8-codepoint": "local s = ('đ'):rep(4e5) while true do utf8.codepoint(s, 1, -1) end",
    "reverse": "local s = ('đ'):rep(1e7) while true do s:reverse() end",
    "sub": "local s = ('đ'):rep(1e7) while true do s:sub(2) end",
    "lower": "local s = ('Đ'):rep(1e7) while true do s:lower() end",
    "format-float": "while true do ('%99.99f'):format(1e308) end",
    "format-floats": "local f = ('%.99f'):rep(200) local t = {} for i = 1, 200 do t[i] = 1e308 end while true do f:format(table.unpack(t)) end",
    "format-s-tostring": "local m = setmetatable({}, { __tostring = function() return ('x'):rep(1e6) end }) while true do ('%s%s%s'):format(m, m, m) end",
    "format-percent": "local f = ('%%'):rep(1e7) while true do f:format() end",
    "tonumber-hex": "local s = '0x' .. ('f'):rep(2e7) while true do tonumber(s) end",
    "math-floor-text": "local s = (' '):rep(2e7) .. '1.5' while true do pcall(math.floor, s) end",
    "math-max-texts": BLANKS + "while true do pcall(function() math.max(table.unpack(t)) end) end",
    "string-concat-numbers": "local t = {} for i = 1, 2e5 do t[i] = 1.5 end while true do table.concat(t, ',') end",
    "char-many-texts": "local s = (' '):rep(2e7) .. '65' local t = {} for i = 1, 2e5 do t[i] = s end string.char(table.unpack(t))",
    "max-many-texts": BLANKS + "pcall(math.max, table.unpack(t)) while true do end",
    "utf8-char-texts": "local s = (' '):rep(2e7) .. '65' local t = {} for i = 1, 2e5 do t[i] = s end utf8.char(table.unpack(t))",
    "pack-texts": "local s = (' '):rep(2e7) .. '65' local t = {} for i = 1, 9e4 do t[i] = s end string.pack(('b'):rep(9e4), table.unpack(t))",
    "format-texts": "local s = (' '):rep(2e7) .. '65' local t = {} for i = 1, 9e4 do t[i] = s end (('%d'):rep(9e4)):format(table.unpack(t))",
    "format-long-texts": "local s = ('x'):rep(2e7) local t = {} for i = 1, 9e4 do t[i] = s end (('%.1s'):rep(9e4)):format(table.unpack(t))",
    "os-time-texts": "local s = (' '):rep(2e7) .. '1' while true do pcall(os.time, { year = s, month = s, day = s, hour = s, min = s, sec = s }) end",
    "os-date-huge": "while true do pcall(os.date, '%c', 2^55) end",
    "rep-empty": "while true do (''):rep(math.maxinteger) end",
    "rep-empty-between": "pcall(string.rep, '', math.maxinteger, 'x') while true do end",
    "for-tiny": "for x = 0, 1, 1e-300 do end",
    "goto": "::a:: goto a",
    "goto-pcall": "::a:: pcall(error) goto a",
    "repeat-until": "repeat until false",
    "tail-calls": "local function f() return f() end f()",
    "load-and-chain": "local t = 'return ' .. ('a and '):rep(2e5) .. 'a' while true do load(t) end",
    "load-elseif": "local t = 'if a then ' .. ('elseif a then '):rep(2e5) .. 'end' while true do load(t) end",
    "load-breaks": "local t = 'while a do ' .. ('do break end '):rep(32000) .. 'end' while true do load(t) end",
    "load-names": "local h = {} for i = 1, 190 do h[i] = 'v' .. i end h = 'local ' .. table.concat(h, ',') .. ' '"
                  " local t = h for i = 1, 60 do t = t .. 'return function() ' .. h end t = t .. ('zz = 1 '):rep(2e4)"
                  " .. ('end '):rep(60) while true do load(t) end",
    "load-concat": "local t = 'return ' .. ('a .. '):rep(150) .. 'a ' while true do load(t) end",
    "load-digits": "local t = 'return ' .. ('1'):rep(2e7) while true do load(t) end",
    "load-comment": "local t = '--[[' .. (']'):rep(2e7) while true do load(t) end",
    "load-calls": "local t = ('f(') :rep(150) .. (')'):rep(150) while true do load('a=' .. t) end",
    "long-keys": "local t, s = {}, ('x'):rep(1e6) for i = 1, 1e9 do t[s .. i] = nil local _ = t[s .. i] end",
    "short-strings": "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
    "closures": "local t = {} for i = 1, 1e9 do t[i] = function() return i end end",
    "tables-deep": "local t = {} while true do t = { t } end",
    "weak-many": "local t = setmetatable({}, { __mode = 'kv' }) while true do t[{}] = {} end",
    "json-decode-long": "local j = require 'cjson' local s = '[' .. ('1,'):rep(2e6) .. '1]' while true do pcall(j.decode, s) end",
    "json-encode-nested": "local j = require 'cjson' local t = {} for i = 1, 900 do t = { t } end while true do pcall(j.encode, t) end",
    "json-encode-shared": "local j = require 'cjson' local t = 'x' for i = 1, 60 do t = { t, t } end j.encode(t)",
    "json-cyclic": "local j = require 'cjson' local t = {} t[1] = t while true do pcall(j.encode, t) end",
    "record-cyclic": "local t = {} t.CustomerCode = t while true do pcall(fast.validate, 'setCustomer', t) end",
    "pairs-meta": "while true do for _ in pairs(setmetatable({}, { __pairs = function() return next, {} end })) do end end",
    "ipairs-index": EMPTIED + "for _ in ipairs(setmetatable({}, { __index = function() return next(e) or 1 end })) do end",
    "rawlen-holes": "local t = {} t[2^30] = 1 while true do local _ = #t, rawlen(t) end",
    "math-random": "while true do math.random() end",
    "reject-in-pcall": "while true do pcall(fast.reject, 'x') end",
    "skip-in-pcall": "while true do pcall(function() fast.skip('x') end) end",
    "row-pairs": "while true do for _ in pairs(row) do end end",
    "fast-number": "local s = ('1'):rep(1e7) while true do pcall(fast.number, s) end",
    "fast-date": "local s = ('1/'):rep(5e6) while true do pcall(fast.date, s) end",
    "fast-truncate": "local s = ('đ'):rep(4e6) while true do fast.truncate(s, 3999999) end",
    "fast-sub": "local s = ('đ'):rep(4e6) while true do fast.sub(s, -2, -1) end",
    "fast-len": "local s = ('đ'):rep(4e6) while true do fast.len(s) end",
    "fast-digits": "local s = ('đ1'):rep(3e6) while true do fast.digits(s) end",
    "fast-join": "local t = {} for i = 1, 30 do t[i] = ('x'):rep(4e5) end while true do fast.join(',', table.unpack(t)) end",
    "fast-split-many": "local s = (',a'):rep(5e5) while true do fast.split(s, ',') end",
    "fast-match-nasty": "local s = ('a'):rep(3e4) while true do pcall(fast.match, s, ('a-'):rep(9) .. 'b') end",
    "fast-lower": "local s = ('Đ'):rep(4e6) while true do fast.lower(s) end",
    "fast-warn": "while true do fast.warn(('x'):rep(1e6)) end",
}
# What ends by itself rejects its rows.
REJECTED = ("tostring-chain", "close-loop", "close-many", "error-name-long", "tostring-name-long", "xpcall-nested")
ROWS = [Attack(f"call-{name}", map=body, cpu=3,
               code=3 if name in REJECTED else SCRIPT,
               says="2 rejected" if name in REJECTED else ANY)
        for name, body in CALLS.items()]

# What C does for a script in between: plans, sources and lookups.
HEAVY = "--max-seconds 2 --max-memory 64M"
NASTY = "('a-'):rep(9) .. 'b'"
LONG = {"in.csv": b"Code,Name\nA," + b"a" * 3000000 + b"\nB,x\n"}
PLANS = {
    "match": f"col 'Name':match({NASTY})",
    "match-balanced": "col 'Name':match('%b()')",
    "replace": "col 'Name':replace('a', 'aaaaaaaa'):replace('a', 'aaaaaaaa')",
    "with": "fast.with(col 'Name', function(s) while s do end return s end)",
    "with-pcall": "fast.with(col 'Name', function(s) while s do pcall(function() while true do end end) end return s end)",
    "with-sort": "fast.with(col 'Name', function(s) local b = (' '):rep(2e7) .. '1' local t = {} for i = 1, 1e5 do t[i] = b end table.sort(t, math.ult) return s end)",
    "function": "function(row) while row do end return row end",
    "function-find": "function(row) while row do row.Name:find(row.Name .. 'b', 1, true) end return row end",
}
ROWS += [Attack(f"plan-{name}", fields=KEY + body, files=LONG, says=ANY.replace("1 seconds", "2 seconds")
                + "|rejected", options=HEAVY, cpu=5, code=3 if name in ("match-balanced", "replace") else SCRIPT)
         for name, body in PLANS.items()]

TABLE = many(b"K,V\n", b"key,value\n", 3000000)
LOOKUPS = {
    "keeps": "local t = {} for r in env.rows(fast.csv 'big.csv') do t[#t + 1] = r end",
    "row-spins": "for r in env.rows(fast.csv 'big.csv') do while true do end end",
    "again": "while true do for r in env.rows(fast.csv 'in.csv') do end end",
    "opened": "local t = {} for i = 1, 1e6 do t[i] = env.rows(fast.csv 'in.csv') end",
    "pcall": "while true do pcall(env.rows, fast.csv 'none.csv') end",
    "wide": "for r in env.rows(fast.csv 'wide.csv') do end while true do end",
}
ROWS += [Attack(f"lookup-{name}", setup=body, files={"big.csv": TABLE,
                "wide.csv": b",".join(b"c%d" % i for i in range(200000)) + b"\n" + b"," * 199999 + b"\n"},
                says=ANY + "|more than 10000 files|none.csv: no such file|64 KiB", cpu=12,
                code=4 if name in ("pcall", "wide") else SCRIPT)
         for name, body in LOOKUPS.items()]

# The others' commands.
ROWS += [Attack(f"{command.split()[0]}-{name}", command=command, map=CALLS[name],
                options=options, says=says, cpu=4)
         for command, options, says in (
             ("preview", SMALL, SECONDS + "|ran out"),
             ("run --dry-run", SMALL + " --jobs 4", SECONDS + "|ran out"))
         for name in ("sort-ult", "max-many-texts", "xpcall-spins", "close-spins")]
ROWS += [Attack(f"signal-{name}", map=CALLS[name], signal=signal, code=INTERRUPTED, says="interrupted", cpu=2,
                after=0.5, options="--max-seconds 60 --max-instructions 1000000000000000")
         for name, signal in (("sort-ult", "INT"), ("xpcall-spins", "TERM"), ("close-spins", "INT"),
                              ("gsub-tostring", "HUP"), ("load-breaks", "INT"), ("load-and-chain", "TERM"),
                              ("goto-pcall", "INT"))]
ROWS += [
    Attack("option-function-spins", script=HEAD + "return fast.setCustomer { source = fast.csv { 'in.csv', "
           "skip = function() while true do end end }, map = function(row) return " + GOOD + " end }",
           operands="", says=ANY + "|m.lua"),
    Attack("records-nested", map="local r = {} for i = 1, 2000 do r = { r } end return r", code=3, says="rejected|records"),
    Attack("records-itself", map="local r = {} r[1] = r return r", says="answered before"),
    Attack("records-meta", map="return setmetatable({}, { __index = function() while true do end end, "
           "__pairs = function() while true do end end, __len = function() while true do end end })",
           code=3, says="rejected"),
    Attack("record-tostring", map="return { CustomerCode = setmetatable({}, { __tostring = function() while true do end end }) }",
           code=3, says="rejected"),
    Attack("raised-tostring-top", top="error(setmetatable({}, { __tostring = function() while true do end end }))",
           says=r"m\.lua"),
    Attack("raised-tostring-setup", setup="error(setmetatable({}, { __tostring = function() while true do end end }))",
           says=r"m\.lua"),
    Attack("answer-close", map="local x <close> = setmetatable({}, { __close = function() while true do end end }) return "
           + GOOD, says=ANY),
    Attack("column-many", files={"in.csv": b",".join(b"c%d" % i for i in range(3000)) + b"\n" + b"1," * 2999 + b"1\n"},
           map="for i = 1, 1e9 do pcall(function() return row['c' .. i] end) end", says=ANY + "|no column|columns", cpu=6),
    Attack("warnings-million", options=LARGE + " --warnings w.csv", code=DONE, cpu=15,
           files={"in.csv": many(b"Code,Name\n", b"A," + b"B" * 200 + b"\n", 11000)},
           map="for i = 1, 100 do fast.warn('w' .. i) end return { CustomerCode = at.index, CustomerName = 'x', Status = '1' }",
           says="in w.csv, the first million of all"),
    Attack("heavy-honest", code=DONE, options="--max-memory 512M", cpu=20, rss=600 * MB,
           files={"in.csv": many(b"Code,Name\n", b"K1,B\n", 300000), "big.csv": many(b"K,V\n", b"key,value\n", 100000)},
           top="local t, n = {}, 0\n",
           setup="for r in env.rows(fast.csv 'big.csv') do n = n + 1 t[r.K .. n] = r.V end",
           map="return { CustomerCode = at.index, CustomerName = t['key' .. at.index % 100000 + 1] or 'x', Status = '1' }",
           says="300 000 valid|300000 valid"),
]
