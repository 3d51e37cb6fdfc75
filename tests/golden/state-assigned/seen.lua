local fast = require "fastsync"
local seen = {}
return fast.setCustomer {
  map = function(row)
    if seen[row.Mail] then return nil, "repeated" end
    seen[row.Mail] = true
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
  end,
}
