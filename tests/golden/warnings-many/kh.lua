local fast, vn = require "fastsync", require "fastsync.vn"
local col = fast.col
return fast.setCustomer { source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" }, fields = {
  CustomerCode = col "code", CustomerName = col "name", PhoneNumber = vn.phone(col "phone"), Email = col "mail", Status = 1,
} }
