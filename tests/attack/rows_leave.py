"""rows_leave.py: scripts that mean to leave Lua's sandbox: through what Lua
has, through what we gave them, and through what was left lying about.

What gets somewhere prints LEFT. Most of them are tried as the script loads;
`held` are those that must do no harm and be answered well."""
from kit import GOOD, HEAD, Attack

DONE, REJECTED, USAGE, SCRIPT = 0, 3, 2, 5
LEFT = "LEFT"


def leaves(name, top=None, code=DONE, says="2 valid", **more):
    if top is not None:
        more["top"] = top
    return Attack(f"leave-{name}", code=code, says=says, says_not=LEFT, **more)


# What is not there: to name it is an error.
GONE = ("io", "debug", "package", "coroutine", "dofile", "loadfile", "loadstring", "setfenv", "getfenv", "newproxy",
        "module", "warn", "unpack", "jit", "ffi", "arg", "native")
ROWS = [leaves(f"global-{name}", f"local x = {name} if x then print 'LEFT' end", SCRIPT,
               f"m.lua:3: there is no global '{name}'") for name in GONE]

# Members that Lua's own libraries have and ours must not.
ABSENT = {
    "os-execute": "os.execute", "os-exit": "os.exit", "os-remove": "os.remove", "os-rename": "os.rename",
    "os-tmpname": "os.tmpname", "os-setlocale": "os.setlocale", "string-dump": "string.dump",
    "string-dump-method": "(''):rep(0).dump", "cjson-new": "require 'cjson'.new",
    "cjson-depth": "require 'cjson'.encode_max_depth", "cjson-decode-depth": "require 'cjson'.decode_max_depth",
    "cjson-sparse": "require 'cjson'.encode_sparse_array", "fast-native": "fast.native", "fast-host": "fast.host",
    "utf8-metatable": "getmetatable(utf8)", "loaded": "rawget(_G, 'package')", "global-debug": "rawget(_G, 'debug')",
    "hidden-in-env": "rawget(_ENV, 'io')",
}
ROWS += [leaves(f"no-{name}", f"local good, x = pcall(function() return {what} end) if good and x then print 'LEFT' end")
         for name, what in ABSENT.items()]

# Modules: names that others' loaders take for something.
MODULES = ("io", "os", "debug", "package", "string", "_G", "ffi", "cjson.safe", "lfs", "socket", "posix", "..secret",
           "../secret", "/etc/passwd", "secret.lua", "sub/../secret", "", ".", "..", "a..b", "fastsync.native",
           "fastsync/init", "fastsync.forms", "fastsync...secret", "native", "=stdin", "@m", "m\\0", "none\\0secret")
ROWS += [leaves(f"module-{i}", f"local good, x = pcall(require, '{name}') print(x) if good then print 'LEFT' end",
                says="(?s)require: .*2 valid", files={"../secret.lua": b"print 'LEFT' return 1"})
         for i, name in enumerate(MODULES)]

