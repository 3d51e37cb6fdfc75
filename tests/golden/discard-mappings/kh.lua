local fast = require "fastsync"
local col = fast.col

local function customers(with_mail)
  return fast.setCustomer {
    where = function(row) return (row.Mail ~= "") == with_mail end,
    fields = { CustomerCode = col "Code", CustomerName = col "Name":default "?", Status = "1" },
  }
end

return { customers(true), customers(false) }
