local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = "kh.csv",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    PhoneNumber  = col "Phone",
    Status       = 1,
  },
}
