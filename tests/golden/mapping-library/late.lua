local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    local common = require "common"
    return { CustomerCode = row["Mã"], CustomerName = row["Tên"], Status = common.phone and "1" }
  end,
}
