local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    return { CustomerCode = row.code, CustomerName = row.name, Status = "1" }
  end,
}
