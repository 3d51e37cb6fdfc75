local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  source = "khach-hang.csv",
  map = function(row)
    return pcall(function() return row["ma kh"] end) and nil
  end,
}
