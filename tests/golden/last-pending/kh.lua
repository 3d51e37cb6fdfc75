local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  duplicates = "last",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email = col "Mail",
    PhoneNumber = col "Phone",
    Status = "1",
  },
}
