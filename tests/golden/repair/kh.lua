local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv", repair = "auto" },
  fields = {
    CustomerCode = col "Mã KH",
    CustomerName = col "Tên khách",
    Address      = col "Địa chỉ",
    Status       = "1",
    EmployeeYN   = 0,
  },
}
