-- The library that a mapping script requires. It only builds: expressions,
-- sources and mappings are plain tables, which the host reads once and then
-- runs natively (core/plan/plan.h, core/bind/source.c, core/script/read.c). What
-- is wrong with them is said here, where the script's line is at hand.

local native = ...

local fast = {
  null = native.null,       -- no value; the same as cjson.null
  empty = native.empty,     -- an explicit ""
  same = native.same,       -- pick's "itself"
  reject = native.reject,
  warn = native.warn,
  validate = native.validate,
  connect = native.connect,
}

local function fail(format, ...)
  native.fail(string.format(format, ...))
end

local function did_you_mean(name, names)
  local near = native.nearest(tostring(name), names)
  return near and ": did you mean '" .. near .. "'?" or ""
end

-- Text functions; those of other libraries have a dot in their names.

for name, call in pairs(native.text) do
  if not name:find(".", 1, true) then fast[name] = call end
end

-- Expressions.

local expression = native.expression

local method_names = {}
for name in pairs(native.methods) do method_names[#method_names + 1] = name end
table.sort(method_names)

expression.__metatable = false
expression.__name = "expression"

function expression.__index(e, name)
  local method = native.methods[name]
  if method then return method end
  if name == "optional" or name == "position" or name == "name" then return nil end
  if type(name) ~= "string" then
    fail("%s is no list: fast.with(%s, function(value) … end) works with each row's value", native.shown(e), native.shown(e))
  end
  fail("there is no text function '%s'%s", name, did_you_mean(name, method_names))
end

-- What Lua does with an expression itself it does while the script loads, once
-- for all rows.

local by_hand = "fast.with(%s, function(value) … end) or function(row) … end works with each row's values"

local function operand(a, b)
  if type(a) ~= "table" or getmetatable(a) ~= false or rawget(a, "kind") == nil then a = b end
  return native.shown(a)
end

local function no_operator(event, sign, instead)
  expression[event] = function(a, b)
    local e = operand(a, b)
    fail("%s: `%s` is done once, while the script loads: %s", e, sign, (instead or by_hand):gsub("%%s", e))
  end
end

for event, sign in pairs {
  __add = "+", __sub = "-", __mul = "*", __div = "/", __idiv = "//", __mod = "%", __pow = "^", __unm = "-",
  __band = "&", __bor = "|", __bxor = "~", __shl = "<<", __shr = ">>", __bnot = "~", __lt = "<", __le = "<=",
} do no_operator(event, sign) end

no_operator("__eq", "==")
no_operator("__concat", "..", "fast.join(\"\", a, b) puts texts together"
  .. (native.text.prefix and "; fast.prefix and fast.suffix leave out a constant beside a blank" or ""))
no_operator("__len", "#", "%s:len() is the length of each row's text")
no_operator("__tostring", "tostring", "an expression has no text yet; " .. by_hand)
no_operator("__pairs", "pairs", "an expression is no list; " .. by_hand)
no_operator("__call", "()", by_hand)

function expression.__newindex(e) fail("%s cannot be changed", native.shown(e)) end

local function is_expression(value)
  return type(value) == "table" and rawget(value, "kind") ~= nil
end

local function make(kind, parts)
  parts.kind = kind
  parts.line = native.line()
  return native.made(setmetatable(parts, expression))
end

--- A column of the input, by its header or its number. A header that stands
--- several times has a number beside it: col("Phone", 2).
function fast.col(which, ...)
  local optional, number
  for i = 1, select("#", ...) do
    local how = select(i, ...)
    if how == "optional" then
      optional = true
    elseif math.type(how) == "integer" and how >= 1 and type(which) == "string" then
      number = how
    elseif how ~= nil then
      fail("col: after the column comes \"optional\", or a number where the header has the name several times")
    end
  end
  if math.type(which) == "integer" and which >= 1 then
    return make("column", { position = which, optional = optional })
  elseif type(which) == "string" and which:find("%S") then
    return make("column", { name = which, number = number, optional = optional })
  end
  fail("col: a column is named by its header or its number from 1 on")
end

--- A Lua function of chosen values.
function fast.with(...)
  local count = select("#", ...)
  local call = select(count, ...)
  if type(call) ~= "function" then
    fail("with: the last argument is the function, called with the values before it")
  elseif count < 2 then
    fail("with: name the values that the function is called with")
  end
  local parts = { ... }
  parts[count] = nil
  local any = false
  for i = 1, count - 1 do any = any or is_expression(parts[i]) or type(parts[i]) == "function" end
  if not any then
    fail("with: none of its values is of the row: a column is col %s", type(parts[1]) == "string"
      and "\"" .. parts[1] .. "\"" or "\"…\"")
  end
  parts.n, parts.call = count - 1, call
  return make("with", parts)
end

-- `col[1]`, `col.Name`, `vn.phone.x`: functions have no fields.

native.functions(function(f, name)
  if f == fast.col and math.type(name) == "integer" then
    fail("col is a function: write col(%d), not col[%d]", name, name)
  elseif f == fast.col then
    fail("col is a function: write col \"%s\", without a dot or brackets", tostring(name))
  end
  fail("a function has no '%s': call it with ( )", tostring(name))
end)

-- Maps, as nested cells hold them.

local map = native.map

map.__metatable = false
map.__name = "map"

function map.__tostring(members)
  local count = 0
  for _ in next, members do count = count + 1 end
  return "a map of " .. count
end

-- Sources.

local source = { __metatable = false, __name = "source" }

local function add_path(paths, path)
  if type(path) ~= "string" or path == "" then
    fail("a source's path is a text, not a %s", path == "" and "blank" or type(path))
  elseif path:find("\0", 1, true) then
    fail("a source's path has a NUL in it")
  end
  paths[#paths + 1] = path
end

-- A path, or a list of paths.
local function add_paths(paths, given)
  if type(given) ~= "table" then return add_path(paths, given) end
  for name in pairs(given) do
    if math.type(name) ~= "integer" or name < 1 or name > #given then
      fail("a list of paths, { \"a.csv\", \"b.csv\" }, has nothing else in it")
    end
  end
  for i = 1, #given do add_path(paths, given[i]) end
end

-- What comes behind the table would be passed over, and with it what it says.
local function make_source(format, given, ...)
  local called = "fast." .. (format or "file")
  if select("#", ...) > 0 then
    fail("%s takes one argument: %s { \"file\", option = value }", called, called)
  end
  local made = { kind = "source", format = format, line = native.line(), options = {} }
  if type(given) ~= "table" then
    add_path(made, given)
    return setmetatable(made, source)
  end
  for i = 1, #given do add_paths(made, given[i]) end
  local wrong = {}
  if given.path ~= nil then add_path(made, given.path) end
  if given.url ~= nil then add_path(made, given.url) end
  if given.files ~= nil then add_paths(made, given.files) end
  if format == "sql" and given.dsn ~= nil then add_path(made, "odbc:" .. tostring(given.dsn)) end
  for name, value in pairs(given) do
    if name == "path" or name == "files" or name == "url" or format == "sql" and name == "dsn" then
      -- taken by now
    elseif math.type(name) ~= "integer" then
      wrong[#wrong + 1] = native.option(format, tostring(name), value)
      made.options[name] = value
    end
  end
  if #wrong > 0 then fail("source: %s", table.concat(wrong, "; ")) end
  if #made == 0 then fail("a source names its file: fast.csv { \"customers.csv\" }") end
  return setmetatable(made, source)
end

function fast.file(given, ...) return make_source(nil, given, ...) end

--- What is fetched from a URL, of any format.
function fast.http(given, ...)
  local url = type(given) == "table" and (given.url or given[1]) or given
  if type(url) ~= "string" or not url:lower():find("^https?://") then
    fail("http: its url begins with https://: fast.http { url = \"https://…\" }")
  end
  return make_source(nil, given, ...)
end

for _, format in ipairs(native.formats) do
  fast[format] = function(given, ...) return make_source(format, given, ...) end
end

-- With one table, a lookup (lookup.lua); else the text function of that name.
fast.lookup = require "fastsync.lookup"

-- Mappings: what each key may be.

local keys = {
  source = "source", fields = "table", map = "function", where = "test",
  setup = "function", key = "field", options = "options", duplicates = "duplicates",
  ordered = "truth",
}

local key_names = { "duplicates", "fields", "key", "map", "options", "ordered", "setup", "source", "where" }

local checks = {}

function checks.source(_, value) native.sources(value) end

function checks.table(name, value)
  if type(value) ~= "table" or is_expression(value) then
    fail("%s: a table of fields, not a %s", name, type(value))
  end
end

checks["function"] = function(name, value)
  if type(value) ~= "function" then fail("%s: a function, not a %s", name, type(value)) end
end

function checks.test(name, value)
  if type(value) == "boolean" then
    fail("%s: this is %s for all rows: `==`, `~=` and `not` decide while the script loads; %s", name, value,
      "`where = function(row) return row[\"Column\"] == \"value\" end` decides for each row")
  elseif type(value) ~= "function" and not is_expression(value) then
    fail("%s: an expression or a function, not a %s", name, type(value))
  end
end

function checks.field(name, value, form)
  if type(value) ~= "string" then fail("%s: a field's name, not a %s", name, type(value)) end
  local field, near = native.field(form, value)
  if not field then
    fail("key: %s has no field '%s'%s", form, value, near and ": did you mean '" .. near .. "'?" or "")
  end
end

-- `true`, or a list of kinds of warnings; which there are, the host knows.
local function strict(value)
  if type(value) ~= "table" then
    fail("options: strict is true, or a list of kinds, { \"phone\" }, not a %s", type(value))
  end
  for place, kind in pairs(value) do
    if math.type(place) ~= "integer" or type(kind) ~= "string" then
      fail("options: strict is a list of kinds, { \"phone\" }")
    end
  end
end

local function preferences(value, inner)
  for option, preference in pairs(value) do
    local kind = type(preference)
    if type(option) ~= "string" then
      fail("options: a preference has a name: { batch = 200 }")
    elseif option == "guard" and not inner then
      if kind ~= "table" then fail("options: guard is a table, { max_rejected = \"5%%\", min_rows = 1, max_shrink = \"50%%\" }, not a %s", kind) end
      preferences(preference, true)
    elseif option == "strict" and kind ~= "boolean" and not inner then
      strict(preference)
    elseif kind ~= "string" and kind ~= "number" and kind ~= "boolean" then
      fail("options: %s is a %s", option, kind)
    end
  end
end

function checks.options(name, value)
  if type(value) ~= "table" then fail("%s: a table of preferences, not a %s", name, type(value)) end
  preferences(value, false)
end

function checks.duplicates(_, value)
  if value ~= "last" and value ~= "reject" then
    fail("duplicates: \"last\" or \"reject\", not %s", tostring(value))
  end
end

function checks.truth(name, value)
  if type(value) ~= "boolean" then fail("%s: true or false, not a %s", name, type(value)) end
end

local mapping = { __metatable = false, __name = "mapping" }

local function make_mapping(form, given)
  if type(given) ~= "table" then fail("fast.%s: a table is wanted: fast.%s { fields = { … } }", form, form) end
  local made = { kind = "mapping", form = form, line = native.line() }
  local found = {}
  for name in pairs(given) do found[#found + 1] = tostring(name) end
  table.sort(found)
  for _, name in ipairs(found) do
    if not keys[name] then
      fail("fast.%s: there is no key '%s'%s", form, name, did_you_mean(name, key_names))
    end
    checks[keys[name]](name, given[name], form)
    made[name] = given[name]
  end
  if given.fields == nil and given.map == nil then
    fail("fast.%s: `fields` or `map` says what a record is", form)
  elseif given.fields ~= nil and given.map ~= nil then
    fail("fast.%s: `fields` or `map`, not both", form)
  end
  return native.made(setmetatable(made, mapping))
end

for _, form in ipairs(native.forms) do
  fast[form] = function(given) return make_mapping(form, given) end
end

-- A name that is not there is a mistake, here as anywhere.

local names = {}
for name in pairs(fast) do names[#names + 1] = name end
table.sort(names)

return setmetatable(fast, {
  __metatable = false,
  __index = function(_, name)
    fail("there is no fast.%s%s", tostring(name), did_you_mean(name, names))
  end,
  __newindex = function(_, name) fail("fast.%s cannot be set", tostring(name)) end,
})
