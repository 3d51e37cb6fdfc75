local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  options = { url = "https://elsewhere.example" },
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Email = col "Mail",
    Status = "1",
  },
}
