-- Strings have the text functions; upper and lower know all letters; what Lua's own do to letters is told.
local fast = require "fastsync"
return fast.setCustomer {
  source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" },
  map = function(row)
    local name = row.name
    local bytes = 0
    for i = 1, #name do bytes = bytes + name:byte(i) end
    return {
      CustomerCode = row.code:prefix("SHOP-"):lower(),
      CustomerName = name:upper(),
      OtherName    = name:lower():title():ascii(),
      Partner      = name:sub(1, 4) == "CÔN" and "a company" or nil,
      GroupCode1   = name:match("%a+"),
      GroupCode2   = name:match("^(%S+)%s"),
      GroupCode3   = name:truncate(4),
      SaleCode     = tostring(name:len() > 16),
      BranchName   = name:gsub("%W", ""),
      Status       = 1,
    }
  end,
}
