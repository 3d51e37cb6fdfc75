local fast = require "fastsync"
return fast.setCustomer { source = "kh.csv", fields = {
  CustomerCode = fast.col "born":date("d/m/yy", { pivot = 24 }), CustomerName = "x", Status = 1 } }
