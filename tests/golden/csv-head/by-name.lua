local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  fields = { CustomerCode = col "code", CustomerName = col "name", Status = "1" },
}
