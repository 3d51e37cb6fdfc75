local fast = require "fastsync"
local col = fast.col
local all = {
  code = col "Mã",
  name = col "Tên":squeeze(),
  phone = col "Điện thoại",
}
return fast.setCustomer { fields = { CustomerCode = all.code, CustomerName = all.name, Status = "1" } }
