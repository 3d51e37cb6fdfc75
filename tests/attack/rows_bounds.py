"""rows_bounds.py: scripts that mean to take all time, all memory, or to go on
when they are told to end. A bound counts for the whole process, whatever the
script does within one instruction."""
from kit import GOOD, HEAD, INTERRUPTED, MB, SCRIPT, Attack

SECONDS = r"m\.lua(:\d+)?: (in\.csv:2: )?ran out of its 1 seconds"
TIME = rf"{SECONDS}|ran out of its budget of 100000000 instructions"
MEMORY = r"ran out of its memory of 67108864 bytes; --max-memory raises it"
ANY = f"{TIME}|{MEMORY}"
DONE = 0

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
    "load-labels": "local t = {} for i = 1, 32000 do t[i] = '::l' .. i .. '::' end t = table.concat(t) while true do load(t) end",
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

ROWS = [Attack(f"step-{name}", map=body, says=ANY)
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
