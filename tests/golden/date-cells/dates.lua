local fast = require "fastsync"
local col = fast.col
return fast.setCustomer { source = fast.file { "mixed.xls" }, fields = {
  CustomerCode = col "Mã khách hàng",
  CustomerName = col "Tên khách hàng",
  Description = col "Ngày sinh":date("dd/mm/yyyy"),
  Status = 1,
} }
