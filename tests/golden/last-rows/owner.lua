-- The key is not the form's own: a row that is superseded claims no code.
local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  key = "TaxCode",
  duplicates = "last",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    TaxCode = col "Tax",
    Status = "1",
  },
}
