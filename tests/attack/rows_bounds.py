"""rows_bounds.py: scripts that mean to take all time, all memory, or to go on
when they are told to end. A bound counts for the whole process, whatever the
script does within one instruction."""
from kit import GOOD, HEAD, INTERRUPTED, MB, SMALL, Attack, many

SECONDS = r"m\.lua(:\d+)?: (in\.csv:2: )?ran out of its 1 seconds"
TIME = rf"{SECONDS}|ran out of its budget of 100000000 instructions"
MEMORY = r"ran out of its memory of 67108864 bytes; --max-memory raises it"
ANY = f"{TIME}|{MEMORY}"
DONE = 0
SMALL_SERVER = "--max-memory 64M --url http://127.0.0.1:9 --username u --password-file m.lua"

# One step that costs millions, again and again.
STEPS = {
    "compare-equal": "local a, b = ('x'):rep(2e7) .. '1', ('x'):rep(2e7) .. '2' while true do local _ = a < b end",
    "compare-nul": "local a, b = ('\\0'):rep(1e7) .. '1', ('\\0'):rep(1e7) .. '2' while true do local _ = a < b end",
    "compare-same": "local a, b = ('x'):rep(2e7) .. '1', ('x'):rep(2e7) .. '2' while true do local _ = a == b end",
    "convert-text": "local s = (' '):rep(2e7) .. '1' while true do local _ = s + 1 end",
    "convert-digits": "local s = ('1'):rep(2e7) while true do local _ = s * 1 end",
    "tonumber": "local s = ('1'):rep(2e7) while true do tonumber(s) end",
    "tonumber-base": "local s = ('z'):rep(2e7) while true do tonumber(s, 36) end",
    "tostring-format": "local s = ('x'):rep(1e7) while true do local _ = ('%s%s'):format(s, 1):len() end",
    "format-quoted": "local s = ('\\n'):rep(5e6) while true do ('%q'):format(s) end",
    "format-many": "local f = ('%99d'):rep(2000) local t = {} for i = 1, 2000 do t[i] = i end while true do f:format(table.unpack(t)) end",
    "concat": "local s = ('x'):rep(1e7) while true do local _ = s .. 'y' end",
    "next-emptied": "local t = {} for i = 1, 4e5 do t['k' .. i] = 1 end for k in pairs(t) do t[k] = nil end while true do next(t) end",
    "pairs-emptied": "local t = {} for i = 1, 4e5 do t['k' .. i] = 1 end for k in pairs(t) do t[k] = nil end while true do for _ in pairs(t) do end end",
    "next-anywhere": "local t = {} for i = 1, 2e5 do t['k' .. i] = 1 end next(t) while true do next(t, 'k7') next({ a = 1, b = 2 }, 'a') end",
    "length-holes": "local t = {} for i = 1, 4e5 do t[i] = 1 end while true do local _ = #t end",
    "varargs": "local t = {} for i = 1, 2e5 do t[i] = i end while true do select('#', table.unpack(t)) end",
    "varargs-table": "local function f(...) return { ... } end local t = {} for i = 1, 2e5 do t[i] = i end while true do f(table.unpack(t)) end",
    "select": "local t = {} for i = 1, 2e5 do t[i] = i end while true do select(-1, table.unpack(t)) end",
    "date": "while true do os.date('%c %c %c %c %c %c %c %c') end",
    "date-long": "local f = ('%c'):rep(400) while true do os.date(f) end",
    "time": "local t = { year = 2024, month = 1, day = 1 } while true do os.time(t) end",
    "validate": "local r = {} for i = 1, 60 do r['f' .. i] = 'x' end while true do fast.validate('setCustomer', r) end",
    "validate-long": "local r = { CustomerName = ('đ'):rep(4e6), Address = ('đ'):rep(4e6) } while true do fast.validate('setCustomer', r) end",
    "validate-emptied": "local r = {} for i = 1, 4e5 do r['k' .. i] = 1 end for k in pairs(r) do r[k] = nil end while true do fast.validate('setCustomer', r) end",
    "find-plain": "local s, w = ('a'):rep(2e7), ('a'):rep(1e7) .. 'b' while true do s:find(w, 1, true) end",
    "find-plain-once": "local s, w = ('a'):rep(2e7), ('a'):rep(1e7) .. 'b' .. ('a'):rep(9e6) s:find(w, 1, true) while true do end",
    "find-no-magic": "local s, w = ('ab'):rep(1e7), ('ab'):rep(4e6) .. 'b' while true do s:find(w) end",
    "find-back": "local s = ('a'):rep(3e5) s:find('(a*)%1%1b') while true do end",
    "find-backtrack": "('a'):rep(3e4):find(('a-'):rep(9) .. 'b') while true do end",
    "find-balanced": "('('):rep(1e6):find('%b()') while true do end",
    "find-frontier": "local s = ('a '):rep(1e6) while true do s:find('%f[b]') end",
    "gsub": "local s = ('a'):rep(1e6) while true do s:gsub('a', '%0%0') end",
    "gmatch": "local s = ('a'):rep(1e6) while true do for _ in s:gmatch('()') do end end",
    "match-text": "local s = ('a'):rep(1e5) while true do fast.match(s, '(a*)%1b') end",
    "nearest-form": "local n = ('CustomerCod'):rep(1e6) while true do pcall(fast.validate, 'setCustomer', { [n] = 1 }) end",
    "nearest-column": "local n = ('Cod'):rep(1e6) while true do local _ = row[n] end",
    "nearest-function": "local n = ('trimm'):rep(2e6) while true do pcall(function() return (''):rep(1)[n] end) end",
    "nearest-library": "local n = ('trimm'):rep(2e6) while true do pcall(function() return fast[n] end) end",
    "repeat": "while true do ('x'):rep(2e7) end",
    "repeat-between": "while true do (''):rep(2e6, 'abc') end",
    "table-concat": "local t = {} for i = 1, 2e5 do t[i] = 'abcdefgh' end while true do table.concat(t) end",
    "table-concat-long": "local s = ('x'):rep(1e6) local t = { s, s, s, s, s } while true do table.concat(t) end",
    "sort-long": "local s, u = ('x'):rep(2e6) .. 1, ('x'):rep(2e6) .. 2 local t = {} for i = 1, 1e5 do t[i] = i % 2 == 0 and s or u end table.sort(t)",
    "sort-nul": "local s, u = ('\\0'):rep(2e6) .. 1, ('\\0'):rep(2e6) .. 2 local t = {} for i = 1, 1e5 do t[i] = i % 2 == 0 and s or u end table.sort(t)",
    "sort-comparator": "local t = {} for i = 1, 1e5 do t[i] = i end while true do pcall(table.sort, t, function() return true end) end",
    "sort-again": "local t = {} for i = 1, 1e5 do t[i] = -i end while true do table.sort(t) end",
    "table-move": "local t = {} for i = 1, 1e5 do t[i] = i end while true do table.move(t, 1, #t, 2) end",
    "table-insert": "local t = {} for i = 1, 1e5 do t[i] = i end while true do table.insert(t, 1, 1) end",
    "upper": "local s = ('đ'):rep(4e6) while true do s:upper() end",
    "title": "local s = ('đ '):rep(4e6) while true do fast.title(s) end",
    "squeeze": "local s = ('đ  '):rep(4e6) while true do fast.squeeze(s) end",
    "ascii": "local s = ('ế'):rep(4e6) while true do fast.ascii(s) end",
    "nfc-flood": "local s = 'a' .. ('\\u{316}\\u{300}'):rep(3e6) while true do fast.nfc(s) end",
    "strip-set": "local s, set = ('đ'):rep(4e6), ('ế'):rep(5e6) while true do fast.strip(s, set) end",
    "replace-plain": "local s, w = ('a'):rep(1.6e7), ('a'):rep(8e6) .. 'b' while true do fast.replace(s, w, '') end",
    "split-plain": "local s, w = ('a'):rep(1.6e7), ('a'):rep(8e6) .. 'b' while true do fast.split(s, w) end",
    "utf8-len": "local s = ('đ'):rep(1e7) while true do utf8.len(s) end",
    "utf8-codes": "local s = ('đ'):rep(1e7) while true do for _ in utf8.codes(s) do end end",
    "pack": "local s = ('x'):rep(1e7) while true do string.pack('s4', s) end",
    "unpack": "local f = ('b'):rep(1e5) local s = ('x'):rep(1e5) while true do string.unpack(f, s) end",
    "load": "local s = ('a=1 '):rep(1e5) while true do load(s) end",
    "load-labels": "local t = {} for i = 1, 32000 do t[i] = '::l' .. i .. ':: do end ' end t = table.concat(t) while true do load(t) end",
    "json": "local j = require 'cjson' local t = {} for i = 1, 1e5 do t[i] = i end while true do j.encode(t) end",
    "error-objects": "while true do pcall(error, setmetatable({}, { __tostring = function() return ('x'):rep(1e6) end })) end",
    "pick-values": "local t = {} for i = 1, 1e5 do t['k' .. i] = i end while true do pcall(fast.pick, 'x', t) end",
    "collect": "local t = {} for i = 1, 2e5 do t[i] = {} end while true do collectgarbage() end",
}

