-- Only one row of many does it, long after the first chunk was sent.
local fast = require "fastsync"
local put = rawset
local last = {}
return fast.setCustomer {
  map = function(row)
    if row.Code == "KH29000" then put(last, "code", row.Code) end
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
  end,
}
