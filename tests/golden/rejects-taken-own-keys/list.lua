local fast = require "fastsync"

return fast.setCustomer {
  source = "list.csv",
  map = function(row)
    return {
      { CustomerCode = row.Code .. "-A", CustomerName = row.Name, Status = 1 },
      { CustomerCode = row.Code .. "-B", CustomerName = row.Name, Email = row.Mail, Status = 1 },
    }
  end,
}