# The same while the script loads, and in setup.
LOADS = ("compare-nul", "sort-long", "find-plain", "load-labels", "date-long")

TOP = {
    "load-loop": "while true do end",
    "load-pcall": "while true do pcall(function() while true do end end) end",
}

BOMBS = {
    "list-of-one": "local r = { CustomerCode = 'A' } local t = {} for i = 1, 1e6 do t[i] = r end return t",
    "list-of-empty": "local t = {} for i = 1, 4e5 do t[i] = {} end return t",
    "list-of-bad": "local r = { Nothing = 1 } local t = {} for i = 1, 1e6 do t[i] = r end return t",
    "list-of-good": "local t = {} for i = 1, 1e5 do t[i] = { CustomerCode = 'A' .. i } end return t",
}

# Where a column is missing, that is said.
ROWS = [Attack(f"step-{name}", map=body, says=ANY + "|no column")
        for name, body in STEPS.items()]
ROWS += [Attack(f"loading-{name}", top=STEPS[name], says=ANY)
         for name in LOADS]
ROWS += [Attack(f"setup-{name}", setup=STEPS[name], says=ANY)
         for name in LOADS]
ROWS += [Attack(name, top=body, says=TIME) for name, body in TOP.items()]
ROWS += [Attack(f"records-{name}", map=body,
                says=r"in\.csv:2: map answered \d+ records of one row, more "
                     r"than 10000; --max-records raises it", rss=230 * MB)
         for name, body in BOMBS.items()]

