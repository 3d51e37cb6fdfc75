local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

local mapping = fast.setCustomer { source = "khach-hang.csv", map = function(row) return {} end }
