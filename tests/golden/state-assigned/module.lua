local fast, codes = require "fastsync", require "codes"
return fast.setCustomer {
  map = function(row)
    return { CustomerCode = codes.next(), CustomerName = row.Name, Status = "1" }
  end,
}
