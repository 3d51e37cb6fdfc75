local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

local ncc = require "ncc"

return {
  fast.setCustomer {
    source = "khach-hang.csv",
    where = col "Loại":pick({ NCC = false }, true),
    fields = { CustomerCode = col "Mã KH", CustomerName = col "Tên":default "Chưa rõ", Status = 1 },
  },
  fast.setCustomer {
    source = "khach-hang.csv",
    where = function(row) return row["Loại"] == "NCC" end,
    fields = { CustomerCode = col "Mã KH", CustomerName = col "Tên", Status = 1, SuplierYN = 1, Description = ncc.note },
  },
}
