local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.made { "kh.made" },
  fields = {
    CustomerCode = col "code",
    CustomerName = col "name":squeeze(),
    Address      = col "address.city",
    PhoneNumber  = col "phones[1]",
    TaxCode      = col "tax",
    Description  = col "debt",
    Partner      = function(row, at) return at.sheet .. "/" .. at.index .. "/" .. tostring(at.line) end,
    Status       = col "active",
  },
}