BODIES = {
    # Bytes that are no text.
    "bytecode": "local f = load('\\27Lua\\x54\\0\\x19\\x93\\r\\n\\x1a\\n') if f then print 'LEFT' end",
    "bytecode-mode": "local f = load('\\27Lua\\x54\\0', 'x', 'b') if f then print 'LEFT' end",
    "bytecode-both": "local f = load('\\27Lua\\x54\\0', 'x', 'bt') if f then print 'LEFT' end",
    "load-function": "local ok = pcall(load, function() return '\\27Lua' end) if ok then print 'LEFT' end",
    "load-env": "local f = load('return io', 'x', 't', _G) if pcall(f) then print 'LEFT' end",
    "load-own-env": "local f = load('return io', 'x', 't', {}) if f() then print 'LEFT' end",
    "load-no-env": "local f = load('return io', 'x', 't', nil) if pcall(f) then print 'LEFT' end",
    "load-name": "local f, why = load('x x', '@/etc/passwd') print(why) if f then print 'LEFT' end",
    "load-upvalue": "local f = load('local a <close> = nil return _ENV') if rawget(f(), 'io') then print 'LEFT' end",
    # The environment, and what all share.
    "env-rawset": "rawset(_G, 'x', 1) if not rawget(_G, 'x') then error() end print(rawget(_ENV, 'io'))",
    "env-metatable": "if getmetatable(_G) ~= false then print 'LEFT' end",
    "env-setmetatable": "if pcall(setmetatable, _G, nil) then print 'LEFT' end",
    "env-setmetatable-own": "if pcall(setmetatable, _G, { __index = function() return print end }) then print 'LEFT' end",
    "string-metatable": "local m = getmetatable('') if m and m ~= false then m.__index = print print 'LEFT' end",
    "string-set": "local ok = pcall(setmetatable, 'x', {}) if ok then print 'LEFT' end",
    "row-metatable": "if getmetatable(fast.null) then print 'LEFT' end",
    "fast-metatable": "if getmetatable(fast) then print 'LEFT' end",
    "fast-setmetatable": "if pcall(setmetatable, fast, {}) then print 'LEFT' end",
    "fast-set": "if pcall(function() fast.x = 1 end) then print 'LEFT' end",
    "reject-metatable": "if pcall(fast.reject, 'x') then print 'LEFT' end",
    "vn-set": "local vn = require 'fastsync.vn' if pcall(function() vn.phones = 1 end) then print 'LEFT' end",
    "function-metatable": "if getmetatable(print) then print 'LEFT' end",
    "function-index": "if pcall(function() return print.x end) then print 'LEFT' end",
    "nil-metatable": "if getmetatable(nil) or getmetatable(1) or getmetatable(true) then print 'LEFT' end",
    # What runs when nobody looks.
    "gc": "if pcall(setmetatable, {}, { __gc = function() print 'LEFT' end }) then print 'LEFT' end",
    "gc-later": "do local m = {} setmetatable({}, m) m.__gc = function() print 'LEFT' end end "
                "for i = 1, 1e5 do local t = {} end",
    "gc-inherited": "local m = setmetatable({}, { __index = { __gc = function() print 'LEFT' end } }) "
                    "setmetatable({}, m) m = nil for i = 1, 1e5 do local t = {} end",
    "mode": "local t = setmetatable({}, { __mode = 'kv' }) t[1] = {} for i = 1, 1e5 do local x = {} end",
    "close": "local ok = pcall(function() local x <close> = setmetatable({}, "
             "{ __close = function() error 'again' end }) error 'first' end) if ok then print 'LEFT' end",
    "close-none": "if pcall(load, 'local x <close> = 1') and load('local x <close> = 1') and "
                  "pcall(load('local x <close> = 1')) then print 'LEFT' end",
    "collect-stop": "if pcall(collectgarbage, 'stop') then print 'LEFT' end",
    "collect-modes": "for _, m in ipairs { 'generational', 'incremental', 'setpause', 'restart', 'isrunning', '' } do "
                     "if pcall(collectgarbage, m, 1, 1) then print 'LEFT' end end",
    "error-in-handler": "local n = 0 local function h() n = n + 1 error 'x' end print(pcall(xpcall, error, h, 'y'))",
    "handler-deep": "local function h(e) return xpcall(error, h, e) end print(pcall(xpcall, error, h, 'y'))",
    # Pretended things.
    "fake-name": "print(setmetatable({}, { __name = 'row' })) print(pcall(function() return #fast.null end))",
    "fake-pairs": "for k in pairs(setmetatable({}, { __pairs = function() return function() end end })) do print 'LEFT' end",
    "fake-text": "print(pcall(tostring, setmetatable({}, { __tostring = function() return 5 end })))",
    "fake-text-loop": "local m = {} m.__tostring = function(t) return tostring(t) end "
                      "if pcall(tostring, setmetatable({}, m)) then print 'LEFT' end",
    "index-loop": "local t = {} setmetatable(t, { __index = t }) if pcall(function() return t.x end) then print(t.x) end",
    "index-chain": "local t = {} for i = 1, 3000 do t = setmetatable({}, { __index = t }) end "
                   "if pcall(function() return t.x end) then print(1) end",
    "newindex-loop": "local t = {} setmetatable(t, { __newindex = t }) pcall(function() t.x = 1 end)",
    "eq-deep": "local m = {} m.__eq = function(a, b) return a == setmetatable({}, m) end "
               "if pcall(function() return setmetatable({}, m) == setmetatable({}, m) end) then print 'LEFT' end",
    "concat-deep": "local m = {} m.__concat = function(a, b) return a .. b end local t = setmetatable({}, m) "
                   "if pcall(function() return t .. t end) then print 'LEFT' end",
    "sort-liar": "local t = {} for i = 1, 500 do t[i] = i % 7 end pcall(table.sort, t, function() return true end)",
    "sort-changes": "local t = {} for i = 1, 500 do t[i] = i end pcall(table.sort, t, function(a, b) "
                    "for i = 1, #t do t[i] = nil end return (a or 0) < (b or 0) end)",
    "next-changes": "local t = {} for i = 1, 500 do t['k' .. i] = i end pcall(function() "
                    "for k in pairs(t) do t[k] = nil t[k .. 'x'] = 1 for i = 1, 9 do t[{}] = 1 end if #k > 99 then break end end end)",
    "select-negative": "if pcall(select, -9, 1) then print 'LEFT' end",
    "concat-wrap": "if pcall(table.concat, {}, '', math.maxinteger - 1, math.maxinteger) then print 'LEFT' end",
    "insert-wrap": "pcall(table.insert, setmetatable({}, { __len = function() return math.maxinteger end }), 'x')",
    "remove-wrap": "pcall(table.remove, setmetatable({}, { __len = function() return math.mininteger end }))",
    "len-liar": "local t = setmetatable({}, { __len = function() return 'x' end }) if pcall(table.concat, t) then print 'LEFT' end",
    "format-wide": "if pcall(string.format, '%999d', 1) then print 'LEFT' end",
    "format-many": "if pcall(string.format, ('%d'):rep(300), 1) then print 'LEFT' end",
    "format-n": "if pcall(string.format, '%n', 1) then print 'LEFT' end",
    "find-least": "print(('abc'):find('b', math.mininteger), ('abc'):find('b', math.maxinteger))",
    "find-least-plain": "print(('abc'):find('b', math.mininteger, true), ('abc'):sub(math.mininteger, math.maxinteger))",
    "byte-many": "if pcall(string.byte, ('x'):rep(1e7), 1, -1) then print 'LEFT' end",
    "rep-wrap": "if pcall(string.rep, 'xxxxxxxx', math.maxinteger) then print 'LEFT' end",
    "pack-wrap": "for _, f in ipairs { 'i17', '!17i4', 's17', 'Xz', 'c', '!3i4' } do if pcall(string.pack, f, 1) then print 'LEFT' end end",
    "unpack-behind": "if pcall(string.unpack, 's4', '\\255\\255\\255\\127x') then print 'LEFT' end",
    "unpack-place": "if pcall(string.unpack, 'i4', 'xxxx', math.maxinteger) then print 'LEFT' end",
    "char-wrong": "if pcall(string.char, 256) or pcall(utf8.char, -1) then print 'LEFT' end",
    "utf8-place": "if pcall(utf8.codepoint, 'x', math.mininteger, math.maxinteger) then print 'LEFT' end",
    "gsub-table": "pcall(string.gsub, 'abc', '.', setmetatable({}, { __index = function() return {} end }))",
    "gsub-percent": "if pcall(string.gsub, 'abc', '.', '%9') then print 'LEFT' end",
    "pattern-open": "for _, p in ipairs { '[', '%', '(', '%f', '%b', '%bx', '[%', '[a-', '(()', '%1' } do "
                    "if pcall(string.find, 'x', p) then print 'LEFT' end end",
    "date-wrong": "for _, f in ipairs { '%', '%Ez', '%Q', '%-d', '*t%' } do if pcall(os.date, f) and f ~= '*t%' then print 'LEFT' end end",
    "date-huge": "pcall(os.date, '%c', math.maxinteger) pcall(os.time, { year = math.maxinteger, month = 1, day = 1 })",
    "random-wrong": "if pcall(math.random, 2, 1) then print 'LEFT' end pcall(math.random, math.mininteger, math.maxinteger)",
    "integer-wrap": "if pcall(function() return 1 // 0 end) then print 'LEFT' end local x = math.mininteger // -1 x = math.mininteger % -1",
    "for-wrap": "local n = 0 for i = math.maxinteger - 1, math.maxinteger do n = n + 1 end if n ~= 2 then print 'LEFT' end",
    "tonumber-base": "if pcall(tonumber, 'z', 99) then print 'LEFT' end print(tonumber('1e9999'), tonumber('0x' .. ('f'):rep(999)))",
    "json-function": "if pcall(require 'cjson'.encode, print) then print 'LEFT' end",
    "json-itself": "local t = {} t[1] = t if pcall(require 'cjson'.encode, t) then print 'LEFT' end",
    "json-sparse": "if pcall(require 'cjson'.encode, { [1e6] = 1 }) then print 'LEFT' end",
    "json-key": "if pcall(require 'cjson'.encode, { [{}] = 1 }) then print 'LEFT' end",
    "json-settings": "local j = require 'cjson' pcall(j.encode_keep_buffer, true) pcall(j.encode_number_precision, 99) "
                     "pcall(j.encode_invalid_numbers, true) pcall(j.decode_invalid_numbers, true) "
                     "print(pcall(j.encode, { 1 / 0, 1e308 }))",
    "json-broken": "local j = require 'cjson' for _, s in ipairs { '', '{', '[1', '\"\\\\u12', '\\0', '\"\\\\ud800\"', '1e', 'nul' } do "
                   "if pcall(j.decode, s) then print 'LEFT' end end",
    "locals-many": "local t = {} for i = 1, 201 do t[i] = 'local a' .. i end if load(table.concat(t, ' ')) then print 'LEFT' end",
    "upvalues-many": "local t = { 'local a0' } for i = 1, 260 do t[#t + 1] = 'do local a' .. i .. ' = 1 end' end load(table.concat(t, '\\n'))",
    "registers-many": "if load('return ' .. ('{'):rep(190) .. ('}'):rep(190)) then print(1) end",
    "goto-into": "if load('goto x do ::x:: end') then print 'LEFT' end",
    "const": "if load('local x <const> = 1 x = 2') then print 'LEFT' end",
}
ROWS += [leaves(name, body) for name, body in BODIES.items()]
ROWS += [leaves(f"{name}-map", map=BODIES[name] + " return " + GOOD, code=DONE, says="2 (valid|skipped|rejected)")
         for name in ("bytecode", "env-metatable", "string-metatable", "gc", "close", "error-in-handler",
                      "json-function", "pattern-open", "collect-stop", "row-metatable")]

