-- For inputs that cannot be read: a mapping that is in order.

local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.csv { "missing-source.csv" },
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Status       = 1,
  },
}
