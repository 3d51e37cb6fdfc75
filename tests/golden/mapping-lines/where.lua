local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  where = col "Mã" == "KH1",
  fields = { CustomerCode = col "Mã", CustomerName = col "Tên", Status = "1" },
}
