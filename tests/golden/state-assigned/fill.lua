local fast = require "fastsync"
local col = fast.col
local last
return fast.setCustomer { fields = {
  CustomerCode = col "Code", CustomerName = col "Name", Status = "1",
  GroupCode1 = fast.with(col "Mail", function(mail)
    if mail ~= "" then last = mail end
    return last
  end),
} }
