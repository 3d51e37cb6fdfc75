local fast = require "fastsync"

return fast.setCustomer {
  source = fast.csv { "kh.csv", escape = "\\", header = 1 },
  fields = { CustomerCode = fast.col(1), CustomerName = fast.col(2), Status = "1" },
}
