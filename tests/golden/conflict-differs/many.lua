local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    return { { CustomerCode = row.Code, CustomerName = row.Name, Status = 1 },
             { CustomerCode = "X" .. row.Code, CustomerName = row.Name, Status = 1 },
             { CustomerCode = row.Code, CustomerName = row.Name .. "!", Status = 1 } }
  end,
}
