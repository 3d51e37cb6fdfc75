local fast, vn = require "fastsync", require "fastsync.vn"
local col = fast.col
return fast.setCustomer { source = fast.csv { "customers.csv" }, fields = {
  CustomerCode = col "Mã KH",
  CustomerName = col "Tên khách hàng":squeeze(),
  Address      = fast.join(", ", col "Địa chỉ", col "Tỉnh"),
  PhoneNumber  = vn.phone(col "Điện thoại"),
  TaxCode      = vn.taxcode(col "MST"),
  Status       = col "Trạng thái":pick { ["Đang hoạt động"] = "1", ["Ngừng"] = "0", [""] = "1" },
} }
