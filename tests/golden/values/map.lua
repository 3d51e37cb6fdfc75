local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    return {
      CustomerCode = row.Code,
      CustomerName = row.Name,
      Address = row.Address,
      PhoneNumber = row.Phone,
      Email = row.Mail,
      BankAccount = row.Account,
      Status = "1",
    }
  end,
}
