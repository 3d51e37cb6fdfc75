local fast = require "fastsync"
local vn = require "fastsync.vn"
local col = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã KH"
    CustomerName = col "Tên",
  },
}
