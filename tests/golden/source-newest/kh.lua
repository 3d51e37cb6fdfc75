local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.file { "exports/kh-*.csv", pick = "newest" },
  fields = { CustomerCode = col "Code", CustomerName = col "Name", Status = 1 },
}
