local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  source = "khach-hang.csv",
  feilds = { CustomerCode = col "Mã KH" },
}
