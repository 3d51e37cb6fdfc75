local fast = require "fastsync"

return fast.setCustomer {
  source = fast.csv { "mix.csv" },
  fields = { CustomerCode = fast.col(1), CustomerName = fast.col(2), Status = "1", EmployeeYN = 0 },
}
