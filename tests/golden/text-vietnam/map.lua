-- The same, by hand: the second answer is the remark.
local fast, vn = require "fastsync", require "fastsync.vn"
return fast.setCustomer { source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" }, map = function(row)
  local phone, left = vn.phone(row.phone)
  local code, why = vn.taxcode(row.mst)
  return { CustomerCode = row.code, CustomerName = row.name, Status = 1, PhoneNumber = phone, TaxCode = code,
           Description = fast.join("; ", left, why) }
end }
