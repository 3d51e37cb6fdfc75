local fast = require "fastsync"
local addresses = fast.lookup { source = fast.csv "addresses.csv", key = "ADDRESSID" }
return fast.setCustomer {
  source = fast.csv "in.csv",
  setup = function() print(#addresses .. " keys") end,
  map = function(row)
    local address = addresses:get(row.ADDRESSID) or { CITY = "?" }
    return {
      CustomerCode = row.Code, CustomerName = row.Name, Status = 1, Address = address.CITY,
      OtherName = addresses:get(row.ADDRESSID, "STREET"), Partner = row.ADDRESSID:lookup(addresses, "CITY", "elsewhere"),
    }
  end,
}
