local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = "kh.csv",
  options = { max_rejected = "100%" },
  fields = {
    CustomerCode = col "=Code",
    CustomerName = col "Name",
    PhoneNumber  = col "+Phone",
    Description  = col "Note",
    OtherName    = fast.with(col "Note", function(note)
      if note:find "^=" then fast.warn("a formula: " .. note, "OtherName") end
    end),
    Status       = 1,
  },
}
