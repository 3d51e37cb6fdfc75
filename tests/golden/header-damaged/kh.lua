local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.csv { "in.csv" },
  fields = { CustomerCode = col "Code", CustomerName = col "Name", Status = 1 },
}
