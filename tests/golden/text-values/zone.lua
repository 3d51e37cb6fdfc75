local fast = require "fastsync"
return fast.setCustomer { source = "kh.csv", fields = {
  CustomerCode = fast.col "born":date("d/m/yy", { zone = "ICT" }), CustomerName = "x", Status = 1 } }
