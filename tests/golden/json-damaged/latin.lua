local fast = require "fastsync"
return fast.setCustomer {
  source = fast.ndjson { "latin.ndjson", encoding = "windows-1252" },
  fields = { CustomerCode = fast.col "Code", CustomerName = fast.col "Name", Status = "1" },
}
