-- The twelve customers, every column of theirs in some field.
local fast = require "fastsync"
local col  = fast.col
local function truth(v) return tostring(v):lower() end

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã khách hàng",
    CustomerName = col "Tên khách hàng":squeeze(),
    Address      = col "Địa chỉ":replace("\n", ", "),
    GroupCode1   = col "Mã cũ",
    TaxCode      = col "Mã số thuế",
    Status       = "1",
    Description  = fast.join("; ", col "Số tài khoản", col "Số CCCD", col "Ngày sinh", col "Ngày tạo", col "Hạn mức",
                             fast.with(col "Là NCC", truth), col "Ghi chú"),
  },
}
