local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv" },
  key = "TaxCode",
  fields = {
    CustomerCode = col "Mã",
    CustomerName = col "Tên",
    TaxCode = col "MST",
    Status = "1",
  },
}
