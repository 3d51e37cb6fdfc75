-- fast.lookup { source = …, key = … }: rows of another file, found by their key
-- (core/bind/lookup/lookup.c). With more than one argument it is the text
-- function of that name.

local native = ...

local function fail(format, ...)
  native.fail(string.format(format, ...))
end

local lookup_keys = { "columns", "duplicates", "ignore_case", "key", "missing", "source" }
local lookup_words = {
  duplicates = { reject = 0, first = 1, last = 2, refuse = 3 },
  missing = { reject = 0, warn = 1, blank = 2 },
}

-- A column, or a list of them.
local function column_names(option, given)
  local names = type(given) == "table" and given or { given }
  for place, name in pairs(names) do
    if math.type(place) ~= "integer" or type(name) ~= "string" or not name:find("%S") then
      fail("fast.lookup: %s is a column's name, or a list of names, { \"A\", \"B\" }", option)
    end
  end
  if #names == 0 then fail("fast.lookup: %s names no column", option) end
  return names
end

-- The number of what an option says; the first word is the standard.
local function lookup_word(option, said)
  if said == nil then return 0 end
  local number = type(said) == "string" and lookup_words[option][said]
  if not number then
    local words = {}
    for word, place in pairs(lookup_words[option]) do words[place + 1] = "\"" .. word .. "\"" end
    fail("fast.lookup: %s: %s, not %s", option, table.concat(words, " or "), tostring(said))
  end
  return number
end

-- What is wrong with the table's keys.
local function check_keys(given)
  if type(given) ~= "table" or rawget(given, "kind") ~= nil then
    fail("fast.lookup: a table is wanted: fast.lookup { source = fast.csv \"addresses.csv\", key = \"ADDRESSID\" }")
  end
  for name in pairs(given) do
    local known = false
    for _, key in ipairs(lookup_keys) do known = known or name == key end
    if not known then
      local near = native.nearest(tostring(name), lookup_keys)
      fail("fast.lookup: there is no key '%s'%s", tostring(name), near and ": did you mean '" .. near .. "'?" or "")
    end
  end
  if given.source == nil then fail("fast.lookup: `source` is the file that it reads") end
  if given.key == nil then fail("fast.lookup: `key` is the column that rows are found by") end
  if type(given.ignore_case or false) ~= "boolean" then fail("fast.lookup: ignore_case is true or false") end
end

return function(given, ...)
  if select("#", ...) > 0 then return native.text.lookup(given, ...) end
  check_keys(given)
  native.sources(given.source)
  return native.lookup(given.source, column_names("key", given.key),
    given.columns ~= nil and column_names("columns", given.columns) or nil,
    lookup_word("duplicates", given.duplicates), lookup_word("missing", given.missing),
    given.ignore_case, native.line())
end
