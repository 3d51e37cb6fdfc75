local fast = require "fastsync"
local col = fast.col
return fast.setCustomer { source = fast.csv { "kh.csv", header = 1, delimiter = ",", encoding = "UTF-8" }, fields = {
  CustomerCode = fast.prefix("SHOP-", col "code"),
  CustomerName = col "name":unescape(),
  GroupCode1 = fast.date(col "day", "yyyy-mm-dd"),
  GroupCode2 = col "born":date("d/m/yy"),
  GroupCode3 = col "debt":number(),
  OtherName = col "mail":prefix("x-"):suffix(".vn"),
  Status = 1,
} }
