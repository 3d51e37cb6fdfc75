local fast = require "fastsync"
return fast.setCustomer {
  map = function(row)
    rawset(fast, "n", (rawget(fast, "n") or 0) + 1)
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1", Description = rawget(fast, "n") }
  end,
}
