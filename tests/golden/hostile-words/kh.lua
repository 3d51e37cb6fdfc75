local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv" },
  fields = { CustomerCode = col "code", CustomerName = col "name", Status = "1" },
}
