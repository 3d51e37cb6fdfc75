local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  fields = { CustomerCode = col "Code", CustomerName = col "Name", Status = "1" },
}
