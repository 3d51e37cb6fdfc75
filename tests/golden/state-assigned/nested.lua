local fast = require "fastsync"
local total = 0
return fast.setCustomer {
  map = function(row)
    local function add(by)
      return (function() total = total + by; return total end)()
    end
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1", Description = add(1) }
  end,
}
