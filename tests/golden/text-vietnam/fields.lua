local fast, vn = require "fastsync", require "fastsync.vn"
local col = fast.col
return fast.setCustomer { source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" }, fields = {
  CustomerCode = col "code", CustomerName = col "name", Status = 1,
  PhoneNumber = vn.phone(col "phone"), TaxCode = vn.taxcode(col "mst"),
} }
