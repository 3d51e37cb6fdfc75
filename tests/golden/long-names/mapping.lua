local fast = require "fastsync"
local name = "Tên của một cột rất dài trong một bản kê khách hàng "

return fast.setCustomer {
  source = "khach-hang.csv",
  map = function(row, at)
    for i, letter in ipairs { "a", "b", "c" } do
      local cell = row[name .. i - 1]
      assert(cell == letter .. at.index, cell)
    end
    return { CustomerCode = row["Mã"], CustomerName = "x", Status = 1 }
  end,
}
