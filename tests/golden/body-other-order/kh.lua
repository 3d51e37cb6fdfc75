local fast = require "fastsync"
local col = fast.col
return fast.setCustomer { fields = { CustomerCode = col "Mã", CustomerName = col "Tên", Address = col "Tỉnh", Status = 1 } }
