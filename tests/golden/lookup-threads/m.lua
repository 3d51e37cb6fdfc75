local fast = require "fastsync"
local col = fast.col
local cities = fast.lookup { source = fast.csv "cities.csv", key = "Mã", missing = "warn" }
local regions = fast.lookup { source = fast.csv "cities.csv", key = { "Vùng", "Mã" }, columns = { "Tên" } }
return fast.setCustomer {
  source = fast.csv "many.csv",
  fields = {
    CustomerCode = col "Mã",
    CustomerName = fast.join(" ", "Khách", col "Mã"),
    Address = col "Tỉnh":lookup(cities, "Tên"):upper(),
    OtherName = function(row)
      local city = cities:get(row["Tỉnh"])
      return city and regions:get({ city["Vùng"], row["Tỉnh"] }, "Tên")
    end,
    Status = 1,
  },
}
