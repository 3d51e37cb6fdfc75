local fast = require "fastsync"
return fast.setCustomer {
  map = function(row)
    local codes = require "codes"
    return { CustomerCode = codes.next(), CustomerName = row.Name, Status = "1" }
  end,
}
