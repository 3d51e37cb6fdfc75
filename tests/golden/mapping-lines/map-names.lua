local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    return {
      CustomerCode = row["Mả"],
      CustomerName = row.Ten:upper(),
      Address = fast.join(", ", row["Địa chỉ"], row[7]),
      Status = "1",
    }
  end,
}
