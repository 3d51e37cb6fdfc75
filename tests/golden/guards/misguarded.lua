local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  options = { guard = "5%" },
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email = col "Mail",
    Status = "1",
  },
}
