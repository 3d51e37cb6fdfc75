local fast = require "fastsync"
local function put(list, mail) list[mail] = true end
local state = { mails = {} }
return fast.setCustomer {
  map = function(row)
    put(state.mails, row.Mail)
    return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
  end,
}
