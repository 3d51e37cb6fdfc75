local fast = require "fastsync"
local common = require "common"
local single = require "single"

return fast.setCustomer {
  fields = { CustomerCode = common.code, CustomerName = common.clean(fast.col "Tên"), Status = "1" },
}
