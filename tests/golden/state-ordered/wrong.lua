local fast = require "fastsync"
local seen, n, group = {}, 0, ""
return fast.setCustomer {
  ordered = 1,
  map = function(row, at)
    n = n + 1
    if row.Group ~= "" then group = row.Group end
    if seen[row.Mail] then return nil, "repeated" end
    seen[row.Mail] = true
    return { CustomerCode = "C" .. n, CustomerName = row.Name, Status = "1", GroupCode1 = group, Description = at.index }
  end,
}