# What is a stop is one, whatever is caught.
STOPS = {
    "unpack-huge": "pcall(table.unpack, {}, 1, 1e9)",
    "unpack-wrap": "pcall(table.unpack, {}, math.mininteger, math.maxinteger)",
    "move-wrap": "pcall(table.move, {}, 1, math.maxinteger, 2)",
    "rep-bomb": "pcall(string.rep, 'x', 1e12)",
    "caught": "pcall(function() while true do end end) print 'LEFT'",
    "caught-close": "pcall(function() local x <close> = setmetatable({}, { __close = function() print 'LEFT' end }) "
                    "while true do end end)",
    "caught-twice": "pcall(pcall, pcall, function() while true do end end) print 'LEFT'",
    "caught-handler": "xpcall(function() while true do end end, function() print 'LEFT' end)",
    "caught-sort": "pcall(table.sort, { 3, 2, 1 }, function() while true do end end) print 'LEFT'",
    "caught-gsub": "pcall(string.gsub, 'abc', '.', function() while true do end end) print 'LEFT'",
    "caught-tostring": "pcall(tostring, setmetatable({}, { __tostring = function() while true do end end })) print 'LEFT'",
    "caught-load": "pcall(load('while true do end')) print 'LEFT'",
    "caught-require": "pcall(require, 'spin') print 'LEFT'",
    "caught-close-loop": "for i = 1, 10 do pcall(function() local x <close> = setmetatable({}, "
                         "{ __close = function() while true do end end }) while true do end end) end print 'LEFT'",
    "caught-index": "pcall(function() return setmetatable({}, { __index = function() while true do end end }).x end) print 'LEFT'",
}
ROWS += [leaves(f"stop-{name}", body, SCRIPT, "ran out of its", files={"spin.lua": b"while true do end"})
         for name, body in STOPS.items()]
ROWS += [leaves(f"stop-{name}-map", map=STOPS[name] + " return " + GOOD, code=SCRIPT, says="in.csv:2: ran out of its")
         for name in ("unpack-huge", "caught", "caught-close", "caught-handler", "caught-load")]
