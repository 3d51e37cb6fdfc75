local fast = require "fastsync"
local letters = ("a b c"):gmatch("%a")
return fast.setCustomer {
  map = function(row)
    return { CustomerCode = row.Code, CustomerName = letters(), Status = "1" }
  end,
}
