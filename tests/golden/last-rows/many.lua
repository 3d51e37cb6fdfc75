-- A row makes several records, and Lua makes the keys.
local fast = require "fastsync"

return fast.setCustomer {
  duplicates = "last",
  map = function(row)
    local records = {}
    for name in row.Names:gmatch "[^/]+" do
      records[#records + 1] = {
        CustomerCode = "L-" .. row.Code:upper(),
        CustomerName = name,
        Status = "1",
      }
    end
    if #records == 0 then
      return nil, "no names"
    end
    return records
  end,
}
