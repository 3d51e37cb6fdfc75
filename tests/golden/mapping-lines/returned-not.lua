local fast = require "fastsync"
local col = fast.col
local other = fast.setCustomer { fields = { CustomerCode = col "Số", CustomerName = col "Tên", Status = "0" } }
return fast.setCustomer { fields = { CustomerCode = col "Mã", CustomerName = col "Tên", Status = "1" } }
