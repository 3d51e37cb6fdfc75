local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv" },
  fields = {
    CustomerCode = col "Code", CustomerName = col "Name", Address = col("Address", "optional"),
    EmployeeYN = col("Staff", "optional"), Status = 1,
  },
}
