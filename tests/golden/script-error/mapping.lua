local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  source = "khach-hang.csv",
  fields = {
    CustomerCode = col "Mã KH",
    CustomerName = col "Tên",
    Status = "1",
    Description = function(row)
      return "Nợ: " .. row["Nợ"] + 1
    end,
  },
}
