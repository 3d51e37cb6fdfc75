local fast = require "fastsync"
local number
return fast.setCustomer {
  setup = function()
    local n = 0
    number = function() n = n + 1 return n end
  end,
  map = function(row)
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1", Description = number() }
  end,
}
