local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = "tax.csv",
  key = "TaxCode",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    TaxCode      = col "Tax",
    Email        = col "Mail",
    Status       = 1,
  },
}
