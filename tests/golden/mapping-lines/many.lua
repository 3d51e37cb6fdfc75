local fast = require "fastsync"
local col = fast.col
local lost = {}
for i = 1, 12 do
  lost[i] = col(i):trim()
end
local one = col "Mã" == "x"
local fields = { CustomerCode = col "Mã", CustomerName = col "Tên", Status = "1" }
local two = col "Mã" == "y"
return fast.setCustomer { fields = fields }
