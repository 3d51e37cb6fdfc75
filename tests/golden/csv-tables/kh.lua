local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv" },
  fields = { CustomerCode = col "Mã KH", CustomerName = col "Tên khách hàng", Status = 1 },
}
