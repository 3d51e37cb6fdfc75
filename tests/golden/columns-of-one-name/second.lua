local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  fields = { CustomerCode = col("code", 1), CustomerName = col("name", 2), Status = "1",
             Description = col("note", 2, "optional") },
}
