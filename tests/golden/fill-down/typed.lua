local fast = require "fastsync"
local function show(value) return math.type(value) or type(value) == "table" and "table" or value end
return fast.setCustomer {
  source = fast.made { "typed.made", fill_down = { "group", "n" } },
  map = function(row, at)
    if row.code == "K2" and not at.file:find("rejects") then return fast.reject("try again") end
    return { CustomerCode = row.code, CustomerName = show(row.group), Address = row.n, Status = "1" }
  end,
}
