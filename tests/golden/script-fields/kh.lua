local fast = require "fastsync"
local col = fast.col
local groups = {}

return fast.setCustomer {
  source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" },
  where = function(row)
    if row.code == "K2" then error "no code of ours" end
    if row.code == "K3" then return { { 1 }, function() end } end
    if row.code == "K4" then return fast.reject("not this one", "Address") end
    return true
  end,
  fields = {
    CustomerCode = col "code",
    CustomerName = function(row) return row.name .. row end,
    Address = fast.with(col "name", function(name) return name .. nil end),
    Description = function(row) return fast.date(row.name, "dd/mm/yyyy") end,
    Email = function(row) return { 1, { row } } end,
    OtherName = function(row) return fast.reject "nobody has one" end,
    GroupCode1 = function(row) return groups[row.code].code end,
    Status = 1,
  },
}
