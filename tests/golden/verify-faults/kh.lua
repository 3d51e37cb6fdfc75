local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv", delimiter = ";" },
  fields = {
    CustomerCode = col "Mã",
    CustomerName = col "Tên",
    Address      = col "Địa chỉ",
    Status       = col "Trạng thái",
    EmployeeYN   = 0,
  },
}
