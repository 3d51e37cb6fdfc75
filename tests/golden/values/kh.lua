local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Address = col "Address",
    PhoneNumber = col "Phone",
    Email = col "Mail",
    BankAccount = col "Account",
    Status = "1",
  },
}
