local fast = require "fastsync"
local function c(name) return fast.col(name) end
return { kind = "mapping", form = "setCustomer", line = 3,
  fields = { CustomerCode = c "Mã", CustomerName = c "Tên", Status = "1" } }
