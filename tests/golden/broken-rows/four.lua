local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã", CustomerName = col "Tên", Address = col "Địa chỉ", PhoneNumber = col "Điện thoại",
    Status = "1",
  },
}
