local fast = require "fastsync"
local col = fast.col
local code, name = col "Mã":upper(), col "Tên"
local fields = { CustomerCode = code, CustomerName = name, Status = "1" }
local first = fast.setCustomer { fields = fields }
fields.Description = name:upper()
return { first, fast.setCustomer { where = code, fields = { CustomerCode = code, CustomerName = name, Status = 0 } } }
