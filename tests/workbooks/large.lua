-- Rows of thousands; every column of theirs in some field.
local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã",
    CustomerName = col "Tên",
    Address      = col "Địa chỉ",
    PhoneNumber  = col "Điện thoại",
    Status       = "1",
    Description  = fast.join("; ", col "Nợ", col "Ngày", col "Ghi chú":squeeze()),
  },
}
