local fast = require "fastsync"
local col = fast.col

local fields = {
  CustomerCode = col "Mã",
  CustomerName = col "Tên",
  TaxCode      = col "MST",
  Status       = 1,
}

return {
  fast.setCustomer {
    source = fast.csv { "first.csv", delimiter = ";" },
    key    = "TaxCode",
    fields = fields,
  },
  fast.setCustomer {
    source     = fast.csv { "second.csv", delimiter = ";" },
    duplicates = "last",
    fields     = fields,
  },
}
