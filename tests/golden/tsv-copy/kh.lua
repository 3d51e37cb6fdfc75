local fast = require "fastsync"
local col = fast.col
return fast.setCustomer { source = fast.tsv { "kh.tsv", escapes = "copy" }, fields = {
 CustomerCode = col "code", CustomerName = col "name", Description = col "note", Status="1" } }
