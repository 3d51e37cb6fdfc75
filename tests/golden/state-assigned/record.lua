local fast = require "fastsync"
local record = {}
return fast.setCustomer {
  map = function(row)
    record.CustomerCode, record.CustomerName, record.Status = row.Code, row.Name, "1"
    return record
  end,
}
