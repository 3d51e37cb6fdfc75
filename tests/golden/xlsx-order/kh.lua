local fast = require "fastsync"

return fast.setCustomer {
  source = fast.xlsx { "plain.xlsx" },
  fields = {
    CustomerCode = fast.col "Mã",
    CustomerName = fast.col "Tên",
    Address      = fast.col "Phố",
    Status       = "1",
  },
}