# What C keeps for a script, under 64 MiB (and 256 where the script is told to
# go well).
PICK = "local t = {{}} for i = 1, {n} do t['key number ' .. i] = 'v' .. i end\n"
NESTED = """local function nested(e, depth)
  if depth == 0 then return e end
  return fast.join(" ", nested(e, depth - 1), nested(e, depth - 1))
end
"""
KEY = 'CustomerCode = col "Code", Status = "1", CustomerName = '
ROOMY = "--max-seconds 9 --max-memory 64M"  # for what is no matter of time
LARGE = "--max-seconds 5 --max-memory 256M"

ROWS += [
    Attack("pick-nested-shared", top=PICK.format(n=200000) + NESTED,
           fields=KEY + 'nested(col "Name":pick(t, fast.same), 9):truncate(9)',
           options=LARGE, code=DONE, says="2 valid", rss=260 * MB),
    Attack("pick-nested-others",
           top="local function table_of(k) " + PICK.format(n=20000).replace("\n", " ")
           + " return t end\nlocal e = col 'Name'\n"
           "for k = 1, 60 do e = e:pick(table_of(k), fast.same) end\n",
           fields=KEY + "e", options=ROOMY, says=MEMORY),
    Attack("pick-mappings-shared",
           script=HEAD + PICK.format(n=200000) + "local all = {}\n"
           f"for i = 1, 200 do all[i] = fast.setCustomer {{ fields = {{ {KEY} "
           "col 'Name':pick(t, fast.same) } } end\nreturn all\n",
           options=LARGE, code=DONE, cpu=20, rss=280 * MB, says="2 valid"),
    Attack("pick-too-large", top=PICK.format(n=300000),
           fields=KEY + 'col "Name":pick(t, fast.same)', options=ROOMY, says=MEMORY),
    Attack("constant-long", top="local s = ('x'):rep(3e7)\n", fields=KEY + "s",
           says="longer than 16777216 bytes"),
    Attack("constants-many",
           top="local e = { ', ' } for i = 1, 15 do e[i + 1] = ('x'):rep(1e6) .. i end\n",
           fields=KEY + "fast.join(table.unpack(e)), Address = fast.join(table.unpack(e)), "
           "Description = fast.join(table.unpack(e))", options=ROOMY, says=MEMORY, rss=230 * MB),
    Attack("constant-shared", top="local s = ('x'):rep(1e7)\n" + NESTED,
           fields=KEY + 'nested(col "Name":default(s), 9):truncate(9)',
           code=DONE, says="2 valid"),
    Attack("plan-grows", top=NESTED,
           fields=KEY + 'nested(col "Name":replace("C", ("x"):rep(1e5)), 9)',
           options=ROOMY, says=MEMORY + "|rejected", code=5),
    Attack("plan-doubles",
           top="local e = col 'Name' for i = 1, 40 do e = e:replace('C', 'CC') end\n",
           fields=KEY + "e", code=3, options=ROOMY, says="replace: the text grows too long", rss=230 * MB),
    Attack("plan-slow",
           top="local e = col 'Name':default('') for i = 1, 22 do e = e:replace('C', 'CC') end\n"
           "local all = {} for i = 1, 30 do all[i] = e:upper():squeeze():title():ascii():len() end\n",
           fields=KEY + "fast.join(' ', table.unpack(all))", says=ANY, rss=230 * MB),
    Attack("join-parts",
           top="local t = {} for i = 1, 1e5 do t[i] = col 'Name' end\n",
           fields=KEY + "fast.join(' ', table.unpack(t))", says="at most 32 arguments|ran out|more than 32"),
    Attack("with-parts",
           top="local t = {} for i = 1, 1e5 do t[i] = col 'Name' end t[#t + 1] = print\n",
           fields=KEY + "fast.with(table.unpack(t))", says="at most 32 values"),
    Attack("nested-deep",
           top="local e = col 'Name' for i = 1, 1e5 do e = e:upper() end\n",
           fields=KEY + "e", says="nested too deep"),
    Attack("nested-itself",
           top="local e = col('Name'):upper() rawset(e, 1, e)\n",
           fields=KEY + "e", says="nested too deep"),
    Attack("mappings-many",
           script=HEAD + "local m = fast.setCustomer { map = print } local t = {} "
           "for i = 1, 1e4 do t[i] = m end return t",
           says="a list of more than 256"),
    Attack("options-many",
           script=HEAD + "local t = {} for i = 1, 1e5 do t['o' .. i] = 1 end "
           "return fast.setCustomer { options = t, map = print }",
           says="options: more than 100"),
    Attack("options-long",
           script=HEAD + "local s = ('x'):rep(1e7) local t = {} "
           "for i = 1, 90 do t['o' .. i] = s end "
           "return fast.setCustomer { options = t, map = print }",
           says="options: a text of more than 4096 bytes"),
    Attack("sources-many",
           script=HEAD + "local t = {} for i = 1, 1e5 do t[i] = fast.csv 'in.csv' end "
           "return fast.setCustomer { source = t, map = print }",
           says="more than 4096 sources|ran out"),
    Attack("source-path-long",
           script=HEAD + "local s = ('x'):rep(1e7) local t = {} for i = 1, 4000 do t[i] = s end "
           "return fast.setCustomer { source = fast.csv(t), map = print }",
           says="a source's path of more than 4096 bytes|ran out of its budget"),
    Attack("source-option-long",
           script=HEAD + "local s = ('x'):rep(1e7) local t = {} "
           "for i = 1, 4000 do t[i] = fast.csv { 'in.csv', nulls = { s, s, s, s } } end "
           "return fast.setCustomer { source = t, map = print }",
           says="ran out of its|m.lua"),
    Attack("warn-million", map="for i = 1, 1e6 do fast.warn('w' .. i) end return " + GOOD,
           code=DONE, says="2 002 warnings|2002 warnings", options=ROOMY, cpu=9),
    Attack("warn-same", map="local s = ('w'):rep(1000) for i = 1, 3e5 do fast.warn(s) end return " + GOOD,
           code=DONE, says="2 warnings", options=ROOMY, cpu=9),
    Attack("warn-megabytes", map="local s = ('w'):rep(1e7) for i = 1, 2000 do fast.warn(i .. s) end return " + GOOD,
           says=ANY),
    Attack("reject-megabytes", map="fast.reject(('w'):rep(1e7))", code=3,
           says="2 rejected", rss=130 * MB),
    Attack("error-megabytes", map="error(('w\\n'):rep(1e7))", code=3, says="2 rejected"),
    Attack("skip-megabytes", map="return nil, ('w'):rep(3e7)", code=DONE, says="skipped"),
    Attack("faults-megabytes",
           map="local n, t = ('n'):rep(1e5), {} for i = 1, 300 do t[i .. n] = 1 end return t",
           code=3, says="2 rejected"),
    Attack("faults-many-records",
           map="local n, all = ('n'):rep(900), {} for i = 1, 9000 do local t = {} "
           "for k = 1, 20 do t[k .. n] = 1 end all[i] = t end return all", says=ANY, rss=230 * MB),
    Attack("records-rows", files={"in.csv": many(b"Code,Name\n", b"A,B\n", 20000)},
           map="local all = {} for i = 1, 9000 do all[i] = { CustomerCode = row.Code .. at.index .. '-' .. i, "
           "CustomerName = ('x'):rep(120), Status = '1' } end return all",
           says=MEMORY, options=ROOMY, cpu=12, rss=900 * MB),
    Attack("faults-rows", files={"in.csv": many(b"Code,Name\n", b"A,B\n", 300000)},
           map="error(('x'):rep(2000))", says=MEMORY, options=ROOMY, cpu=8,
           rss=700 * MB),
    Attack("warnings-rows", files={"in.csv": many(b"Code,Name\n", b"A,B\n", 30000)},
           map="local s = ('x'):rep(900) for i = 1, 900 do fast.warn(i .. s) end return { CustomerCode = at.index, "
           "CustomerName = row.Name, Status = '1' }",
           says=MEMORY, options="--max-seconds 9 --max-memory 64M -q", cpu=12, rss=700 * MB),
    Attack("columns-many",
           top="local function t(k) local t = {} for i = 1, 31 do t[i] = col('Column ' .. k .. ' ' .. i, 'optional') end "
           "return fast.join(' ', table.unpack(t)) end "
           "local function u(k) local a = {} for i = 1, 31 do a[i] = t(k * 100 + i) end return fast.join(' ', table.unpack(a)) end "
           "local v = {} for i = 1, 30 do v[i] = u(i) end\n",
           fields=KEY + "fast.join(' ', col 'Name', table.unpack(v))", code=DONE, says="2 valid",
           options="--max-seconds 30 --max-memory 256M --max-instructions 1000000000", cpu=12),
    Attack("column-path-long", top="local n = ('a.'):rep(1e6)\n",
           fields=KEY + "fast.join(' ', col 'Name', col(n, 'optional'))", code=DONE, says="2 valid|m.lua"),
    Attack("ephemerons",
           map="local all = {} local k = {} for i = 1, 1e5 do local n = {} "
           "all[i] = setmetatable({ [k] = n }, { __mode = 'k' }) k = n end "
           "table.sort(all, function(a, b) return false end) while true do local t = {} end",
           says=ANY, cpu=8),
    Attack("record-texts-long",
           map="local s, t = ('đ'):rep(8e6), {} for _, f in ipairs { 'CustomerName', 'Address', 'Email', "
           "'PhoneNumber', 'TaxCode', 'Description', 'BankAccount' } do t[f] = s end return t",
           options=ROOMY, says=MEMORY, rss=200 * MB),
    Attack("record-list-nfc",
           map="local s, t = ('a\\u{301}'):rep(4e6), {} for i = 1, 5e4 do t[i] = s end "
           "return { CustomerCode = t }", says=ANY, cpu=6, rss=260 * MB),
    Attack("split-parts", map="fast.split((',a'):rep(8e6), ',') return nil", code=3,
           says="split: more than 1048576 parts"),
    Attack("json-references",
           map="local j = require 'cjson' local s, t = ('x'):rep(1e6), {} for i = 1, 1e6 do t[i] = s end j.encode(t)",
           says=ANY),
    Attack("json-deep", map="require('cjson').decode(('['):rep(1e6)) return nil", code=3, says="2 rejected"),
    Attack("recursion-deep", map="local function f() return 1 + f() end f()", options=ROOMY, says=MEMORY),
    Attack("recursion-large", map="local function f() return 1 + f() end f()", code=3, says="stack overflow",
           options=LARGE, rss=300 * MB),
    Attack("parser-deep", map="load(('('):rep(1e6)) load(('{'):rep(1e6)) load(('a='):rep(1e6)) return nil",
           code=DONE, says="2 skipped"),
    Attack("pattern-deep", map="('x'):rep(1e5):find(('(x'):rep(40)) return nil", code=3, says="2 rejected"),
    Attack("pcall-deep", map="local function f() return pcall(f) end f() return nil", code=DONE, says="2 skipped"),
    Attack("gsub-deep", map="local function f() return (('x'):gsub('x', f)) end f()", code=3, says="2 rejected|ran out"),
    Attack("require-large", files={"big.lua": many(b"--", b"x" * 1024, 150 * 1024)},
           top="require 'big'\n", map="return nil", says="far too large for a script", rss=130 * MB),
    Attack("require-long-comment", files={"big.lua": many(b"--", b"x" * 1024, 30 * 1024)},
           top="require 'big'\n", map="return nil", code=DONE, says="2 skipped"),
    Attack("script-large", files={"m.lua": many(b"--", b"x" * 1024, 70 * 1024)},
           says="far too large for a script"),
    Attack("script-labels",
           files={"m.lua": many(b"", ("do local function f() " + "".join(f"::l{i}:: do end " for i in range(32000))
                                              + " end end\n").encode(), 60)}, says=ANY, cpu=4),
    Attack("print-million", map="for i = 1, 1e5 do print(i, ('x'):rep(2000)) end return nil", code=DONE,
           options=ROOMY, says="print: more than 10000 lines, the others are left out",
           says_not=r"(?m)^\S*\s*10001\s"),
    Attack("print-long", map="local s = ('x'):rep(1e7) while true do print(s, s) end", says=ANY, rss=120 * MB),
    Attack("closures-dumped",
           top="local t = {} for i = 1, 9000 do t['f' .. i] = function() local a = 0 "
           + "a = a + 1 " * 30000 + "return i + a end end\n",
           map="local all = { " + "".join(f"t.f{i}, " for i in range(1, 9000)) + "} return nil", says=TIME),
    Attack("drive-loop", script="return function() while true do end end", command="run",
           options=SMALL_SERVER, operands="", code=INTERRUPTED, signal="INT", says="interrupted", cpu=1.5),
    Attack("drive-search",
           script="return function() while true do ('a'):rep(3e4):find(('a-'):rep(9) .. 'b') end end",
           command="run", options=SMALL_SERVER, operands="", code=INTERRUPTED, signal="TERM", says="interrupted", cpu=6),
]

