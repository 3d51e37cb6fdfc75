-- Two of the generated columns: what is left is nearly the reading alone.
local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã khách hàng",
    CustomerName = col "Tên khách hàng",
    Status       = "0",
  },
}
