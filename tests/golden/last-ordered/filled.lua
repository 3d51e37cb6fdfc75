local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv", fill_down = { "Group" } },
  duplicates = "last",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Description = col "Group",
    Status = "1",
  },
}