# The first signal ends a script that spins, with the ledger and the code of an
# interruption. Seconds count from the signal on.
SPIN = "while true do end"
ROWS += [
    Attack(f"signal-{name}-{signal.lower()}", code=INTERRUPTED, says="interrupted",
           signal=signal, cpu=1.2, options="--max-seconds 60 --max-instructions 1000000000000",
           **{name: SPIN})
    for signal in ("INT", "TERM", "HUP") for name in ("top", "setup", "map")
]
ROWS += [
    Attack("signal-pcall", code=INTERRUPTED, says="interrupted", signal="INT", cpu=1.2,
           map="while true do pcall(function() while true do end end) end",
           options="--max-seconds 60 --max-instructions 1000000000000"),
    Attack("signal-ledger", code=INTERRUPTED, says=r"(?s)interrupted.*\d rows? = ", signal="INT", cpu=1.2,
           files={"in.csv": b"Code,Name\nA,A\nB,B\nC,C\n"},
           map="if at.index == 2 then while true do end end return " + GOOD,
           options="--max-seconds 60 --max-instructions 1000000000000"),
    Attack("signal-compare", code=INTERRUPTED, says="interrupted", signal="TERM", cpu=1.5,
           map=STEPS["compare-equal"], options="--max-seconds 60 --max-instructions 1000000000000"),
    Attack("signal-preview", command="preview", code=INTERRUPTED, says="interrupted", signal="INT", cpu=1.2,
           map=SPIN, options="--max-seconds 60 --max-instructions 1000000000000"),
    Attack("signal-rows", code=INTERRUPTED, says="interrupted", signal="INT", cpu=1.2,
           setup="while true do for _ in env.rows(fast.csv 'in.csv') do end end", after=0.3,
           files={"in.csv": many(b"Code,Name\n", b"A,B\n", 2000000)},
           options="--max-seconds 60 --max-instructions 1000000000000"),
]

