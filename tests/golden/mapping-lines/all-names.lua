local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  fields = {
    CustomerCode = col "Mả",
    CustomerName = col "Ten":squeeze(),
    Address = fast.join(", ", col "Địa chỉ", col("Tỉnh", "optional")),
    Email = col(9),
    Status = "1",
  },
}
