local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  options = { max_rejected = "100%" },
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email        = col "Mail",
    Status       = 1,
  },
}
