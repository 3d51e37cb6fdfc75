local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "in.csv", header = 3 },
  fields = { CustomerCode = col(1), CustomerName = col(2), PhoneNumber = col(3), Status = 1 },
}
