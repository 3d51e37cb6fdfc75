local fast = require "fastsync"
local col = fast.col
local n = 0
local function next_code()
  n = n + 1
  return ("C%05d"):format(n)
end
return fast.setCustomer { fields = {
  CustomerCode = function() return next_code() end, CustomerName = col "Name", Status = "1",
} }
