local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.csv { "groups.csv", fill_down = { { } } },
  fields = {
    CustomerCode = col "Mã", CustomerName = col "Tên", Status = "1",
    GroupCode1 = col "Nhóm", Address = col "Tỉnh",
  },
}