# Bounds hold in every command that runs a script, and each can be raised.
ROWS += [
    Attack("preview-loop", command="preview", map=STEPS["compare-equal"], says=SECONDS),
    Attack("dry-run-loop", command="run --dry-run", map=STEPS["compare-equal"], says=SECONDS),
    Attack("sandbox-loop", command="run --sandbox", map=STEPS["compare-equal"], says=SECONDS),
    Attack("jobs-loop", map=STEPS["compare-equal"], options=SMALL + " --jobs 4", says=SECONDS, cpu=8,
           files={"in.csv": b"Code,Name\n" + b"A,B\n" * 9}, rss=300 * MB),
    Attack("records-raised", code=DONE, says="40 000 valid|40000 valid",
           options="--max-records 20000",
           map="local all = {} for i = 1, 20000 do all[i] = { CustomerCode = row.Code .. '-' .. i, "
           "CustomerName = 'x', Status = '1' } end return all"),
    Attack("seconds-raised", code=DONE, says="2 valid", options="--max-seconds 9 --max-instructions 1000000000000", cpu=8,
           map="local t = os.clock() while os.clock() - t < 1.5 do local s = ('x'):rep(1e6) end return " + GOOD),
    Attack("seconds-option", map=SPIN, options="--max-seconds 0", code=2, says="max-seconds"),
    Attack("rows-are-their-own", code=DONE, says="4 valid", options="--max-seconds 1 --max-instructions 1000000000000", cpu=6,
           files={"in.csv": b"Code,Name\nA,A\nB,B\nC,C\nD,D\n"},
           map="local t = os.clock() while os.clock() - t < 0.6 do local s = ('x'):rep(1e6) end return " + GOOD),
]
