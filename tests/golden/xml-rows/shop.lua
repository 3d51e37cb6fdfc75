local fast = require "fastsync"
local col = fast.col
return fast.setCustomer {
  source = fast.xml { "shop.xml", at = "export/customers/customer" },
  fields = {
    CustomerCode = col "@id",
    CustomerName = col "name",
    Address = fast.join(", ", col "address.street", col "address.city"),
    PhoneNumber = function(row)
      local phone = row.phone
      if type(phone) ~= "table" then return phone end
      return type(phone[1]) == "table" and phone[1]["#text"] or phone[1]
    end,
    Description = col "note.#text",
    Status = "1",
  },
}
