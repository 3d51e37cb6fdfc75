local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  duplicates = "last",
  where = fast.with(col "Name", function(name) return name ~= "skip" end),
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email = col "Mail",
    Status = "1",
  },
}
