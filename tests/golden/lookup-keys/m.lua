local fast = require "fastsync"
local col = fast.col
local addresses = fast.lookup { source = fast.csv "addresses.csv", key = "ADDRESSID", OPTIONS }
return fast.setCustomer {
  source = fast.csv "in.csv",
  fields = {
    CustomerCode = col "Code",
    CustomerName = col "Name",
    Address = fast.join(", ", col "ADDRESSID":lookup(addresses, "STREET"), col "ADDRESSID":lookup(addresses, "CITY"):upper()),
    Status = "1",
  },
}
