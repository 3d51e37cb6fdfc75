local fast = require "fastsync"
return fast.setCustomer { source = "kh.csv", options = { strict = { "telephone" } }, map = function() return nil end }
