local fast = require "fastsync"
local col = fast.col
local found = fast.lookup { source = SOURCE, key = KEY }
return fast.setCustomer {
  source = fast.csv "in.csv",
  fields = { CustomerCode = col "Code", CustomerName = col "Code":lookup(found, "Name"), Status = 1 },
}
