local fast = require "fastsync"
local names = setmetatable({}, { __index = function(all, name)
  local made = name:upper()
  all[name] = made
  return made
end })
return fast.setCustomer {
  map = function(row)
    return { CustomerCode = row.Code, CustomerName = names[row.Name], Status = "1" }
  end,
}
