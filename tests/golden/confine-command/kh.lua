local fast = require "fastsync"
local col = fast.col

local function mapping(prefix)
  return fast.setCustomer {
    source = "kh.csv",
    fields = {
      CustomerCode = fast.join("", prefix, col "Code"),
      CustomerName = col "Name",
      Status = "1",
    },
  }
end

return { mapping "A", mapping "B", mapping "C" }
