local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = "kh.csv",
  options = { strict = { "script", "phone" } },
  fields = {
    CustomerCode = col "code", CustomerName = col "name", Status = 1,
    Description = function(row)
      if row.note == "ok" then fast.warn("all is well") end
      return row.note
    end,
  },
}
