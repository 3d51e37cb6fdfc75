local fast = require "fastsync"

-- What is wrong is told in the form's order, not in that of Lua's tables.
return fast.setCustomer {
  map = function(row)
    return {
      Fax = {}, Email = print, Address = {}, Partner = print, CustomerName = {}, CustomerCode = row["Mã KH"],
      status = 7, Zalo = "x", Nickname = "y",
    }
  end,
}
