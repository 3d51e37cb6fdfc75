local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.json { "kh.json", at = "customers" },
  fields = {
    CustomerCode = col "code",
    CustomerName = col "name",
    Address = col "address.city",
    PhoneNumber = col "phones[1].number",
    Description = function(row)
      local kinds = {}
      for _, phone in ipairs(row.phones or {}) do kinds[#kinds + 1] = type(phone) == "table" and phone.kind or phone end
      return table.concat(kinds, "+") .. " " .. tostring(row.debt)
    end,
    Status = "1",
  },
}
