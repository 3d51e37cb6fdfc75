local fast = require "fastsync"

return fast.setCustomer {
  fields = { CustomerCode = fast.col(1), CustomerName = fast.col(2), Status = "1" },
}
