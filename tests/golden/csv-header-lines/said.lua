local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv", header = { 2, 3 }, stop = "2", ragged = true },
  fields = { CustomerCode = col "Khách hàng Mã (*)", CustomerName = col "Khách hàng Tên", Status = 1 },
}
