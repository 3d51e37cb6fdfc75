local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.made { "rows.made" },
  duplicates = "last",
  fields = {
    CustomerCode = col "code",
    CustomerName = col "name",
    Status = col "active",
  },
}
