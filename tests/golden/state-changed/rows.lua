local fast = require "fastsync"
local names
return fast.setCustomer {
  setup = function(env) names = env.rows("kh.csv") end,
  map = function(row)
    return { CustomerCode = row.Code, CustomerName = names().Name, Status = "1" }
  end,
}
