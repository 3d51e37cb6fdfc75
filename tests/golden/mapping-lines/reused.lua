local fast = require "fastsync"
local col = fast.col
local name = col "Tên"
local squeezed, upper = name:squeeze(), name:upper()
return fast.setCustomer { fields = {
  CustomerCode = col "Mã", Status = "1",
  CustomerName = fast.with(squeezed, fast.first(name, upper), function(a, b) return a .. "/" .. b end),
} }
