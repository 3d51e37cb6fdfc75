local fast = require "fastsync"
local wanted = { zeta = 1, alpha = 2, [10] = 3, [2] = 4, [1] = 5, [1.5] = 6, [true] = 7, [-3] = 8, ["Đ"] = 9, [""] = 10 }
local function names(walk, ...)
  local all = {}
  for name in walk, ... do all[#all + 1] = tostring(name) end
  return table.concat(all, " ")
end
print(names(pairs(wanted)))
print(names(next, wanted))
local many = {}
for i = 1, 2000 do many["k" .. (i * 7919 % 2003)] = i end
local before
for name in pairs(many) do
  assert(before == nil or before < name)
  before = name
  many[name] = nil
end
print(next(many), next({}), next({ only = 1 }))
for name, value in pairs(setmetatable({ 1 }, { __pairs = function() return next, { own = 2 } end })) do print(name, value) end
local list = { 1, 2, 3, nil, 5, x = 6 }
for i in pairs(list) do list[i] = nil end
print(next(list))
return fast.setCustomer {
  map = function(row)
    local text = {}
    for name, value in pairs { z = row.Code, m = row.Name, a = row.Mail, [3] = "x" } do
      text[#text + 1] = name .. "=" .. value
    end
    return { CustomerCode = row.Code, CustomerName = table.concat(text, " "), Status = "1" }
  end,
}
