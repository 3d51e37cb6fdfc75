local fast = require "fastsync"
local seen = {}
return fast.setCustomer {
  map = function(row)
    table.insert(seen, row.Mail)
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
  end,
}
