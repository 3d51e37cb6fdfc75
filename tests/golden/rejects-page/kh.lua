local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.csv { "in.csv", header = 2 },
  fields = { CustomerCode = col "<b>Code</b>", CustomerName = col "Name", Status = "1" },
}
