local fast = require "fastsync"
return fast.setCustomer {
  source = fast.file { "words.xls" },
  map = function(row) return { CustomerCode = row[1], CustomerName = row[2], Status = 1 } end,
}
