local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.fixed { "kh.txt", columns = { { "Code", 10 }, { "Name", 20 }, { "Phone", 31, 40 } }, skip = 1 },
  fields = { CustomerCode = col "Code", CustomerName = col "Name", PhoneNumber = col "Phone", Status = "1" },
}
