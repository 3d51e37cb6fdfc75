local fast = require "fastsync"
print({}, print, fast.setCustomer, tostring({}), ("%s"):format({}))
return fast.setCustomer {
  map = function(row)
    local name = row.Name
    if row.Code == "KH1" then name = tostring({}) end
    if row.Code == "KH2" then name = ("%s"):format(print) end
    if row.Code == "KH3" then name = ("%p"):format(row.Name) end
    return { CustomerCode = row.Code, CustomerName = name, Status = "1" }
  end,
}
