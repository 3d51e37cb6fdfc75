local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.csv "kh.csv",
  fields = { CustomerCode = col "code", CustomerName = col "name", Description = col "_types", Status = 1 },
}
