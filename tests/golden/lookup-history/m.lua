local fast = require "fastsync"
local col = fast.col
local addresses = fast.lookup { source = fast.csv "addresses.csv", key = "ADDRESSID" }
return fast.setCustomer {
  source = fast.csv "in.csv",
  fields = {
    CustomerCode = col "Code", CustomerName = col "Name", Status = 1,
    Address = col "ADDRESSID":lookup(addresses, "CITY"),
  },
}
