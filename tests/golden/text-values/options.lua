-- What is said is not doubtful.
local fast = require "fastsync"
local col = fast.col
return fast.setCustomer { source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" }, fields = {
  CustomerCode = col "code", CustomerName = "x", Status = 1,
  GroupCode1 = fast.date(col "day", "yyyy-mm-dd", { zone = "Z" }),
  GroupCode2 = col "born":date("d/m/yy", { pivot = 1930 }),
  GroupCode3 = col "debt":number { decimal = "," },
} }
