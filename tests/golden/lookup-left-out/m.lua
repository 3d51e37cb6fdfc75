local fast = require "fastsync"
local names = {}
return fast.setCustomer {
  source = fast.csv { "in.csv" },
  setup = function(env)
    for row in env.rows(fast.csv { "names.csv" }) do names[row.Code] = row.Name end
  end,
  fields = {
    CustomerCode = fast.col "Code",
    CustomerName = function(row) return names[row.Code] end,
    Status = "1",
  },
}
