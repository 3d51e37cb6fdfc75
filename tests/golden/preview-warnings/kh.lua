local fast = require "fastsync"
return fast.setCustomer { map = function(row)
  if row.Code == "KH1" then fast.warn("odd", "Status") end
  return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
end }
