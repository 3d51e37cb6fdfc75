local fast = require "fastsync"

local ends = {
  math.mininteger, math.mininteger + 1, math.maxinteger, math.maxinteger - 1,
  -1, 0, 1, -4, 4, 2 ^ 53, -2 ^ 63, 2 ^ 63, 1e308, -1e308, 1 / 0, -1 / 0, 0 / 0,
  1 << 31, -(1 << 31), (1 << 31) - 1, 1 << 32, -9223372036854775807,
}
local subjects = { "", "abc", "Trần", "a.b", "12", "\0", "1\0002", "31/12/2024" }
local parts, part = 12, tonumber(os.getenv "PART")
local reached, tried, answered = 0, 0, 0

local function try(f, ...)
  reached = reached + 1
  if reached % parts ~= part then return end
  tried = tried + 1
  local good = pcall(f, ...)
  answered = answered + (good and 1 or 0)
end

local function two_numbers(f, ...)
  for _, i in ipairs(ends) do
    local first = table.pack(...)
    first[first.n + 1] = i
    try(f, table.unpack(first, 1, first.n + 1))
    for _, j in ipairs(ends) do
      first[first.n + 2] = j
      try(f, table.unpack(first, 1, first.n + 2))
    end
  end
end

-- What walks from one to the other would spend the whole budget.
local function near(i, j)
  local a, b = math.tointeger(i), math.tointeger(j)
  return not a or not b or b < a or math.ult(b - a, 1000)
end

local function by_position()
  for _, s in ipairs(subjects) do
    two_numbers(string.sub, s)
    two_numbers(string.byte, s)
    two_numbers(utf8.len, s)
    two_numbers(utf8.codepoint, s)
    two_numbers(utf8.offset, s)
    for _, i in ipairs(ends) do
      for _, plain in ipairs { false, true } do
        for _, what in ipairs { "", "b", "%w", "^b", "[^b]*", "." } do
          try(string.find, s, what, i, plain)
          try(string.match, s, what, i)
          try(function() for _ in string.gmatch(s, what, i) do end end)
          try(string.gsub, s, what, "x", i)
        end
      end
      if i ~= i or i < 1000 then
        try(string.rep, s, i)
        try(string.rep, s, i, "-")
      end
      for _, how in ipairs { "%d", "%x", "%c", "%5d", "%.3d", "%i", "%g", "%a", "%.14g", "%q" } do
        try(string.format, how, i)
      end
      try(string.pack, "i8", i)
      try(string.pack, "I1", i)
      try(string.unpack, "b", s, i)
    end
  end
end

local function of_tables()
  for _, i in ipairs(ends) do
    for _, j in ipairs(ends) do
      if near(i, j) then
        try(table.concat, { "a", "b" }, ",", i, j)
        try(table.unpack, { 1, 2 }, i, j)
        try(table.move, { 1, 2 }, i, j, 1)
      end
      try(table.move, { 1, 2 }, 1, 2, i)
      try(select, i, 1, 2)
      try(math.fmod, i, j)
      try(math.random, i, j)
      try(math.ult, i, j)
      try(tonumber, "10", i)
      try(function() return i // j end)
      try(function() return i % j end)
      try(function() return i << j end)
    end
    try(table.insert, { 1 }, i, 2)
    try(table.remove, { 1 }, i)
    try(math.abs, i)
    try(math.tointeger, i)
    try(math.randomseed, i)
    try(utf8.char, i)
    try(os.date, "!%Y-%m-%d", i)
    try(os.time, { year = i, month = i, day = i })
    try(os.difftime, i, i)
    try(string.char, i)
  end
end

-- Each text function that there is, with numbers wherever one may stand.
local function of_texts()
  local libraries = { fast, require "fastsync.vn" }
  for _, library in ipairs(libraries) do
    local names = {}
    for name in pairs(library) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do
      local f = library[name]
      if type(f) == "function" and name ~= "connect" then
        for _, i in ipairs(ends) do
          try(f, i)
          for _, s in ipairs(subjects) do
            try(f, s, i)
            try(f, i, s)
            try(f, s, i, -1)
            try(f, s, i, math.mininteger)
            try(f, s, i, math.maxinteger)
            try(f, s, 1, i)
            try(f, s, { decimal = i, group = i })
          end
        end
      end
    end
  end
end

return fast.setCustomer {
  source = "in.csv",
  ordered = true,
  map = function(row)
    by_position()
    of_tables()
    of_texts()
    assert(tried * parts > 50000 and answered * parts > 20000)
    local at = ("abc"):find("b", math.mininteger)
    return { CustomerCode = row.Code, CustomerName = row.Name .. at,
      Address = ("abc"):sub(math.mininteger, math.maxinteger), Status = "1" }
  end,
}
