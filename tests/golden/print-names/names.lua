local fast = require "fastsync"

local function named(name) return setmetatable({}, { __name = name }) end

print(named(5), ("x"):rep(3000), named(true), ("y"):rep(3000), named({}), named("customer"), named(nil))

return fast.setCustomer {
  map = function(row) return { CustomerCode = row.code, CustomerName = row.name, Status = 1 } end,
}
