local fast = require "fastsync"
local col = fast.col
local known = fast.lookup { source = SOURCE, key = KEY, ignore_case = true, missing = "blank" }
return fast.setCustomer {
  source = fast.csv "in.csv",
  fields = { CustomerCode = col "Code", CustomerName = col "Code":lookup(known, "Tên khách hàng", "Khách lạ"), Status = 1 },
}
