local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = "kh.csv",
  fields = {
    CustomerCode = col "code",
    CustomerName = col "name",
    Status       = "1",
    EmployeeYN   = 0,
  },
}
