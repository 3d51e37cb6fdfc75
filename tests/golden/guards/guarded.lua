local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  options = { batch = 2, guard = { max_rejected = "20%", min_rows = 1, max_shrink = "50%" } },
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email = col "Mail",
    Status = "1",
  },
}
