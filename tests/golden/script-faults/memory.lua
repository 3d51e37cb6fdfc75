local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  source = "khach-hang.csv",
  map = function(row)
    local all = {}
    pcall(function()
      while true do all[#all + 1] = ("x"):rep(1000000) .. #all end
    end)
    return { CustomerCode = row["Mã KH"], CustomerName = row["Tên"], Status = 1 }
  end,
}
