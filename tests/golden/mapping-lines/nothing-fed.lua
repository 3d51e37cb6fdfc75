local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  key = "TaxCode",
  fields = { CustomerName = "", Status = col "Tên":pick { An = "1" }, Email = col "Mail" },
}
