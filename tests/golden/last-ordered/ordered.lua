local fast = require "fastsync"
local group, number

return fast.setCustomer {
  duplicates = "last",
  ordered = true,
  setup = function() group, number = "(the first)", 0 end,
  map = function(row)
    number = number + 1
    if row.Group ~= "" then group = row.Group end
    return {
      CustomerCode = row.Code,
      CustomerName = row.Name .. " " .. number,
      Description = group,
      Status = "1",
    }
  end,
}
