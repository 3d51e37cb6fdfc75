local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.json "kh.json",
  fields = {
    CustomerCode = col "code",
    CustomerName = col "name",
    Address      = function(row) return row.at["TØnh"] .. row.at.list[1] end,
    PhoneNumber  = function(row) return row.at.list[2].x end,
    Status       = "1",
    EmployeeYN   = 0,
  },
}
