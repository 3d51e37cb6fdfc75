local fast = require "fastsync"
return fast.setCustomer {
  source = fast.fixed { "kh.txt", columns = { Code = 10, Name = 20 } },
  fields = { CustomerCode = fast.col "Code", CustomerName = fast.col "Name", Status = "1" },
}
