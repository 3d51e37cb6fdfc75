local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

local file = io.open("/etc/passwd")
return fast.setCustomer { source = "khach-hang.csv", map = function(row) return nil end }
